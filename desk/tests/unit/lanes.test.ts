import assert from "node:assert/strict";
import { test } from "node:test";

import { type Extent, lanesOf } from "../../src/lib/lanes";

const of = (...pairs: [number, number][]): Extent[] => pairs.map(([from, to]) => ({ from, to }));

test("what does not overlap shares a lane", () => {
  assert.deepEqual(lanesOf(of([0, 10], [10, 20], [25, 30])), [0, 0, 0]);
});

test("the nested lies inside the one that holds it, in whatever order they come", () => {
  assert.deepEqual(lanesOf(of([0, 100], [0, 40], [50, 60])), [0, 1, 1]);
  assert.deepEqual(lanesOf(of([50, 60], [0, 40], [0, 100])), [1, 1, 0]);
});

test("overlaps take as many lanes as lie upon one another", () => {
  assert.deepEqual(lanesOf(of([0, 10], [5, 15], [8, 20], [16, 30])), [0, 1, 2, 0]);
});

test("no two in one lane overlap", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647);
  const extents = Array.from({ length: 300 }, () => {
    const from = random() % 1000;
    return { from, to: from + 1 + (random() % 60) };
  });
  const lanes = lanesOf(extents);
  for (let a = 0; a < extents.length; a++) {
    for (let b = 0; b < a; b++) {
      if (lanes[a] !== lanes[b]) continue;
      assert.ok(extents[a]!.to <= extents[b]!.from || extents[b]!.to <= extents[a]!.from);
    }
  }
});

test("the last lane takes what is too much", () => {
  assert.deepEqual(lanesOf(of([0, 9], [1, 9], [2, 9], [3, 9]), 2), [0, 1, 1, 1]);
});
