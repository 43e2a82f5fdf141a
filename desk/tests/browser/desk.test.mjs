// Walks every page in a real browser. Pages and the loop of review run against `ascribe serve` with the
// example collection; what that server cannot be made to show runs against tests/browser/mock.mjs.
// Needs ASCRIBE (the program) and CHROMIUM (the browser); screenshots go to SHOTS, if set.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import axe from "axe-core";
import { chromium } from "playwright-core";

import { bigReading, hostileReading } from "./big.mjs";
import { mock } from "./mock.mjs";
import { serve } from "./serve.mjs";

const ROOT = join(import.meta.dirname, "../../..");
const DIST = join(ROOT, "desk/dist");
const COLLECTION = join(ROOT, "examples/collection");
const { ASCRIBE, CHROMIUM = "/usr/bin/chromium", SHOTS } = process.env;

let browser;
before(async () => {
  assert.ok(ASCRIBE, "ASCRIBE is the path of the program");
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
});
after(() => browser?.close());

/** A page that fails the test on any error or anything that the Content-Security-Policy refuses. */
async function open(address, name = null) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, acceptDownloads: true });
  if (name) await context.addInitScript((name) => localStorage.setItem("ascribe-name", name), name);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // The browser reports answers such as 409 and 501 itself; the page shows them to the reader.
    if (message.type() === "error" && !/status of (403|404|409|422|501)/.test(message.text())) errors.push(message.text());
  });
  const there = { page, go: (path) => page.goto(address + path), close: async () => (await context.close(), assert.deepEqual(errors, [])) };
  await there.go("/");
  return there;
}

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** WCAG 2.2 A and AA as far as axe can tell: nothing serious. */
async function accessible(page, name) {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), tags);
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(" | ")}`);
  assert.deepEqual(told, []);
}

async function settled(page) {
  await page.waitForFunction(() => !document.querySelector("main .wait") && document.querySelector("main h1, main .lead, main [role=alert]"));
  await page.waitForTimeout(150);
}

/** Looks a page over in light and dark, from a telephone to a large screen. */
async function lookOver(there, name, path) {
  const { page, go } = there;
  await go(path);
  await settled(page);
  for (const [width, height, scheme] of [[1280, 860, "light"], [1280, 860, "dark"], [320, 720, "light"], [2560, 1440, "light"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(80);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(beyond <= 0, `${name} at ${width} px is ${beyond} px too wide`);
    await accessible(page, `${name} ${width} ${scheme}`);
    await shot(page, `${name}-${width}-${scheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** An id as a part of a path. */
const inPath = (id) => id.replace(".", "-");

function readCollection() {
  const options = { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] };
  const lines = execFileSync(ASCRIBE, ["read", join(COLLECTION, "reports"), "--format", "jsonl"], options).toString();
  return lines.trim().split("\n").map((line) => JSON.parse(line));
}

