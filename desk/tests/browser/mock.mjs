// A server of the documented API for the browser tests, with links across reports made from the
// truth file of the example collection, people who decide at once, and a report of any size. What
// the real server answers is tested against the real server; this one shows what it cannot be made
// to show: links before they are read, conflicts at will, failures.
//
// Reports come from `ascribe read --format jsonl`; nothing is kept.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

const hash = (text) => createHash("sha256").update(text).digest("hex");

/** Starts it at a free port; returns its address, what it holds, and how to stop it. */
export async function mock({ dist, readings, truth = null, links = true }) {
  const ledger = ledgerOf(readings, truth);
  const server = createServer((request, response) => void answer(ledger, { dist, links }, request, response));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
  return { address: `http://127.0.0.1:${server.address().port}`, ledger, stop };
}

function ledgerOf(readings, truth) {
  const reports = readings.map(reportOf);
  const ledger = { reports, log: [], user: null, truth: null };
  if (truth) ledger.truth = linksOf(reports, truth);
  return ledger;
}

function reportOf(reading) {
  const { report } = reading;
  const short = report.id.slice(0, 16);
  const id = (letter, n, text) => `${short}.${letter}${hash(report.id + n + text).slice(0, 8)}`;
  const ids = new Map();
  for (const s of reading.statements) ids.set(s.id, id("s", s.id, s.content.text));
  for (const f of reading.figures) ids.set(f.id, id("f", f.id, f.words.text));
  const common = { report: report.id, published: report.published, outlet: report.outlet, status: "open", added: false };
  const statements = reading.statements.map((s) => ({
    n: s.id, spans: [...s.cue.spans, ...s.content.spans], id: ids.get(s.id), ...common,
    actor: `p${hash(s.speaker.name ?? s.source.text).slice(0, 16)}`, speaker: s.speaker.name, kind: s.speaker.kind,
    role: s.speaker.role, affiliation: s.speaker.affiliation, naming: s.speaker.naming, act: s.act, certainty: s.certainty,
    form: s.form, medium: s.medium?.kind ?? null, via: s.medium?.via ?? null, said_on: s.said_on, source: s.source.text,
    cue: s.cue.text, content: s.content.text, confidence: s.confidence, version: hash(s.id).slice(0, 16),
  }));
  const figures = reading.figures.map((f) => ({
    n: f.id, spans: f.words.spans, id: ids.get(f.id), ...common, words: f.words.text, lower: f.lower, upper: f.upper, bound: f.bound,
    measure: f.measure, counted: f.counted.text || null, attributes: f.attributes, cause: f.cause, scope: f.scope, occurred: f.occurred,
    since: f.since, as_of: f.as_of, place: f.place, confidence: f.confidence, statement: ids.get(f.statement) ?? null,
    speaker: statements.find((s) => s.n === f.statement)?.speaker ?? null, version: hash(f.id).slice(0, 16),
  }));
  const item = {
    report: report.id, published: report.published, outlet: report.outlet, title: report.title, byline: report.byline, url: report.url,
    language: report.language, media_type: report.media_type, model: "base 3", statements: statements.length, figures: figures.length,
  };
  return { item, reading, statements, figures };
}

