// What all pages share: who works here, what happened last, and that the ledger changed.

import { drop, get, post, Problem } from "./api";
import { remember, remembered } from "./theme.svelte";
import type { Decided, Decision, DecisionRequest, Facets, Job, Session } from "./types";

const NAME = "ascribe-name";

/** A message at the foot of the page, with a way back where there is one. */
export interface Notice {
  text: string;
  undo: string[];
  /** Something went wrong: it stays until it is closed. */
  problem: boolean;
}

/** Somebody decided about the same item meanwhile. */
export interface Conflict {
  wanted: DecisionRequest;
  current: Record<string, unknown> & { version: string; decisions?: Decision[] };
  answer: (again: boolean) => void;
}

class Desk {
  session = $state.raw<Session | null>(null);
  problem = $state.raw<Problem | null>(null);
  notice = $state.raw<Notice | null>(null);
  conflict = $state.raw<Conflict | null>(null);
  /** Set while the page asks who is working. */
  asking = $state.raw<((name: string | null) => void) | null>(null);
  /** Counts changes of the ledger, whoever made them. */
  change = $state(0);
  jobs = $state.raw<Record<string, Job>>({});
  /** Decisions of this visit that hold, the last at the end. */
  mine = $state.raw<string[]>([]);
  /** Items as they are now that were changed elsewhere than on the page, which shows them. */
  news = $state.raw<unknown[]>([]);
  /** When this page last decided something itself. */
  decidedAt = 0;
  /** When it last decided something that links are computed anew for, which comes after the answer. */
  relinkedAt = 0;

  get canDecide(): boolean {
    return this.session?.can.decide === true && !this.session.ledger.read_only;
  }
}

export const desk = new Desk();

let facets: Promise<Facets> | undefined;

/** The closed lists and the outlets; asked for once. */
export function facetsOf(): Promise<Facets> {
  facets ??= get<Facets>("/facets").catch((error: unknown) => {
    facets = undefined;
    throw error;
  });
  return facets;
}

/** Learns who works here; a name that was given in this browser before is given again. */
export async function begin(): Promise<void> {
  try {
    let session = await get<Session>("/session");
    const name = remembered(NAME);
    if (!session.login && !session.user && name && session.can.decide) {
      session = await post<Session>("/session", { name });
    }
    desk.session = session;
    desk.problem = null;
    if (!session.login || session.user) listen();
  } catch (error) {
    desk.problem = error instanceof Problem ? error : new Problem(0, "page", String(error));
  }
}

/** Says who works here; with a password where the server wants one. */
export async function enter(name: string, password?: string): Promise<void> {
  desk.session = await post<Session>("/session", password === undefined ? { name } : { name, password });
  remember(NAME, name);
  listen();
}

/** Logs out. */
export async function leave(): Promise<void> {
  events?.close();
  events = undefined;
  await drop("/session").catch(sayProblem);
  await begin();
}

let events: EventSource | undefined;

function listen(): void {
  if (events || typeof EventSource === "undefined") return;
  events = new EventSource("/api/v1/events");
  events.addEventListener("ledger", () => {
    facets = undefined;
    desk.change++;
  });
  events.addEventListener("job", (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as Job;
    desk.jobs = { ...desk.jobs, [job.id]: job };
  });
}

export function say(text: string, undo: string[] = []): void {
  desk.notice = { text, undo, problem: false };
}

export function sayProblem(error: unknown): void {
  desk.notice = { text: error instanceof Error ? error.message : String(error), undo: [], problem: true };
}

/** Sends something that needs a name, and asks for the name first if the server wants it. */
export async function named<T>(send: () => Promise<T>): Promise<T | null> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "name-required") throw error;
      const name = await new Promise<string | null>((resolve) => (desk.asking = resolve));
      desk.asking = null;
      if (name === null) return null;
      await enter(name);
    }
  }
}

/**
 * Records a decision. Where somebody decided meanwhile, shows what they did and lets the person
 * decide again. Returns null if nothing was recorded; what went wrong has been said then.
 */
export async function decide(wanted: DecisionRequest, told: string): Promise<Decided | null> {
  let request = wanted;
  for (;;) {
    try {
      const decided = await named(() => post<Decided>("/decisions", request));
      if (!decided) return null;
      desk.decidedAt = Date.now();
      if (["join", "part", "undo"].includes(wanted.action)) desk.relinkedAt = desk.decidedAt;
      if (wanted.action === "undo") {
        desk.mine = desk.mine.filter((id) => id !== wanted.target);
        say(told);
      } else {
        desk.mine = [...desk.mine, decided.decision.id];
        say(told, [decided.decision.id]);
      }
      return decided;
    } catch (error) {
      const current = error instanceof Problem && error.code === "conflict" ? error.members["current"] : null;
      if (!current || wanted.action === "undo") {
        sayProblem(error);
        return null;
      }
      const now = current as Conflict["current"];
      const again = await new Promise<boolean>((answer) => (desk.conflict = { wanted, current: now, answer }));
      desk.conflict = null;
      if (!again) {
        desk.news = [now];
        return null;
      }
      request = { ...request, seen: now.version };
    }
  }
}

/** What came of one of many decisions. */
export type Result = Decided | { problem: { detail?: string } };

/** Records many decisions, each on its own; null if nobody gave a name. */
export async function decideMany(decisions: DecisionRequest[]): Promise<Result[] | null> {
  const answer = await named(() => post<{ results: Result[] }>("/decisions/bulk", { decisions }));
  desk.decidedAt = Date.now();
  return answer && answer.results;
}

/** Takes decisions back, the last first. Returns what came of them. */
export async function undo(ids: string[]): Promise<Decided[]> {
  const wanted = [...ids].reverse().map((target) => ({ action: "undo", target, seen: "holds" }));
  if (wanted.length === 1) {
    const decided = await decide(wanted[0]!, "Undone.");
    return decided ? [decided] : [];
  }
  try {
    const results = (await decideMany(wanted)) ?? [];
    const undone = results.filter((result) => "decision" in result);
    desk.mine = desk.mine.filter((id) => !ids.includes(id));
    const others = results.length - undone.length;
    say(`${undone.length} decisions undone.${others ? ` ${others} were not: somebody decided since.` : ""}`);
    return undone;
  } catch (error) {
    sayProblem(error);
    return [];
  }
}
