// What the HTTP API answers, as /api/openapi.json describes it.

export type Spans = [number, number][];

export interface List<T> {
  items: T[];
  next: string | null;
}

export type Status = "open" | "added" | "accepted" | "corrected" | "rejected";

export interface ReportItem {
  report: string;
  published: string | null;
  outlet: string | null;
  title: string | null;
  byline: string | null;
  url: string | null;
  language: string | null;
  media_type: string | null;
  model: string | null;
  statements: number;
  figures: number;
  snippet?: string;
}

export interface StatementItem {
  id: string;
  report: string;
  published: string | null;
  outlet: string | null;
  actor: string | null;
  speaker: string | null;
  kind: string | null;
  role: string | null;
  affiliation: string | null;
  naming: string | null;
  act: string;
  certainty: string;
  form: string;
  medium: string | null;
  via: string | null;
  said_on: string | null;
  source: string | null;
  cue: string | null;
  content: string | null;
  confidence: number | null;
  status: Status;
  added: boolean;
  version: string;
  snippet?: string;
}

export interface FigureItem {
  id: string;
  report: string;
  published: string | null;
  outlet: string | null;
  words: string;
  lower: number | null;
  upper: number | null;
  bound: string;
  measure: string;
  counted: string | null;
  attributes: string[] | null;
  cause: string | null;
  scope: string | null;
  occurred: string | null;
  since: string | null;
  as_of: string | null;
  place: string | null;
  confidence: number | null;
  status: Status;
  added: boolean;
  statement: string | null;
  speaker: string | null;
  version: string;
}

export interface Context {
  before: string;
  quote: string;
  after: string;
}

export type Detailed<T> = T & { decisions: Decision[]; context: Context | null };

export interface Decision {
  id: string;
  state: "holds" | "undone" | "orphaned" | "stale";
  time: string;
  author: string;
  action: string;
  target: string;
  field: string | null;
  value: string | null;
  comment: string | null;
  fields: Record<string, unknown> | null;
}

interface Words {
  text: string;
  spans: Spans;
}

/** The parts of `ascribe read --format jsonl` that the page uses. */
export interface Reading {
  report: {
    id: string;
    title: string | null;
    outlet: string | null;
    byline: string | null;
    url: string | null;
    published: string | null;
    published_from: string | null;
    dateline: { place: string | null; date: string | null; agency: string | null } | null;
    wire: string[];
    language: string | null;
    text: string;
  };
  statements: {
    id: string;
    source: Words;
    cue: Words;
    content: Words;
    within: string | null;
    replies_to: string | null;
    evidence: Record<string, Spans>;
  }[];
  figures: { id: string; words: Words; part_of: string | null; statement: string | null; evidence: Record<string, Spans> }[];
  notes: { code: string; message: string }[];
}

interface Placed {
  n: string | null;
  spans: Spans;
}

export interface CopyItem {
  report: string;
  /** Null for the one that the others copy. */
  original: string | null;
  kind: "exact" | "near" | "contained";
  probability: number | null;
  root: string;
  published: string | null;
  outlet: string | null;
  title: string | null;
}

export type FlagKind =
  | "conflict" | "superseded" | "sum" | "stale" | "single_origin"
  | "unattributed" | "anonymous_only" | "quote_drift" | "silence";

export interface FlagItem {
  flag: string;
  kind: FlagKind;
  story: string | null;
  report: string;
  target: string;
  /** All that it rests on but the target. */
  others: string[];
  why: string;
  published: string | null;
  outlet: string | null;
  title: string | null;
  status: "open" | "dismissed";
  /** Why a person dismissed it. */
  reason: string | null;
}

export interface ReportPage {
  report: ReportItem & { version: string };
  reading: Reading;
  statements: (StatementItem & Placed)[];
  figures: (FigureItem & Placed)[];
  decisions: Decision[];
  places: { path: string | null; record: number | null; obtained: string | null }[];
  redacted: boolean;
  story: string | null;
  copy_of: CopyItem | null;
  copies: CopyItem[];
  flags: FlagItem[];
}

export interface SpeakerItem {
  actor: string;
  speaker: string;
  kind: string | null;
  statements: number;
  reports: number;
}

