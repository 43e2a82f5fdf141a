// Dates in the reader's own language and order. What is no plain date is shown as it is written.

const YMD = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const UTC = { timeZone: "UTC" } as const;
const DAY = new Intl.DateTimeFormat(undefined, { ...UTC, day: "numeric", month: "short", year: "numeric" });
const SHORT = new Intl.DateTimeFormat(undefined, { ...UTC, day: "numeric", month: "short" });
const MONTH = new Intl.DateTimeFormat(undefined, { ...UTC, month: "long", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** An EDTF date: `2026-01-12`, `2026-01`, `2026`; others unchanged. */
export function day(edtf: string | null | undefined, short = false): string {
  if (!edtf) return "no date";
  const [, year, month, date] = YMD.exec(edtf) ?? [];
  if (!year) return edtf;
  if (!month) return year;
  const at = time(edtf);
  if (at === null) return edtf;
  return (date ? (short ? SHORT : DAY) : MONTH).format(at);
}

/** From one day to another, what they share told once. */
export function days(first: string | null, last: string | null): string {
  if (!first || !last || first === last) return day(first ?? last);
  const [a, b] = [time(first), time(last)];
  if (first.length < 10 || last.length < 10 || a === null || b === null || b < a) return `${day(first)} – ${day(last)}`;
  return DAY.formatRange(a, b);
}

/** A sentence with the days in it told in the reader's way. */
export function withDays(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (edtf) => day(edtf));
}

/** A moment (RFC 3339) in the reader's time. */
export function moment(rfc: string): string {
  const at = Date.parse(rfc);
  return Number.isNaN(at) ? rfc : MOMENT.format(at);
}

/** Milliseconds at the beginning of an EDTF date, or null. */
export function time(edtf: string | null | undefined): number | null {
  const [, year, month = "01", date = "01"] = YMD.exec(edtf ?? "") ?? [];
  if (!year) return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(date));
  return new Date(at).getUTCDate() === Number(date) ? at : null;
}
