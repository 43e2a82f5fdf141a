// Addresses: the path names the page, the query its filters, so that every view can be shared.

import type { Params } from "./api";
import { query } from "./api";

class Route {
  path = $state(location.pathname);
  search = $state(location.search);

  /** The parts of the path: `/report/abc` → `["report", "abc"]`. */
  get parts(): string[] {
    return this.path.split("/").filter(Boolean).map(decoded);
  }

  get params(): URLSearchParams {
    return new URLSearchParams(this.search);
  }

  param(name: string): string {
    return this.params.get(name) ?? "";
  }
}

export const route = new Route();

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function take(): void {
  route.path = location.pathname;
  route.search = location.search;
}

/** Goes to another address of the desk. */
export function go(address: string, replace = false): void {
  const before = location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  take();
  if (before !== location.pathname) {
    scrollTo(0, 0);
    // A screen reader goes on reading where the new page begins.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true }));
  }
}

/** Sets parameters of the query and keeps the others; empty ones go. */
export function setParams(params: Params, replace = false): void {
  const all = { ...Object.fromEntries(route.params), ...params };
  go(route.path + query(all), replace);
}

/** Follows links inside the desk without loading the page anew. */
function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = (event.target as Element).closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api")) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

addEventListener("popstate", take);
document.addEventListener("click", follow);

/** An id as a part of a path: a dot would make it look like the name of a file. */
const inPath = (id: string) => id.replace(".", "-");

/** The id in a part of a path. */
export const idIn = (part: string) => part.replace("-", ".");

export const to = {
  report: (id: string, at?: string | null) => `/report/${id}${query({ at })}`,
  /** The report of a statement or figure is not in its id; the server finds it by its beginning. */
  item: (id: string) => `/report/${id.split(".")[0]}${query({ at: id })}`,
  speaker: (actor: string) => `/speaker/${actor}`,
  story: (id: string) => `/story/${id}`,
  series: (id: string) => `/series/${inPath(id)}`,
  quote: (id: string) => `/quote/${inPath(id)}`,
  search: (params: Params) => `/search${query(params)}`,
  review: (params: Params = {}) => `/review${query(params)}`,
};