export interface Count {
  name: string | null;
  n: number;
}

export interface SpeakerPage extends SpeakerItem {
  merged: { actor: string; speaker: string; kind: string | null }[];
  acts: Count[];
  namings: Count[];
  certainties: Count[];
  forms: Count[];
  vias: Count[];
  outlets: Count[];
  by_month: { date: string | null; n: number }[];
  roles: Count[];
  decisions: Decision[];
}

export interface FieldRule {
  name: string;
  rule: "one_of" | "words" | "free" | "number" | "date";
  values?: string[];
}

export interface Facets {
  outlets: Count[];
  acts: string[];
  measures: string[];
  namings: string[];
  statuses: string[];
  certainties: string[];
  forms: string[];
  bounds: string[];
  kinds: string[];
  fields: { statement: FieldRule[]; figure: FieldRule[]; report: FieldRule[] };
}

export interface Summary {
  reports: number;
  statements: number;
  figures: number;
  speakers: number;
  decisions: number;
  open: number;
  refused: number;
  /** Reports that are not linked with the others yet. */
  unlinked: number;
  first: string | null;
  last: string | null;
}

export interface StoryItem {
  story: string;
  title: string | null;
  first: string | null;
  last: string | null;
  reports: number;
  outlets: number;
  figures: {
    measure: string;
    counted: string | null;
    words: string;
    lower: number | null;
    upper: number | null;
    figure: string;
    outlet: string | null;
    published: string | null;
  }[];
  flags: number;
}

export interface SeriesItem {
  series: string;
  story: string;
  measure: string;
  counted: string | null;
  place: string | null;
  figures: number;
  first: string | null;
  last: string | null;
}

/** A report of a story, and what puts it there. */
export interface Member extends ReportItem {
  earlier: string | null;
  probability: number | null;
  copy: "exact" | "near" | "contained" | null;
  decided: "join" | "part" | null;
}

/** `flags` of a story's page is a list where that of an item is a count. */
export type StoryPage = Omit<StoryItem, "flags"> & {
  flags: FlagItem[];
  members: Member[];
  series: SeriesItem[];
  silent: FlagItem[];
};

export type Edge = "repeats" | "updates" | "corrects" | "conflicts" | "part_of";

export interface Point extends FigureItem {
  prior: string | null;
  edge: Edge | null;
  /** Who gives it, as far as it can be traced. */
  origin: string | null;
  /** The day for which it holds. */
  holds: string | null;
  sentence: string | null;
}

export interface SeriesPage extends SeriesItem {
  points: Point[];
}

export interface RuleTable {
  rule: string;
  /** What the rule does. */
  text: string;
  columns: string[];
  rows: { series: string; measure: string; cells: Record<string, unknown>; rests_on: string[] }[];
}

export interface QuoteItem {
  quote: string;
  speaker: string | null;
  content: string;
  statements: number;
  outlets: number;
  n_same: number;
  drift: boolean;
}

export type QuoteMember = StatementItem & { earlier: string | null; n_same: number; drift: boolean };

/** `statements` of a quotation's page is a list where that of an item is a count. */
export type QuotePage = Omit<QuoteItem, "statements"> & { statements: QuoteMember[] };

export interface Job {
  id: string;
  name: string;
  state: "waiting" | "reading" | "done" | "failed";
  done: number;
  total: number | null;
  began: string;
  author: string | null;
  reports: { report: string; title: string | null; added: string }[];
  refused: { path: string | null; record: number | null; reason: string }[];
  error: string | null;
}

export interface Session {
  version: string;
  login: boolean;
  user: { name: string; role: string } | null;
  can: { decide: boolean; add: boolean; fetch: boolean };
  ledger: { name: string | null; read_only: boolean; links: boolean };
}

export type Queued = { kind: "statement"; item: StatementItem } | { kind: "figure"; item: FigureItem };

export interface DecisionRequest {
  action: string;
  target: string;
  seen?: string;
  field?: string;
  value?: string;
  comment?: string;
  kind?: "statement" | "figure";
  fields?: Record<string, string>;
}

export interface Decided {
  decision: Decision;
  item: StatementItem | FigureItem | ReportItem | null;
}
