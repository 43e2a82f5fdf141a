"""PolNeAR as labelled words (see ../shared/data/polnear/PROVENANCE.txt)."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features import Document, document, words_in

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass
class Attribution:
    cue: tuple[int, int]              # half-open range of words
    source: tuple[int, int] | None
    content: list[tuple[int, int]]    # parts, in text order; parts that touch are one


@dataclass
class Article:
    id: str
    text: str
    doc: Document
    attributions: list[Attribution]
    tags: np.ndarray                  # TAGS by word; -100 where the corpus has none
    names: np.ndarray | None = None   # entities.NAMES by word
    chains: list[list[tuple[int, int]]] | None = None  # mentions of one party or thing, in text order


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def ranges(doc, spans):
    out = []
    for b, e in sorted(spans):
        first, last = words_in(doc, b, e)
        if first >= last:
            continue
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def article(record, gold):
    doc = document(record["text"])
    attributions, tags = [], np.zeros(doc.n_words, dtype=np.int64)
    for a in gold:
        cue, source, content = (ranges(doc, a[k]) for k in ("cue", "source", "content"))
        for parts, begin in ((content, 5), (source, 1), (cue, 3)):
            for b, e in parts:
                tags[b:e] = begin + 1
                tags[b] = begin
        if cue:
            attributions.append(Attribution(cue[0], source[0] if source else None, content))
    return Article(record["id"], record["text"], doc, attributions, tags)


def polnear(split):
    folder = SHARED / "data" / "polnear"
    gold = {r["id"]: r["attributions"] for r in lines(folder / f"{split}.gold.jsonl")}
    return [article(r, gold[r["id"]]) for r in lines(folder / f"{split}.text.jsonl")]