/** Stories, series, flags, copies and quotations as the truth file has them. */
function linksOf(reports, truth) {
  const byKey = new Map(truth.reports.map((one) => {
    const found = reports.find(({ reading: { report } }) => report.path.endsWith(`/${one.file}`) && (one.record === null || report.record === one.record));
    return [one.id, found];
  }));
  const figureOf = (told) => {
    const report = byKey.get(told.report);
    const at = report?.reading.report.text.indexOf(told.quote) ?? -1;
    const words = at < 0 ? -1 : report.reading.report.text.indexOf(told.words, at);
    return report?.figures.find(({ spans: [[from, to]] }) => from < words + told.words.length && to > words) ?? null;
  };
  const stories = new Map();
  for (const one of truth.reports) {
    const report = byKey.get(one.id);
    if (one.story !== "neither" && report) stories.set(one.story, [...(stories.get(one.story) ?? []), report]);
  }
  const root = new Map();
  for (const [name, members] of stories) {
    members.sort((a, b) => (a.item.published ?? "").localeCompare(b.item.published ?? ""));
    root.set(name, members[0].item.report);
  }
  const idOf = new Map(); // figures of the truth file to those that were read
  const series = truth.series.flatMap((one) => {
    const points = one.figures.flatMap((told) => {
      const figure = figureOf(told);
      if (!figure) return [];
      const [edge] = told.edges;
      const point = { ...figure, lower: told.lower, upper: told.upper, bound: told.bound, edge: edge?.type ?? null, origin: null, holds: null, sentence: told.quote };
      idOf.set(told.id, figure.id);
      return [{ told, point }];
    });
    if (points.length === 0) return [];
    for (const { told, point } of points) point.prior = idOf.get(told.edges[0]?.to) ?? null;
    const [first] = points;
    return [{
      item: {
        series: first.point.id, story: root.get(one.story) ?? null, measure: one.measure, counted: one.counts, place: one.place ?? null,
        figures: points.length, first: first.point.published, last: points.at(-1).point.published,
      },
      points: points.map(({ point }) => point),
    }];
  });
  const flags = (truth.flags ?? []).flatMap((flag, i) => {
    const [target, other] = flag.evidence.map(({ figure }) => idOf.get(figure));
    const report = byKey.get(flag.evidence[0].report);
    if (!report) return [];
    const story = [...stories].find(([, members]) => members.includes(report))?.[0];
    return [{
      flag: hash(`flag${i}`).slice(0, 16), kind: flag.kind, story: root.get(story) ?? null, report: report.item.report,
      target: target ?? report.item.report, others: other ? [other] : [], why: flag.why, published: report.item.published,
      outlet: report.item.outlet, title: report.item.title, status: "open", reason: null,
    }];
  });
  const copies = truth.reports.flatMap((one) => {
    const [copy, original] = [byKey.get(one.id), byKey.get(one.copy?.of)];
    if (!copy || !original) return [];
    const { report, published, outlet, title } = copy.item;
    return [{ report, original: original.item.report, kind: one.copy.kind, probability: 0.98, root: original.item.report, published, outlet, title }];
  });
  const quotes = truth.quotations.flatMap((one) => {
    const members = one.members.flatMap((told) => {
      const report = byKey.get(told.report);
      const at = report?.reading.report.text.indexOf(told.quote ?? told.words) ?? -1;
      const statement = report?.statements.find(({ spans }) => at >= 0 && spans.some(([from, to]) => from < at + 12 && to > at));
      return statement ? [{ ...statement, relation: told.relation }] : [];
    });
    if (members.length < 2) return [];
    const statements = members.map((one, i) => ({ ...one, earlier: i ? members[0].id : null, n_same: 1, drift: one.relation === "drift" }));
    return [{ quote: members[0].id, speaker: members[0].speaker, content: members[0].content, outlets: members.length, n_same: 1, drift: statements.some(({ drift }) => drift), statements }];
  });
  const stories_ = [...stories].map(([name, members]) => {
    const own = series.filter(({ item }) => item.story === root.get(name)).sort((a, b) => b.points.length - a.points.length);
    return {
      item: {
        story: root.get(name), title: members[0].item.title, first: members[0].item.published, last: members.at(-1).item.published,
        reports: members.length, outlets: new Set(members.map(({ item }) => item.outlet)).size,
        figures: own.slice(0, 4).map(({ item, points }) => {
          const { id, words, lower, upper, outlet, published } = points.at(-1);
          return { measure: item.measure, counted: item.counted, words, lower, upper, figure: id, outlet, published };
        }),
        flags: flags.filter(({ story }) => story === root.get(name)).length,
      },
      members, series: own,
    };
  });
  return { stories: stories_, series, flags, copies, quotes };
}

