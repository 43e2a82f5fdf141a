import assert from "node:assert/strict";
import { test } from "node:test";

import { type Mark, paragraphsOf } from "../../src/lib/marks";

const text = "Nine people died, the ministry said.\r\n\r\nIt gave no more.\n \n\n";
const at = (words: string): [number, number] => {
  const from = text.indexOf(words);
  return [from, from + words.length];
};

test("paragraphs tile the text between blank lines, and pieces tile paragraphs", () => {
  const marks: Mark[] = [
    { kind: "content", item: "s1", span: at("Nine people died") },
    { kind: "figure", item: "f1", span: at("Nine people") },
    { kind: "source", item: "s1", span: at("the ministry") },
  ];
  const paragraphs = paragraphsOf(text, marks);
  assert.deepEqual(paragraphs.map(({ from, to }) => text.slice(from, to)), [
    "Nine people died, the ministry said.",
    "It gave no more.",
  ]);
  for (const { from, to, pieces } of paragraphs) {
    assert.equal(pieces.map((piece) => text.slice(piece.from, piece.to)).join(""), text.slice(from, to));
  }
  const [first] = paragraphs[0]!.pieces;
  assert.deepEqual(first!.items, ["s1", "f1"]);
  assert.deepEqual([...first!.kinds].sort(), ["content", "figure"]);
  assert.equal(first!.opens && first!.closes, true);
});

test("contents within contents are counted, and a mark may cross paragraphs", () => {
  const marks: Mark[] = [
    { kind: "content", item: "s1", span: [0, text.trimEnd().length] },
    { kind: "content", item: "s2", span: at("ministry") },
  ];
  const [one, two] = paragraphsOf(text, marks);
  assert.deepEqual(one!.pieces.map((piece) => piece.depth), [1, 2, 1]);
  assert.deepEqual(two!.pieces.map((piece) => piece.depth), [1]);
});

test("text without marks or words gives no pieces to click", () => {
  assert.deepEqual(paragraphsOf(" \n\n \n", []), []);
  assert.deepEqual(paragraphsOf("one line", [])[0]!.pieces[0]!.items, []);
});
