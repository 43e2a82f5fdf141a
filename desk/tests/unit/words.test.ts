import assert from "node:assert/strict";
import { test } from "node:test";

import { days, time } from "../../src/lib/dates";
import { csv } from "../../src/lib/save";
import { bounds, boundsBeside, confidence, counts } from "../../src/lib/words";

test("bounds are told in signs", () => {
  const told = (bound: string, lower: number | null, upper: number | null) => bounds({ bound, lower, upper });
  assert.equal(told("exact", 41, 41), "41");
  assert.equal(told("about", 60, 60), "≈ 60");
  assert.equal(told("at_least", 9, null), "≥ 9");
  assert.equal(told("over", 9, null), "> 9");
  assert.equal(told("at_most", null, 9), "≤ 9");
  assert.equal(told("under", null, 9), "< 9");
  assert.equal(told("range", 9, 12), "9–12");
  assert.equal(told("vague", null, null), "");
});

test("what is more likely wrong than right has a question mark", () => {
  assert.deepEqual([0.93, 0.497, 0.42, null].map(confidence), ["0.93", "0.50", "0.42?", "–"]);
});

test("a cell that a spreadsheet would run is plain text", () => {
  assert.equal(csv(["a", "b"], [["=1+1", -3], ['say "x"', null], ["@x", "1,2"]]), 'a,b\r\n\'=1+1,-3\r\n"say ""x""",\r\n\'@x,"1,2"\r\n');
});

test("dates that cannot be have no time", () => {
  assert.equal(time("2026-02-30"), null);
  assert.equal(time("XXXX-01-12"), null);
  assert.equal(time("2026-03"), Date.UTC(2026, 2, 1));
  assert.equal(days("2026-03", null).includes("2026"), true);
});

test("a figure says nothing twice", () => {
  const soldiers = { words: "40", lower: 40, upper: 40, bound: "exact", counted: "soldiers", measure: "killed", attributes: ["soldiers"] };
  assert.equal(counts(soldiers), "soldiers killed");
  assert.equal(boundsBeside(soldiers), "");
  assert.equal(boundsBeside({ ...soldiers, words: "forty" }), "40");
  assert.equal(counts({ ...soldiers, counted: "children", attributes: ["minors", "minors"] }), "children killed, minors");
});