const problem = (status, code, detail, more = {}) => ({ status, body: { type: `about:blank#${code}`, title: code, status, detail, code, ...more } });
const ok = (body, status = 200) => ({ status, body });
const list = (items, params) => {
  const from = Number(params.get("cursor") ?? 0);
  const to = from + Number(params.get("limit") ?? 50);
  return ok({ items: items.slice(from, to), next: to < items.length ? String(to) : null });
};

async function answer(ledger, { dist, links }, request, response) {
  const url = new URL(request.url, "http://x");
  if (!url.pathname.startsWith("/api/v1")) return file(dist, url.pathname, response);
  let text = "";
  for await (const chunk of request) text += chunk;
  const parts = url.pathname.slice(7).split("/").filter(Boolean).map(decodeURIComponent);
  if (parts[0] === "events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": here\n\n");
    return;
  }
  const { status, body } = route(ledger, links, request.method, parts, url.searchParams, text && JSON.parse(text));
  response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(body));
}

function route(ledger, links, method, [what, id, sub], params, body) {
  const { reports, truth } = ledger;
  const statements = () => reports.flatMap((one) => one.statements);
  const figures = () => reports.flatMap((one) => one.figures);
  const newest = (items) => [...items].sort((a, b) => (b.published ?? "").localeCompare(a.published ?? ""));
  const matches = (item) => ["outlet", "act", "naming", "measure", "status", "report", "kind", "story"].every((name) => !params.get(name) || name === "kind" || item[name] === params.get(name)) &&
    (!params.get("speaker") || [item.actor, item.speaker].includes(params.get("speaker")));
  if (["stories", "series", "quotes", "flags", "copies"].includes(what) && !(links && truth)) return problem(501, "not-yet", "This ledger has no links.");
  switch (what) {
    case "session":
      if (method === "POST") ledger.user = { name: body.name, role: "admin" };
      return ok({ version: "0.1.0", login: false, user: ledger.user, can: { decide: true, add: true, fetch: false }, ledger: { name: "mock.db", read_only: false, links } });
    case "summary": {
      const dates = reports.map(({ item }) => item.published).filter(Boolean).sort();
      const all = [...statements(), ...figures()];
      return ok({ reports: reports.length, statements: statements().length, figures: figures().length, speakers: new Set(statements().map((s) => s.actor)).size, decisions: ledger.log.length, open: all.filter(({ status }) => status === "open").length, refused: 0, unlinked: 0, first: dates[0] ?? null, last: dates.at(-1) ?? null });
    }
    case "facets": return ok(facets(reports));
    case "intake": return list([], params);
    case "decisions": return method === "POST" ? (id === "bulk" ? ok({ results: body.decisions.map((one) => { const { status, body } = decide(ledger, one); return status === 201 ? body : { problem: body }; }) }) : decide(ledger, body)) : list((params.get("order") === "oldest" ? ledger.log : [...ledger.log].reverse()).filter((one) => ["action", "state"].every((name) => !params.get(name) || one[name] === params.get(name)) && one.target.startsWith(params.get("target") ?? "")), params);
    case "reports": {
      if (!id) return list(newest(reports.map(({ item }) => item)).filter(matches).map((item) => (params.get("q") ? { ...item, snippet: `… [${params.get("q")}] …` } : item)), params);
      const found = reports.find(({ item }) => item.report.startsWith(id));
      if (!found) return problem(404, "not-found", "There is no such report.");
      const { item, reading } = found;
      return ok({
        report: { ...item, version: "v" }, reading, statements: found.statements, figures: found.figures,
        decisions: ledger.log.filter(({ target }) => target.startsWith(item.report.slice(0, 16))),
        places: [{ path: reading.report.path, record: reading.report.record, obtained: "2026-03-10T08:00:00Z" }], redacted: false,
        story: truth?.stories.find(({ members }) => members.includes(found))?.item.story ?? null,
        copy_of: truth?.copies.find(({ report }) => report === item.report) ?? null, copies: truth?.copies.filter(({ original }) => original === item.report) ?? [],
        flags: truth?.flags.filter(({ report, status }) => report === item.report && status === "open") ?? [],
      });
    }
    case "statements": case "figures": {
      const all = what === "statements" ? statements() : figures();
      if (!id) return list(newest(all).filter(matches), params);
      const item = all.find((one) => one.id === id);
      if (!item) return problem(404, "not-found", "There is no such item.");
      const { text } = reports.find(({ item: { report } }) => report === item.report).reading.report;
      const [from, to] = item.spans[0];
      const points = Array.from(text);
      return ok({ ...item, decisions: [], context: { before: points.slice(Math.max(0, from - 240), from).join(""), quote: points.slice(from, to).join(""), after: points.slice(to, to + 240).join("") } });
    }
    case "review": {
      const kind = params.get("kind");
      const all = [
        ...(kind === "figures" ? [] : statements().map((item) => ({ kind: "statement", item }))),
        ...(kind === "statements" ? [] : figures().map((item) => ({ kind: "figure", item }))),
      ].filter(({ item }) => item.status === "open" && matches(item) && item.confidence <= Number(params.get("max_confidence") ?? 1));
      if (id === "count") return ok({ open: all.length });
      return list(all.sort((a, b) => a.item.confidence - b.item.confidence), params);
    }
    case "speakers": {
      const by = Map.groupBy ? Map.groupBy(statements(), (s) => s.actor) : group(statements());
      const all = [...by].map(([actor, own]) => ({ actor, speaker: own[0].speaker ?? "no name", kind: own[0].kind, statements: own.length, reports: new Set(own.map(({ report }) => report)).size }));
      if (!id) return list(all.sort((a, b) => b.statements - a.statements), params);
      const own = by.get(id) ?? [];
      const counted = (name) => [...new Set(own.map((s) => s[name]))].filter(Boolean).map((value) => ({ name: value, n: own.filter((s) => s[name] === value).length }));
      return ok({ ...all.find(({ actor }) => actor === id), merged: [], acts: counted("act"), namings: counted("naming"), certainties: counted("certainty"), forms: counted("form"), vias: counted("via"), outlets: counted("outlet"), by_month: [{ date: "2026-03", n: own.length }], roles: counted("role"), decisions: [] });
    }
    case "stories": {
      if (!id) return list(truth.stories.map(({ item }) => item), params);
      const found = truth.stories.find(({ item }) => item.story === id);
      if (!found) return problem(404, "not-found", "There is no such story.");
      if (sub === "table") return ok({ rule: params.get("rule"), text: "One line for each count.", columns: ["counted", "low", "best", "high"], rows: found.series.map(({ item, points }) => ({ series: item.series, measure: item.measure, cells: { counted: item.counted, low: Math.min(...points.map((p) => p.lower ?? Infinity).filter(Number.isFinite)), best: points.at(-1).lower, high: points.at(-1).upper }, rests_on: points.map((p) => p.id) })) });
      const own = truth.flags.filter(({ story, status }) => story === id && status === "open");
      return ok({ ...found.item, members: found.members.map(({ item }, i) => ({ ...item, earlier: i ? id : null, probability: i ? 0.9 : null, copy: null, decided: null })), series: found.series.map(({ item }) => item), flags: own, silent: own.filter(({ kind }) => kind === "silence") });
    }
    case "series": {
      if (!id) return list(truth.series.map(({ item }) => item), params);
      const found = truth.series.find(({ item }) => item.series === id);
      return found ? ok({ ...found.item, points: found.points }) : problem(404, "not-found", "There is no such series.");
    }
    case "quotes": {
      const found = truth.quotes.find(({ quote }) => quote === id);
      if (id) return found ? ok(found) : problem(404, "not-found", "There is no such quotation.");
      return list(truth.quotes.filter(({ drift }) => drift || params.get("drift") !== "true").map((one) => ({ ...one, statements: one.statements.length })), params);
    }
    case "flags": return list(truth.flags.filter((flag) => (!params.get("kind") || flag.kind === params.get("kind")) && flag.status === (params.get("status") ?? "open")), params);
    case "copies": return list(truth.copies, params);
    default: return problem(404, "not-found", "There is no such address.");
  }
}

