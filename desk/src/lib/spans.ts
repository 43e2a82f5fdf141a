// Offsets: the API counts Unicode code points, JavaScript counts UTF-16 units. They are converted
// here, once, when a report is loaded; everything behind it works with UTF-16 units.

/** Half-open, in code points or in UTF-16 units, as the name of the variable says. */
export type Span = [from: number, to: number];

export interface Offsets {
  /** The UTF-16 offset of the code point at `point`; what lies beyond the end is the end. */
  toUnits(point: number): number;
}

/**
 * Converts in time logarithmic in the number of characters outside the Basic Multilingual Plane
 * (each takes two units), of which most reports have none.
 */
export function offsetsOf(text: string): Offsets {
  const pairs: number[] = []; // the code point numbers of characters of two units
  let point = 0;
  for (let unit = 0; unit < text.length; unit++, point++) {
    const code = text.charCodeAt(unit);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(unit + 1);
    if (next < 0xdc00 || next > 0xdfff || Number.isNaN(next)) continue;
    pairs.push(point);
    unit++;
  }
  const nPoints = point;
  return {
    toUnits(point) {
      const at = Math.max(0, Math.min(point, nPoints));
      return at + below(pairs, at);
    },
  };
}

/** Converts a list of spans of code points; what is empty or turned round is left out. */
export function spansToUnits(offsets: Offsets, spans: readonly (readonly number[])[]): Span[] {
  const converted: Span[] = [];
  for (const [from = 0, to = 0] of spans) {
    const span: Span = [offsets.toUnits(from), offsets.toUnits(to)];
    if (span[0] < span[1]) converted.push(span);
  }
  return converted;
}

/** How many numbers of the sorted list are smaller than `value`. */
function below(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
