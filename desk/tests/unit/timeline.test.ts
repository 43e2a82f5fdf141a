import assert from "node:assert/strict";
import { test } from "node:test";

import { drawnOf } from "../../src/lib/timeline";
import type { Point } from "../../src/lib/types";

const size = { left: 50, right: 650, top: 10, bottom: 310 };
const point = (published: string | null, lower: number | null, upper: number | null, speaker: string | null) =>
  ({ published, lower, upper, speaker, statement: speaker && "x.s1" }) as Point;

test("marks stand at their day and number, and sources are numbered as they come", () => {
  const { marks, sources } = drawnOf(
    [point("2026-03-06", 10, null, "the service"), point("2026-03-08", 40, 40, null), point("2026-03-10", 20, 30, "the service")],
    size,
  );
  assert.deepEqual(sources, ["the service", "no source given"]);
  assert.deepEqual(marks.map(({ source }) => source), [0, 1, 0]);
  assert.deepEqual(marks.map(({ x }) => x), [50, 350, 650]);
  const [open, exact, range] = marks;
  assert.ok(open!.to === size.top && open!.from === open!.y, "open above: the bound goes to the top");
  assert.ok(exact!.from === exact!.to);
  assert.ok(range!.to < range!.from, "y grows downwards");
});

test("reports of one day and number stand side by side, within their day", () => {
  const first = Array.from({ length: 9 }, () => point("2026-03-06", 41, 41, "a"));
  const { marks } = drawnOf([...first, point("2026-03-16", 41, 41, "a")], size);
  const places = marks.slice(0, 9).map(({ x }) => x);
  assert.equal(new Set(places).size, 9);
  assert.ok(Math.max(...places) - Math.min(...places) < 60, "a day is 60 pixels wide");
});

test("figures without number, day or company have a place, too", () => {
  const { marks, ys, xs } = drawnOf([point(null, null, null, null)], size);
  assert.equal(marks[0]!.y, null);
  assert.ok(Number.isFinite(marks[0]!.x));
  assert.ok(ys.length > 1 && xs.length > 1);
  assert.deepEqual(drawnOf([], size).marks, []);
});

test("numbers of any size have three to eleven lines behind them", () => {
  for (const highest of [1, 2, 3, 7, 41, 99, 1250, 5e6, 0.5]) {
    const { ys } = drawnOf([point("2026-03-06", highest, highest, "a")], size);
    assert.ok(ys.length >= 2 && ys.length <= 11, `${highest}: ${ys.length}`);
    assert.ok(ys.at(-1)!.value >= highest);
  }
});