function group(statements) {
  const by = new Map();
  for (const one of statements) by.set(one.actor, [...(by.get(one.actor) ?? []), one]);
  return by;
}

const STATUS = { accept: "accepted", reject: "rejected", correct: "corrected" };

function decide(ledger, { action, target, seen, field = null, value = null, comment = null }) {
  if (!ledger.user) return problem(403, "name-required", "Say who you are first.");
  const flag = ledger.truth?.flags.find((one) => one.flag === target);
  const items = ledger.reports.flatMap(({ statements, figures }) => [...statements, ...figures]);
  const record = (target) => {
    const decision = { id: hash(String(ledger.log.length)), state: "holds", time: "2026-03-12T10:00:00Z", author: ledger.user.name, action, target, field, value, comment, fields: null };
    ledger.log.push(decision);
    return decision;
  };
  if (action === "undo") {
    const undone = ledger.log.find(({ id }) => id === target);
    undone.state = "undone";
    const item = items.find(({ id }) => id === undone.target) ?? null;
    if (item) [item.status, item.version] = ["open", hash(item.version).slice(0, 16)];
    const other = ledger.truth?.flags.find((one) => one.flag === undone.target);
    if (other) [other.status, other.reason] = ["open", null];
    return ok({ decision: record(undone.target), item }, 201);
  }
  if (flag) {
    [flag.status, flag.reason] = ["dismissed", comment];
    return ok({ decision: record(target), item: null }, 201);
  }
  const item = items.find(({ id }) => id === target);
  if (!item) return problem(422, "makes-no-sense", "There is nothing of that name.");
  if (seen !== item.version) return problem(409, "conflict", "Somebody decided meanwhile.", { current: { ...item, decisions: ledger.log.filter((one) => one.target === target) } });
  item.status = STATUS[action] ?? item.status;
  if (field) item[field] = value;
  item.version = hash(item.version).slice(0, 16);
  return ok({ decision: record(target), item }, 201);
}

