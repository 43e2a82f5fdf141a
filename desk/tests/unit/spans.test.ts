import assert from "node:assert/strict";
import { test } from "node:test";

import { offsetsOf, spansToUnits } from "../../src/lib/spans";

test("text without surrogate pairs keeps its offsets", () => {
  const offsets = offsetsOf("naïve ‘quotes’");
  for (let i = 0; i <= 14; i++) assert.equal(offsets.toUnits(i), i);
});

test("spans slice to the same words as in code points", () => {
  const text = "𝒜 said 😀😀 “41 dead” in 𐐷𐐨 — é (e\u0301) 👩‍👧.";
  const points = Array.from(text);
  const offsets = offsetsOf(text);
  for (let from = 0; from <= points.length; from++) {
    for (let to = from + 1; to <= points.length; to++) {
      const [[begin, end]] = spansToUnits(offsets, [[from, to]]) as [[number, number]];
      assert.equal(text.slice(begin, end), points.slice(from, to).join(""));
    }
  }
});

test("a surrogate alone is one code point, and offsets beyond the text are its end", () => {
  const offsets = offsetsOf("\ud83dx\ude00");
  assert.equal(offsets.toUnits(3), 3);
  assert.equal(offsets.toUnits(99), 3);
  assert.equal(offsets.toUnits(-5), 0);
});

test("empty and reversed spans are left out", () => {
  const offsets = offsetsOf("words");
  assert.deepEqual(spansToUnits(offsets, [[1, 1], [4, 2], [0, 3], [5, 9]]), [[0, 3]]);
});
