// Where the marks of a series stand in its drawing.

import { time } from "./dates";
import type { Point } from "./types";

export interface Placed {
  point: Point;
  x: number;
  /** Null where no number is given. */
  y: number | null;
  /** The number that the mark stands at, and how far its bounds go. */
  from: number;
  to: number;
  source: number;
}

export interface Drawn {
  marks: Placed[];
  sources: string[];
  xs: { x: number; time: number }[];
  ys: { y: number; value: number }[];
}

/** The inner size of the drawing; `y` grows downwards. */
export interface Size {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const DAY = 86_400_000;
const BESIDE = 14; // pixels from mark to mark of one day and number, where a day is that wide

/** Who gives it, traced as far as it can be; an outlet without a name has only the id of its report. */
export function sourceOf(point: Point): string {
  if (point.origin && !/^report [0-9a-f]{8}$/.test(point.origin)) return point.origin;
  if (!point.statement) return "no source given";
  return point.speaker ?? "no source named";
}

/** Sources are numbered in the order in which they first give a figure. */
export function drawnOf(points: readonly Point[], size: Size): Drawn {
  const times = points.map(({ published }) => time(published));
  const known = times.filter((at) => at !== null);
  const first = known.length ? Math.min(...known) : 0;
  const last = known.length ? Math.max(...known) : 0;
  const begin = first === last ? first - DAY : first;
  const end = first === last ? last + DAY : last;
  const highest = Math.max(1, ...points.flatMap(({ lower, upper }) => [lower ?? 0, upper ?? 0]));
  const step = stepOf(highest);
  const top = Math.ceil(highest / step) * step;

  const xOf = (at: number) => size.left + ((at - begin) / (end - begin)) * (size.right - size.left);
  const yOf = (value: number) => size.bottom - (value / top) * (size.bottom - size.top);

  const sources = [...new Set(points.map(sourceOf))];
  const marks: Placed[] = [];
  const together = new Map<string, number[]>();
  points.forEach(({ lower, upper }, i) => {
    const key = `${times[i]} ${lower ?? upper}`;
    together.set(key, [...(together.get(key) ?? []), i]);
  });
  const dayWidth = (DAY / (end - begin)) * (size.right - size.left);
  points.forEach((point, i) => {
    const value = point.lower ?? point.upper;
    const y = value === null ? null : yOf(value);
    // Reports of one day with one number stand side by side, and within their day.
    const beside = together.get(`${times[i]} ${value}`)!;
    const apart = Math.min(BESIDE, (0.8 * dayWidth) / beside.length);
    const x = xOf(times[i] ?? end) + (beside.indexOf(i) - (beside.length - 1) / 2) * apart;
    marks.push({
      point,
      x,
      y,
      from: yOf(point.lower ?? 0),
      to: yOf(point.upper ?? top),
      source: sources.indexOf(sourceOf(point)),
    });
  });

  const ys = [];
  for (let value = 0; value <= top; value += step) ys.push({ y: yOf(value), value });
  const most = Math.max(1, Math.floor((size.right - size.left) / 90));
  const nDays = Math.round((end - begin) / DAY);
  const every = Math.max(1, Math.ceil(nDays / most));
  const xs = [];
  for (let at = begin; at <= end; at += every * DAY) xs.push({ x: xOf(at), time: at });
  return { marks, sources, xs, ys };
}

/** A step of 1, 2 or 5 times a power of ten, so that there are three to six of them. */
function stepOf(highest: number): number {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5, 10].find((times) => times * power >= rough)!;
  return Math.max(times * power, highest < 4 ? 1 : 0);
}