function facets(reports) {
  const outlets = new Map();
  for (const { item } of reports) outlets.set(item.outlet, (outlets.get(item.outlet) ?? 0) + 1);
  const acts = ["state", "claim", "announce", "deny", "accuse", "withhold"];
  const one = (name, values) => ({ name, rule: "one_of", values });
  return {
    outlets: [...outlets].map(([name, n]) => ({ name, n })), acts, measures: ["killed", "injured", "missing"], namings: ["named", "role_only", "unnamed", "outlet"],
    statuses: ["open", "accepted", "corrected", "rejected"], certainties: ["asserted", "possible"], forms: ["direct", "indirect", "mixed"], bounds: ["exact", "at_least"], kinds: ["person"],
    fields: {
      statement: [{ name: "speaker", rule: "free" }, one("act", acts), { name: "said_on", rule: "date" }, { name: "source", rule: "words" }, { name: "cue", rule: "words" }, { name: "content", rule: "words" }],
      figure: [{ name: "words", rule: "words" }, { name: "lower", rule: "number" }, { name: "upper", rule: "number" }, one("measure", ["killed", "injured"]), { name: "counted", rule: "words" }],
      report: [],
    },
  };
}

function file(dist, path, response) {
  const name = extname(path) ? path : "/index.html";
  if (!existsSync(join(dist, name))) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream", "Content-Security-Policy": CSP });
  response.end(readFileSync(join(dist, name)));
}
