// What a page shows of the server: data, or that it is on its way, or why it is not there.

import { untrack } from "svelte";

import { get, type Params, Problem } from "./api";
import type { List } from "./types";

export interface Shown<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  reload(): void;
  set(data: T): void;
}

/**
 * Asks again whenever something that `fetcher` reads before its first `await` changes. What was
 * there stays until the answer comes. For use while a component is set up.
 */
export function resource<T>(fetcher: (signal: AbortSignal) => Promise<T>): Shown<T> {
  let data = $state.raw<T>();
  let problem = $state.raw<Problem>();
  let loading = $state(true);
  let turn = $state(0);
  $effect(() => {
    void turn;
    const stop = new AbortController();
    loading = true;
    fetcher(stop.signal).then(
      (answer) => {
        if (stop.signal.aborted) return;
        [data, problem, loading] = [answer, undefined, false];
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        [problem, loading] = [asProblem(error), false];
      },
    );
    return () => stop.abort();
  });
  return {
    get data() {
      return problem ? undefined : data;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    reload: () => void turn++,
    set(answer) {
      [data, problem] = [answer, undefined];
    },
  };
}

export interface Paged<T> extends Omit<Shown<T[]>, "set"> {
  readonly more: boolean;
  next(): Promise<void>;
  set(items: T[]): void;
}

/** A list of the API, page by page: `next` brings the next page behind what is there. */
export function paged<T>(path: () => string, params: () => Params): Paged<T> {
  let cursor = $state<string | null>(null);
  const shown = resource<T[]>(async (signal) => {
    const answer = await get<List<T>>(path(), params(), signal);
    cursor = answer.next;
    return answer.items;
  });
  return {
    get data() {
      return shown.data;
    },
    get problem() {
      return shown.problem;
    },
    get loading() {
      return shown.loading;
    },
    get more() {
      return cursor !== null;
    },
    async next() {
      const asked = untrack(() => ({ ...params(), cursor }));
      const answer = await get<List<T>>(untrack(path), asked);
      if (asked.cursor !== cursor) return; // the filters changed meanwhile
      cursor = answer.next;
      shown.set([...(shown.data ?? []), ...answer.items]);
    },
    reload: shown.reload,
    set: shown.set,
  };
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, "page", error instanceof Error ? error.message : String(error));
}
