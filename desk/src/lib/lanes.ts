// Lanes: side by side what would lie upon one another.

export interface Extent {
  from: number;
  to: number;
}

/**
 * Gives every extent a lane, so that no two in one lane overlap: the longer of two that begin
 * together comes first, so that what is nested lies to the inside. Of more than `most` lanes the
 * last takes all that is left. The result is parallel to `extents`.
 *
 * Method: greedy colouring of an interval graph by beginnings, which needs no more lanes than
 * overlap anywhere.
 */
export function lanesOf(extents: readonly Extent[], most = Infinity): number[] {
  const order = extents.map((_, i) => i);
  order.sort((a, b) => extents[a]!.from - extents[b]!.from || extents[b]!.to - extents[a]!.to || a - b);
  const ends: number[] = []; // where the last extent of each lane ends
  const lanes = new Array<number>(extents.length).fill(0);
  for (const i of order) {
    const { from, to } = extents[i]!;
    let lane = ends.findIndex((end) => end <= from);
    if (lane < 0) lane = Math.min(ends.length, most - 1);
    ends[lane] = Math.max(to, ends[lane] ?? to);
    lanes[i] = lane;
  }
  return lanes;
}
