"use strict";
// Links rows and words of each report: choosing one marks and shows the other.

function show(element) {
  element?.scrollIntoView({ block: "nearest" });
}

function clear(article) {
  for (const element of article.querySelectorAll(".on")) element.classList.remove("on");
  for (const link of article.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
}

// Marks rows and words of the items `ids`, which go from the widest to the closest; returns the
// closest row and the first of the words.
function mark(article, ids) {
  clear(article);
  const found = { row: null, words: null };
  for (const id of ids) {
    const row = article.querySelector(`tr[data-row="${id}"]`);
    row?.classList.add("on");
    row?.querySelector("a.to")?.setAttribute("aria-current", "true");
    found.row = row ?? found.row;
    for (const words of article.querySelectorAll(`[data-ids~="${id}"]`)) words.classList.add("on");
  }
  found.words = article.querySelector(".words .on");
  return found;
}

function chooseRow(article, row) {
  const { words } = mark(article, [row.dataset.row]);
  row.querySelector("a.to")?.focus({ preventScroll: true });
  show(row);
  show(words);
}

function chooseWords(article, ids) {
  const { row } = mark(article, ids);
  row?.querySelector("a.to")?.focus({ preventScroll: true });
  show(row);
}

function click(article, event) {
  if (!getSelection().isCollapsed) return; // someone is selecting text
  const words = event.target.closest("[data-ids]");
  if (words) return chooseWords(article, words.dataset.ids.split(" "));
  const link = event.target.closest("a");
  const target = link?.hash ? document.getElementById(link.hash.slice(1)) : null;
  const row = link && !link.matches(".to") ? target?.closest("tr[data-row]") : event.target.closest("tr[data-row]");
  if (!row) return;
  event.preventDefault();
  chooseRow(article, row);
}

// Keys work while a row has the focus, so they never get in the way of anything else.
function press(article, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return clear(article);
  const row = event.target.closest("tr[data-row]");
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!row || !step) return;
  const rows = [...article.querySelectorAll("tr[data-row]")].filter((row) => row.querySelector("a.to"));
  const next = rows[rows.indexOf(row) + step];
  event.preventDefault();
  if (next) chooseRow(article, next);
}

document.documentElement.classList.add("linked");
for (const article of document.querySelectorAll("article")) {
  article.addEventListener("click", (event) => click(article, event));
  article.addEventListener("keydown", (event) => press(article, event));
}
