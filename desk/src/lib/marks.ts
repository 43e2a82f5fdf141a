// The text of a report cut into flat pieces, so that marks may overlap and nest in any way.

import type { Span } from "./spans";

export type Kind = "content" | "cue" | "source" | "figure" | "hedge";

/** Words that belong to an item (a statement or figure), in UTF-16 units. */
export interface Mark {
  kind: Kind;
  item: string;
  span: Span;
}

/** A run of text under the same marks. */
export interface Piece {
  from: number;
  to: number;
  kinds: Set<Kind>;
  /** In how many contents it lies. */
  depth: number;
  /** The items, from the widest to the closest. */
  items: string[];
  /** Whether a figure begins or ends here, for the sides of its box. */
  opens: boolean;
  closes: boolean;
}

export interface Paragraph {
  from: number;
  to: number;
  pieces: Piece[];
}

/** The paragraphs of the text, each cut where a mark begins or ends. Blank lines belong to none. */
export function paragraphsOf(text: string, marks: readonly Mark[]): Paragraph[] {
  const sorted = [...marks].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  const paragraphs: Paragraph[] = [];
  let first = 0; // marks before this one have ended
  for (const [from, to] of blocksOf(text)) {
    while (first < sorted.length && sorted[first]!.span[1] <= from) first++;
    const here: Mark[] = [];
    for (let i = first; i < sorted.length && sorted[i]!.span[0] < to; i++) {
      if (sorted[i]!.span[1] > from) here.push(sorted[i]!);
    }
    paragraphs.push({ from, to, pieces: piecesOf(from, to, here) });
  }
  return paragraphs;
}

function piecesOf(from: number, to: number, marks: readonly Mark[]): Piece[] {
  const cuts = new Set([from, to]);
  for (const { span } of marks) {
    if (span[0] > from) cuts.add(span[0]);
    if (span[1] < to) cuts.add(span[1]);
  }
  const at = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  // Marks are sorted by beginning, and a paragraph holds few, so that looking at all is quick.
  for (let i = 0; i + 1 < at.length; i++) {
    const [begin, end] = [at[i]!, at[i + 1]!];
    const over = marks.filter(({ span }) => span[0] <= begin && span[1] >= end);
    over.sort((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]));
    const figures = over.filter(({ kind }) => kind === "figure");
    pieces.push({
      from: begin,
      to: end,
      kinds: new Set(over.map(({ kind }) => kind)),
      depth: over.filter(({ kind }) => kind === "content").length,
      items: [...new Set(over.map(({ item }) => item))],
      opens: figures.some(({ span }) => span[0] === begin),
      closes: figures.some(({ span }) => span[1] === end),
    });
  }
  return pieces;
}

/** The spans of the text between blank lines. */
function blocksOf(text: string): Span[] {
  const blocks: Span[] = [];
  const gap = /\r?\n(?:[^\S\n]*\r?\n)+/g;
  let from = 0;
  const push = (to: number) => {
    if (text.slice(from, to).trim() !== "") blocks.push([from, to]);
  };
  for (let found = gap.exec(text); found; found = gap.exec(text)) {
    push(found.index);
    from = found.index + found[0].length;
  }
  push(text.length);
  return blocks;
}
