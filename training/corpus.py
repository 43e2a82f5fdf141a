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


CLOSERS = set(".,;:!?)]}%'’”") | {"'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m", "...", "''"}


def joined(sentences):
    """Text of tokenised sentences, and where each token stands: no blank before a closing mark."""
    text, spans = "", []
    for sentence in sentences:
        text += " " if text else ""
        glue = True
        for token in sentence:
            if not glue and token not in CLOSERS:
                text += " "
            spans.append((len(text), len(text) + len(token)))
            text += token
            glue = token in "([{“‘$£€#``"
    return text, spans


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


def riqua():
    """RiQuA's training part, quotations in novels, as CofeNet gives it: tags, and links where there is one cue."""
    for n, r in enumerate(lines(SHARED / "data/riqua/train.txt")):
        text, spans = joined([r["tokens"]])
        found = {"source": [], "cue": [], "content": []}
        for label, (b, e) in zip(r["labels"], spans):
            if label.startswith("B-"):
                found[label[2:]].append([b, e])
            elif label.startswith("I-") and found[label[2:]]:
                found[label[2:]][-1][1] = e
        a = article({"id": f"riqua-{n}", "text": text}, [found])
        if len(found["cue"]) != 1 or len(found["source"]) > 1:
            a.attributions.clear()
        yield a


def polnear(split):
    folder = SHARED / "data" / "polnear"
    gold = {r["id"]: r["attributions"] for r in lines(folder / f"{split}.gold.jsonl")}
    return [article(r, gold[r["id"]]) for r in lines(folder / f"{split}.text.jsonl")]
