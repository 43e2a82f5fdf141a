import assert from "node:assert/strict";
import { test } from "node:test";

import { drift } from "../../src/lib/drift";

const told = (before: string, after: string) => drift(before, after).map(({ text, same }) => (same ? text : `[${text}]`)).join(" ");

test("words that were changed are told, marks and case aside", () => {
  assert.equal(told("“The gates were closed too late.”", "the gates were closed too late"), "the gates were closed too late");
  assert.equal(told("the gates were closed late", "the gates were shut far too late"), "the gates were [shut far too] late");
  assert.equal(told("a b c d", "b d"), "b d");
  assert.equal(told("", "new words"), "[new words]");
  assert.deepEqual(drift("words", ""), []);
});

test("all words of the later wording are told in their order", () => {
  const after = "We will not rest until every family has been told";
  assert.equal(drift("until every family knows we will rest", after).map(({ text }) => text).join(" "), after);
});
