// Requests to the server's documented API (/api/openapi.json); the page uses nothing else.

export const BASE = "/api/v1";

export type Params = Record<string, string | number | boolean | null | undefined>;

/** What the server could not do, as its problem+json tells, or that there was no answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** All members of the problem, among them `current` of a conflict. */
  readonly members: Record<string, unknown>;

  constructor(status: number, code: string, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.members = members;
  }
}

/** The query string of the parameters that have a value, with its question mark. */
export function query(params: Params): string {
  const set = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) set.set(name, String(value));
  }
  const text = set.toString();
  return text && `?${text}`;
}

export function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  return ask<T>(path + query(params), signal ? { signal } : {});
}

export function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Sends a file as it is. */
export function send<T>(path: string, params: Params, file: Blob): Promise<T> {
  const type = file.type || "application/octet-stream";
  return ask<T>(path + query(params), { method: "POST", headers: { "Content-Type": type }, body: file });
}

export function drop(path: string): Promise<null> {
  return ask<null>(path, { method: "DELETE" });
}

async function ask<T>(path: string, options: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(BASE + path, { ...options, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "offline", "The server does not answer. Is ascribe serve still running?");
  }
  if (answer.status === 204) return null as T;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body as T;
  throw problemOf(answer, body);
}

function problemOf(answer: Response, body: unknown): Problem {
  const members = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const told = members["detail"] ?? members["title"];
  const wait = answer.headers.get("Retry-After");
  const message = typeof told === "string" && told ? told : `The server answered with status ${answer.status}.`;
  const again = wait ? ` Try again in ${wait} seconds.` : "";
  return new Problem(answer.status, String(members["code"] ?? "unknown"), message + again, members);
}