describe("with ascribe serve", () => {
  let server;
  let there;
  before(async () => {
    server = await serve(ASCRIBE, join(COLLECTION, "reports"));
    there = await open(server.address, "Ada Tester");
  }, { timeout: 600_000 });
  after(async () => {
    await there?.close().finally(() => server?.stop());
  });

  const api = async (path) => (await fetch(`${server.address}/api/v1${path}`)).json();

  test("every page can be looked at", { timeout: 300_000 }, async () => {
    const { report } = (await api("/reports?limit=1")).items[0];
    const { actor } = (await api("/speakers?limit=1")).items[0];
    const { story } = (await api("/stories?limit=1")).items[0];
    const [{ series }] = (await api(`/stories/${story}`)).series;
    const { quote } = (await api("/quotes?drift=true&limit=1")).items[0];
    const copy = (await api("/copies?limit=1")).items[0].report;
    const pages = {
      home: "/", report: `/report/${report}`, copy: `/report/${copy}`, review: "/review", "review-flags": "/review?flag=conflict", "review-story": `/review?story=${story}`,
      story: `/story/${story}`, "story-ucdp": `/story/${story}?rule=ucdp`, series: `/series/${inPath(series)}`, quote: `/quote/${inPath(quote)}`, reports: "/search", "search-words": "/search?q=dam", statements: "/search?kind=statements",
      figures: "/search?kind=figures", speakers: "/speakers", speaker: `/speaker/${actor}`, stories: "/stories", flags: "/flags", quotes: "/quotes",
      log: "/log", add: "/add", "no-page": "/nowhere/at/all", "no-report": "/report/0123456789", "no-story": "/story/0123456789",
    };
    for (const [name, path] of Object.entries(pages)) await lookOver(there, `serve-${name}`, path);
  });

  test("a decision is made, shown, and undone", async () => {
    const fresh = await open(server.address); // whom the page does not know yet
    const { page, go } = fresh;
    await go("/review?by=newest&kind=statements");
    const left = async () => Number((await page.locator("header [aria-live]").textContent()).replace(/\D/g, ""));
    await page.locator(".queue [aria-current=true]").waitFor();
    await page.waitForFunction(() => /\d/.test(document.querySelector("header [aria-live]")?.textContent ?? ""));
    const before = await left();
    await page.keyboard.press("a");
    await page.getByLabel("Your name").fill("Ada Tester");
    await page.getByRole("button", { name: "Use this name" }).click();
    await page.getByText("Accepted.").waitFor();
    await page.waitForFunction((n) => Number(document.querySelector("header [aria-live]").textContent.replace(/\D/g, "")) === n, before - 1);
    await page.keyboard.press("r");
    await page.getByText("Rejected.").waitFor();
    await page.keyboard.press("u");
    await page.getByText("Undone.").waitFor();
    await page.waitForFunction((n) => Number(document.querySelector("header [aria-live]").textContent.replace(/\D/g, "")) === n, before - 1);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await accessible(page, "keys");
    await page.keyboard.press("Escape");
    await go("/log");
    await page.locator("main ol").getByText("accepted").first().waitFor();
    assert.ok((await page.locator("main").textContent()).includes("taken back"));
    await fresh.close();
  });

  test("a field is corrected, and what does not stand in the report is refused in words", async () => {
    const { page, go } = there;
    await go("/review?by=newest&kind=statements");
    await page.locator(".queue [aria-current=true]").waitFor();
    await page.keyboard.press("c");
    const form = page.getByRole("form", { name: "Correct the statement" });
    await form.getByLabel("content", { exact: true }).fill("words that stand nowhere in it");
    await form.getByRole("button", { name: "Correct" }).click();
    await page.locator(".notice.problem").waitFor();
    await form.getByLabel("content", { exact: true }).press("Escape");
    await page.keyboard.press("c");
    await form.getByRole("combobox", { name: "act", exact: true }).selectOption("deny");
    await form.getByRole("button", { name: "Correct" }).click();
    await page.getByText("Corrected.").waitFor();
    await page.locator(".reading .status", { hasText: "corrected" }).waitFor();
    await page.keyboard.press("u");
    await page.getByText("Undone.").waitFor();
  });

  test("two people at once lose nothing", async () => {
    const { page, go } = there;
    const headers = { "Content-Type": "application/json", Origin: server.address };
    const login = await fetch(`${server.address}/api/v1/session`, { method: "POST", headers, body: JSON.stringify({ name: "Bo Other" }) });
    const cookie = login.headers.get("set-cookie").split(";")[0];
    await go("/review?by=newest&kind=statements");
    await page.locator(".queue [aria-current=true]").waitFor();
    const { item } = (await api("/review?by=newest&kind=statements&limit=1")).items[0];
    const body = JSON.stringify({ action: "correct", target: item.id, seen: item.version, field: "act", value: "warn" });
    const other = await fetch(`${server.address}/api/v1/decisions`, { method: "POST", headers: { ...headers, Cookie: cookie }, body });
    assert.equal(other.status, 201);
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Somebody decided here meanwhile" });
    await dialog.getByText("Bo Other").waitFor();
    await accessible(page, "conflict");
    await shot(page, "serve-conflict");
    await dialog.getByRole("button", { name: "Let mine hold" }).click();
    await page.getByText("Accepted.").waitFor();
    const now = await api(`/statements/${item.id}`);
    assert.equal(now.act, "warn");
    const authors = now.decisions.filter(({ state }) => state === "holds").map(({ author }) => author);
    assert.deepEqual(new Set(authors), new Set(["Ada Tester", "Bo Other"]));
  });

  test("words of the text and rows of the list lead to one another, by click and key", async () => {
    const { page, go } = there;
    const { report } = (await api("/reports?limit=1")).items[0];
    await go(`/report/${report}`);
    await page.locator(".words .content").first().click();
    await page.locator(".rows [aria-current=true]").waitFor();
    const first = await page.locator(".rows .current").textContent();
    await page.keyboard.press("j");
    await page.waitForFunction((first) => document.querySelector(".rows .current")?.textContent !== first, first);
    assert.ok((await page.locator(".words .on").count()) > 0);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".words .on").count(), 0);
    await page.keyboard.press("t");
    assert.equal(await page.locator(".words.clean").count(), 1);
    await page.keyboard.press("t");
    const words = page.locator(".words .content").nth(2);
    await words.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300); // scrolling hides what is pointed at
    await words.hover();
    await page.getByRole("tooltip").waitFor();
  });

  test("selected words become a statement, which can be undone", async () => {
    const { page, go } = there;
    const { report } = (await api("/reports?limit=1&order=oldest")).items[0];
    await go(`/report/${report}`);
    await page.locator(".words p").first().waitFor();
    await page.evaluate(() => {
      const spans = [...document.querySelectorAll(".words p span[data-p]:not(.m)")];
      const span = spans.find(({ textContent }) => textContent.trim().length > 25) ?? spans[0];
      const range = document.createRange();
      range.setStart(span.firstChild, 0);
      range.setEnd(span.firstChild, Math.min(24, span.firstChild.length));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    await page.getByRole("button", { name: "New statement" }).click();
    await page.getByRole("form", { name: "New statement" }).getByRole("button", { name: "Add it" }).click();
    await page.getByText("The statement was added.").waitFor();
    await page.locator(".log").getByText("added").first().waitFor();
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByText("Undone.").waitFor();
  });

  test("the task of a new user: a conflict, its words, a decision, its undo, the table", async () => {
    const { page, go } = there;
    let clicks = 0;
    const click = async (what) => (await what.click(), clicks++);
    await go("/");
    // The two sources and their words stand on the first page.
    const flag = page.locator(".flag").first();
    await flag.locator("mark").nth(1).waitFor();
    assert.equal(await flag.locator(".sides li").count(), 2);
    await click(flag.getByRole("button", { name: "Set aside" }));
    await page.keyboard.type("two ways of counting");
    await page.keyboard.press("Enter");
    await page.getByText("Set aside.", { exact: true }).waitFor();
    await click(page.getByRole("button", { name: "Undo" }));
    await page.getByText("Undone.").waitFor();
    await click(page.locator(".flag").first().getByRole("link", { name: "story and table" }));
    const [download] = await Promise.all([page.waitForEvent("download"), click(page.getByRole("button", { name: "Save as CSV" }))]);
    assert.match(readFileSync(await download.path(), "utf8"), /^series,measure,/);
    assert.equal(clicks, 4);
  });

  test("a series is drawn, told by keyboard, and saved", async () => {
    const { page, go } = there;
    const { story } = (await api("/stories?limit=1")).items[0];
    const [{ series }] = (await api(`/stories/${story}`)).series;
    await go(`/series/${inPath(series)}`);
    await page.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.ok((await page.locator("figure .words a").count()) === 1);
    assert.equal(await page.locator("tr.on").count(), 1);
    for (const [name, begins] of [["SVG", "<svg"], ["PNG", "\x89PNG"], ["CSV with sources", "figure,report,published"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      const bytes = readFileSync(await download.path(), "latin1");
      assert.ok(bytes.startsWith(begins), `${name}: ${bytes.slice(0, 40)}`);
      if (name === "SVG") assert.ok(!bytes.includes("var(--") && bytes.includes("rgb("));
    }
  });

  test("a flag is set aside with the reason, and looked at again", async () => {
    const { page, go } = there;
    await go("/flags?kind=sum");
    const flags = page.locator(".flag");
    await flags.first().waitFor();
    const before = await flags.count();
    await flags.first().getByRole("button", { name: "Set aside" }).click();
    await page.keyboard.type("counted twice");
    await page.keyboard.press("Enter");
    await page.getByText("Set aside.", { exact: true }).waitFor();
    await page.waitForFunction((n) => document.querySelectorAll(".flag").length === n, before - 1);
    await go("/flags?kind=sum&status=dismissed");
    await flags.getByText("counted twice").waitFor();
    await flags.getByRole("button", { name: "Look at it again" }).click();
    await page.getByText("Undone.").waitFor();
    await go("/flags?kind=sum");
    await page.waitForFunction((n) => document.querySelectorAll(".flag").length === n, before);
  });

  test("a report parts from its story, joins another, and both are undone", { timeout: 90_000 }, async () => {
    const { page, go } = there;
    const { items } = await api("/stories?limit=2");
    const [here, other] = items.map(({ story }) => story);
    const report = (await api(`/stories/${here}`)).members.at(-1).report;
    const storyOf = async () => (await api(`/reports/${report}`)).story;
    const becomes = async (wanted) => {
      // Links are computed behind the decision.
      for (let i = 0; (await storyOf()) !== wanted && i < 100; i++) await new Promise((done) => setTimeout(done, 100));
      assert.equal(await storyOf(), wanted);
    };
    await go(`/report/${report}`);
    await page.getByRole("button", { name: "It is not of this story" }).click();
    await page.getByText("Parted from its story.").waitFor();
    await becomes(null);
    await page.getByText("Of no story").waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await page.getByText("Undone.").waitFor();
    await becomes(here);
    await go(`/report/${report}`);
    await page.getByRole("button", { name: "It is of another story" }).click();
    await accessible(page, "join");
    await page.getByRole("region", { name: "Join it to a story" }).getByRole("button", { name: "Join" }).first().click();
    await page.getByText(/^Joined to/).waitFor();
    await becomes(other);
    await page.locator(".log").getByRole("button", { name: "Undo" }).last().click();
    await page.getByText("Undone.").waitFor();
    await becomes(here);
  });

  test("a row of a table shows the words that it rests on", async () => {
    const { page, go } = there;
    const { story } = (await api("/stories?limit=1")).items[0];
    await go(`/story/${story}?rule=ucdp`);
    await page.getByRole("button", { name: /^\d+ figures?$/ }).first().click();
    await page.locator("table mark").first().waitFor();
    await accessible(page, "table");
    await page.getByLabel("counting rule").selectOption("ibc");
    await page.getByRole("columnheader", { name: "min" }).waitFor();
    assert.match(page.url(), /rule=ibc/);
  });

  test("filters stand in the address, and lists can be saved", { timeout: 60_000 }, async () => {
    const { page, go } = there;
    await go("/search?kind=figures&measure=killed");
    await page.locator(".list li").first().waitFor();
    assert.equal(await page.getByLabel("measure").inputValue(), "killed");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
    assert.ok(readFileSync(await download.path(), "utf8").split("\n").length > 3);
    await page.getByRole("searchbox", { name: "Search words in reports" }).fill("dam");
    await page.keyboard.press("Enter");
    await page.locator(".list mark").first().waitFor();
    assert.match(page.url(), /\/search\?q=dam$/);
  });

  test("pasted text becomes a report", { timeout: 60_000 }, async () => {
    const { page, go } = there;
    await go("/add");
    await page.getByLabel("The report as it was published").fill("HARROW BAY, Jan. 12, 2026 — At least 40 people were killed, the health ministry said.");
    await page.getByRole("button", { name: "Read it" }).click();
    await page.locator("section", { hasText: "What came of it" }).getByText("done").first().waitFor({ timeout: 30_000 });
  });
});

describe("with what the server cannot be made to show", () => {
  let server;
  let there;
  before(async () => {
    const truth = JSON.parse(readFileSync(join(COLLECTION, "truth.json"), "utf8"));
    server = await mock({ dist: DIST, readings: [...readCollection(), bigReading(1000), hostileReading()], truth });
    there = await open(server.address, "Ada Tester");
  }, { timeout: 300_000 });
  after(async () => {
    await there?.close().finally(() => server?.stop());
  });

  test("text is text, whatever it holds, and offsets are those of characters", async () => {
    const { page, go } = there;
    await go(`/report/${"bad".padEnd(64, "0")}`);
    await page.locator(".words .content").waitFor();
    assert.equal(await page.locator(".words .content").textContent(), "“𝒜 gate was shut,”");
    assert.equal(await page.locator(".words .source").textContent(), "<i>Ada Lind</i>");
    assert.equal(await page.locator("article img, article script, article i:not(.lane), .words b, h1 b").count(), 0);
    assert.match(await page.title(), /^<b>Gate<\/b>/);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    const direction = await page.locator(".words p").nth(1).evaluate((block) => getComputedStyle(block).direction);
    assert.equal(direction, "rtl");
    await shot(page, "hostile");
  });

  test("many are accepted at once, after a preview, and taken back", async () => {
    const { page, go } = there;
    await go("/review?kind=figures&outlet=The Courier");
    await page.getByRole("button", { name: "Accept many" }).click();
    const dialog = page.getByRole("dialog", { name: "Accept many" });
    await dialog.locator("li input").first().waitFor();
    await accessible(page, "bulk");
    await shot(page, "bulk");
    await dialog.locator("li input").first().uncheck();
    await dialog.getByRole("button", { name: /^Accept \d+ items/ }).click();
    await page.getByText(/\d+ accepted\./).waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await page.getByText(/\d+ decisions undone\./).waitFor();
  });

  test("a report of 1,000 statements is there at once and scrolls smoothly", { timeout: 60_000 }, async () => {
    const { page, go } = there;
    await go(`/report/${"b16".padEnd(64, "0")}`);
    await page.locator(".rows .one").first().waitFor();
    const ready = await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - performance.timing.responseEnd + performance.timing.navigationStart), 0))),
    );
    const frames = await page.evaluate(
      () =>
        new Promise((done) => {
          const times = [];
          const began = performance.now();
          const step = (now) => {
            times.push(now);
            scrollBy(0, 60);
            if (now - began < 3000) requestAnimationFrame(step);
            else done({ n: times.length, worst: Math.max(...times.slice(1).map((time, i) => time - times[i])) });
          };
          requestAnimationFrame(step);
        }),
    );
    const rows = await page.locator(".rows .one").count();
    console.log(`1,000 statements: ready in ${ready.toFixed(0)} ms; ${(frames.n / 3).toFixed(0)} frames a second, the longest ${frames.worst.toFixed(0)} ms; ${rows} rows in the page`);
    assert.ok(rows < 100, "the list holds what is in view");
    assert.ok(ready < 3000 && frames.n > 60, "far from the aim even for a busy machine");
  });
});

test("without links the pages say so", async () => {
  const server = await mock({ dist: DIST, readings: [hostileReading()], links: false });
  const there = await open(server.address);
  for (const path of ["/stories", "/flags", "/quotes"]) {
    await there.go(path);
    await there.page.getByText("Not in this ledger").waitFor();
  }
  await there.close().finally(server.stop);
});
