// A report's page as the desk shows it: its statements and figures in the order of the text, with
// the words of each in UTF-16 units.

import type { Kind, Mark } from "./marks";
import { offsetsOf, type Span, spansToUnits } from "./spans";
import type { FigureItem, ReportPage, Spans, StatementItem } from "./types";

interface Of {
  /** All its words, the source's apart; sorted. */
  extent: Span;
  /** A statement that it lies within, or that gives the figure. */
  owner: string | null;
  /** The words that make it uncertain. */
  hedge: string;
}

export type Row = Of & ({ kind: "statement"; item: StatementItem } | { kind: "figure"; item: FigureItem });

export interface Shown {
  text: string;
  rows: Row[];
  /** The words of all rows but the rejected. */
  marks: Mark[];
}

export function shownOf(page: ReportPage): Shown {
  const { text } = page.reading.report;
  const offsets = offsetsOf(text);
  const units = (spans: Spans) => spansToUnits(offsets, spans);
  const rows: Row[] = [];
  const marks: Mark[] = [];
  const mark = (kind: Kind, item: string, spans: readonly Span[]) => {
    for (const span of spans) marks.push({ kind, item, span });
  };

  const read = new Map(page.reading.statements.map((statement) => [statement.id, statement]));
  const ids = new Map(page.statements.map(({ n, id }) => [n, id]));
  for (const { n, spans, ...item } of page.statements) {
    const from = read.get(n ?? "");
    const said = from ? units([...from.cue.spans, ...from.content.spans]) : units(spans);
    const hedge = from ? units(from.evidence["certainty"] ?? []) : [];
    if (item.status !== "rejected") {
      mark("content", item.id, from ? units(from.content.spans) : said);
      if (from) {
        mark("cue", item.id, units(from.cue.spans));
        mark("source", item.id, units(from.source.spans));
      }
      mark("hedge", item.id, hedge);
    }
    rows.push({
      kind: "statement",
      item: item as StatementItem,
      extent: extentOf(said),
      owner: (from?.within && ids.get(from.within)) || null,
      hedge: hedge.map(([begin, end]) => text.slice(begin, end)).join(" … "),
    });
  }

  const figures = new Map(page.reading.figures.map((figure) => [figure.id, figure]));
  for (const { n, spans, ...item } of page.figures) {
    const from = figures.get(n ?? "");
    const words = units(from ? from.words.spans : spans);
    if (item.status !== "rejected") mark("figure", item.id, words);
    rows.push({ kind: "figure", item: item as FigureItem, extent: extentOf(words), owner: item.statement, hedge: "" });
  }
  rows.sort((a, b) => a.extent[0] - b.extent[0] || b.extent[1] - a.extent[1]);
  return { text, rows, marks };
}

function extentOf(spans: readonly Span[]): Span {
  if (spans.length === 0) return [0, 0];
  return [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
}

/** The title that is shown: its own, or that of the place it came from. */
export function titleOf({ report, reading, places }: ReportPage): string {
  const place = places[0];
  const file = place?.path?.split(/[/\\]/).at(-1);
  const record = place?.record ? `, record ${place.record}` : "";
  return report.title || reading.report.title || (file ? file + record : "Untitled report");
}
