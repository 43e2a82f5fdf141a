// How fields are put into words; the same words for every party.

import type { FigureItem, FlagItem, FlagKind, SeriesItem, StatementItem } from "./types";

/** A value of the vocabulary as words: `claim_responsibility` → `claim responsibility`. */
export function label(name: string | null | undefined): string {
  return (name ?? "").replaceAll("_", " ");
}

export function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${number(n)} ${n === 1 ? noun : nouns}`;
}

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

export function number(n: number): string {
  return plain.format(n);
}

/** Two decimals; what is more likely wrong than right has a question mark. */
export function confidence(value: number | null): string {
  if (value === null) return "–";
  return value.toFixed(2) + (Math.round(value * 100) < 50 ? "?" : "");
}

export function who(item: StatementItem): string {
  if (item.naming === "outlet") return "no source named";
  return item.speaker || item.source || item.role || "no source named";
}

/** Role and affiliation, as far as the name does not hold them. */
export function standing(item: StatementItem): string {
  const name = who(item).toLowerCase();
  const parts = [item.role, item.affiliation].filter((part) => part && !name.includes(part.toLowerCase()));
  return [...new Set(parts)].join(", ");
}

const MEDIA: Record<string, string> = {
  interview: "in an interview",
  statement: "in a statement",
  press_conference: "at a press conference",
  social_media: "on social media",
  footage: "in footage",
  document: "in a document",
  broadcast: "in a broadcast",
  outlet: "through an outlet",
};

export function medium(item: StatementItem): string {
  if (!item.medium) return "";
  const kind = MEDIA[item.medium] ?? label(item.medium);
  return item.via ? `${kind}, via ${item.via}` : kind;
}

const NAMINGS: Record<string, string> = { role_only: "named by role only", unnamed: "source not named" };
const FORMS: Record<string, string> = { direct: "quoted", mixed: "partly quoted" };

/** What is to be known of a statement besides who, cue and content. */
export function details(item: StatementItem): string[] {
  return [
    NAMINGS[item.naming ?? ""] ?? "",
    FORMS[item.form] ?? "",
    item.certainty && item.certainty !== "asserted" ? `as ${label(item.certainty)}` : "",
    medium(item),
  ].filter(Boolean);
}

/** The bounds of a figure in signs: `≥ 40`, `≈ 5,200`, `9–12`. Empty where no number is given. */
export function bounds({ lower, upper, bound }: Pick<FigureItem, "lower" | "upper" | "bound">): string {
  if (lower === null && upper === null) return "";
  if (upper === null) return `${bound === "over" ? ">" : "≥"} ${number(lower!)}`;
  if (lower === null) return `${bound === "under" ? "<" : "≤"} ${number(upper)}`;
  if (lower !== upper) return `${number(lower)}–${number(upper)}`;
  return bound === "about" ? `≈ ${number(lower)}` : number(lower);
}

/** The bounds where the words of a figure are not just them: not "40", but "forty". */
export function boundsBeside(figure: Pick<FigureItem, "words" | "lower" | "upper" | "bound">): string {
  const signs = bounds(figure);
  return signs === figure.words?.trim() ? "" : signs;
}

/** Measures that are said of people: "soldiers killed". */
const OF_PEOPLE = ["killed", "injured", "missing", "captured", "detained", "displaced", "arrested", "released", "evacuated", "affected"];

/** What a figure counts: "people killed, minors". */
export function counts(figure: Pick<FigureItem, "counted" | "measure"> & { attributes?: string[] | null }): string {
  const counted = figure.counted ?? "";
  const measure = figure.measure === "other" || figure.measure === "money" ? "" : label(figure.measure);
  const between = OF_PEOPLE.includes(measure) ? " " : ", ";
  const known = counted.toLowerCase().includes(measure) ? counted : [counted, measure].filter(Boolean).join(between);
  const more = (figure.attributes ?? []).filter((attribute) => !known.toLowerCase().includes(attribute));
  return [known, ...new Set(more)].filter(Boolean).join(", ");
}

/** What a series counts and where; numbers of no measure that count nothing told have a name, too. */
export function seriesName(series: Pick<SeriesItem, "counted" | "measure" | "place">): string {
  return [counts(series) || "other numbers", series.place].filter(Boolean).join(", ");
}

/** Flags in the order of their kinds, those of one kind as they came. */
export function byKind(flags: readonly FlagItem[]): FlagItem[] {
  const kinds = Object.keys(FLAGS);
  return [...flags].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** The flags, those that ask the most for a look first, named as relations and never as verdicts, with what each tells. */
export const FLAGS: Record<FlagKind, { name: string; tells: string }> = {
  conflict: { name: "Figures that differ", tells: "Two figures for the same thing and time that cannot both hold." },
  sum: { name: "Parts and whole", tells: "Parts exceed the whole, or a total that only grows has fallen." },
  stale: { name: "Older than its date", tells: "An older text or figure under a newer date." },
  quote_drift: { name: "Wording changed", tells: "The words inside quotation marks differ between reports." },
  single_origin: { name: "One origin", tells: "Several reports go back to one source." },
  anonymous_only: { name: "Nobody named", tells: "Given only by sources without a name." },
  unattributed: { name: "No source given", tells: "A figure in the outlet’s own voice." },
  silence: { name: "Told by one, withheld by another", tells: "A party gives no figure where another does." },
  superseded: { name: "Later figure", tells: "The same source gave a later figure." },
};

/** What is decided, in the past: "Accepted". */
export const DONE: Record<string, string> = {
  accept: "accepted",
  reject: "rejected",
  correct: "corrected",
  comment: "commented on",
  add: "added",
  undo: "undid",
  merge: "merged",
  split: "split",
  dismiss: "set aside",
  join: "joined",
  part: "parted",
  redact: "redacted",
};
