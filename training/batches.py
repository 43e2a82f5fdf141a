"""Windows of word pieces, and batches of them as tensors."""

from dataclasses import dataclass

import numpy as np
import torch

from corpus import Article
from features import CLS, LOWER, MIXED, SEP, TITLE, UPPER, BLANK, tokenizer

WINDOW = 384          # pieces, [CLS] and [SEP] included
CONTEXT = 64          # pieces on each side that a window lends its judged middle


@dataclass
class Window:
    article: Article
    begin: int        # words begin..end are in the window
    end: int
    judge_begin: int  # words judge_begin..judge_end are decided here
    judge_end: int

    @property
    def n_pieces(self):
        first = self.article.doc.word_first
        return int(first[self.end] - first[self.begin]) + 2


def training_windows(article, rng):
    """Equal windows that tile the article, from a random first cut."""
    first = article.doc.word_first
    n, room = int(first[-1]), WINDOW - 2
    cuts, at = [0], 0
    if n > room:
        at = int(np.searchsorted(first, rng.integers(room // 4, room), side="right")) - 1
        cuts.append(at)
    while at < article.doc.n_words:
        at = max(at + 1, int(np.searchsorted(first, first[at] + room, side="right")) - 1)
        at = min(at, article.doc.n_words)
        if at > cuts[-1]:
            cuts.append(at)
    return [Window(article, b, e, b, e) for b, e in zip(cuts, cuts[1:]) if first[e] - first[b] <= room]


def reading_windows(article):
    """Overlapping windows: each word is judged once, with CONTEXT pieces on each side where there are any.

    The Rust reader cuts windows by the same rule (`crates/read/src/document.rs`).
    """
    first, n = article.doc.word_first, article.doc.n_words
    room, out, judged = WINDOW - 2, [], 0
    while judged < n:
        begin = int(np.searchsorted(first, first[judged] - CONTEXT, side="left"))
        end = max(int(np.searchsorted(first, first[begin] + room, side="right")) - 1, judged + 1)
        end = min(end, n)
        if end == n:
            until = n
        else:
            until = max(int(np.searchsorted(first, first[end] - CONTEXT, side="right")) - 1, judged + 1)
        out.append(Window(article, begin, end, judged, until))
        judged = until
    return out


def _quote_pieces():
    v = tokenizer().token_to_id
    return {v("“"): v('"'), v("”"): v('"'), v("‘"): v("'"), v("’"): v("'")}


def tensors(windows, rng=None):
    """A batch. With `rng`, some windows are seen in straight quotes, in one case, or without paragraphs;
    names lean on capitals, so their texts are seen in one case more often."""
    n_pieces = max(w.n_pieces for w in windows)
    n_words = max(w.end - w.begin for w in windows)
    shape = (len(windows), n_pieces)
    pieces, shapes, gaps = (np.zeros(shape, np.int64) for _ in range(3))
    keep = np.zeros(shape, bool)
    first = np.zeros((len(windows), n_words), np.int64)
    keep_word = np.zeros((len(windows), n_words), bool)
    tags = np.full((len(windows), n_words), -100, np.int64)
    names = np.full((len(windows), n_words), -100, np.int64)
    for i, w in enumerate(windows):
        d = w.article.doc
        b, e = int(d.word_first[w.begin]), int(d.word_first[w.end])
        ids = d.pieces[b:e].copy()
        word_of = np.searchsorted(d.word_first, np.arange(b, e), side="right") - 1
        sh, gp = d.shapes[word_of].copy(), d.gaps[word_of].copy()
        gp[d.word_first[word_of] != np.arange(b, e)] = 0
        if rng is not None:
            if rng.random() < 0.25:
                for old, new in _quote_pieces().items():
                    ids[ids == old] = new
            u = rng.random()
            if u < (0.06 if w.article.names is None else 0.4):
                letters = np.isin(sh, (LOWER, TITLE, UPPER, MIXED))
                sh[letters] = LOWER if rng.random() < 0.5 else UPPER
            if rng.random() < 0.1:
                gp[gp > BLANK] = BLANK
        m = len(ids)
        pieces[i, 0], pieces[i, m + 1] = CLS, SEP
        pieces[i, 1:m + 1], shapes[i, 1:m + 1], gaps[i, 1:m + 1] = ids, sh, gp
        keep[i, :m + 2] = True
        k = w.end - w.begin
        first[i, :k] = d.word_first[w.begin:w.end] - b + 1
        keep_word[i, :k] = True
        tags[i, :k] = w.article.tags[w.begin:w.end]
        if w.article.names is not None:
            names[i, :k] = w.article.names[w.begin:w.end]
    t = torch.from_numpy
    return {"pieces": t(pieces), "shapes": t(shapes), "gaps": t(gaps), "keep": t(keep),
            "first": t(first), "keep_word": t(keep_word), "tags": t(tags), "names": t(names)}


def span_targets(windows, queries, n_words):
    """What a pair head should answer: for `queries` of (window, (begin, end), [(parts, B label)]) the
    windows, word ranges in them, and labels by word [n_queries, n_words]. None if there are none."""
    where, begin, end, labels = [], [], [], []
    for i, span, answers in queries:
        w = windows[i]
        r = np.zeros(n_words, np.int64)
        r[w.end - w.begin:] = -100
        for parts, label in answers:
            for b, e in parts:
                b, e = max(b, w.begin) - w.begin, min(e, w.end) - w.begin
                if b < e:
                    r[b:e] = label + 1
                    r[b] = label
        where.append(i), begin.append(span[0] - w.begin), end.append(span[1] - w.begin), labels.append(r)
    if not where:
        return None
    as_t = lambda x: torch.tensor(np.asarray(x), dtype=torch.int64)
    return as_t(where), as_t(begin), as_t(end), as_t(labels)


def cue_targets(windows, n_words):
    """Every gold cue of the batch, with ROLES by word."""
    return span_targets(windows, [
        (i, a.cue, [(a.content, 3), ([a.source] if a.source else [], 1)])
        for i, w in enumerate(windows) for a in w.article.attributions
        if w.begin <= a.cue[0] and a.cue[1] <= w.end], n_words)


MENTIONS = 20   # queries a window at most


def chain_targets(windows, n_words, rng):
    """Mentions of the batch, a sample of them, with CHAIN by word; single ones are one in four at most."""
    queries = []
    for i, w in enumerate(windows):
        several, single = [], []
        for chain in w.article.chains or []:
            inside = [m for m in chain if w.begin <= m[0] and m[1] <= w.end]
            (several if len(inside) > 1 else single).extend((m, inside) for m in inside)
        take = lambda found, n: [found[k] for k in rng.permutation(len(found))[:n]]
        for m, inside in take(several, MENTIONS * 3 // 4) + take(single, MENTIONS // 4):
            others = [o for o in inside if o[1] <= m[0] or m[1] <= o[0]]
            queries.append((i, m, [(sorted(others, key=lambda o: o[0] - o[1]), 1)]))
    return span_targets(windows, queries, n_words)
