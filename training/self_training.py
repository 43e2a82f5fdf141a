"""Self-training: attributions of unlabelled news as one checkpoint reads them, for `train.py --also`.

    python self_training.py --weights OUT/average-4.pt --to FILE [--words 150000]

Texts: MEANTIME, GUM, re3d, ECB+ (as `entities.py` has them) and MUC-4, in turn until there are enough.
"""

import argparse
import json
import re
from itertools import zip_longest
from pathlib import Path

import numpy as np
import torch

import corpus
import decode
import entities
from features import document
from network import Network


def muc4():
    for path in sorted((corpus.SHARED / "data/muc4/raw").glob("dev-muc3-*")):
        for report in re.split(r"^DEV-MUC3-", path.read_text(encoding="latin-1"), flags=re.M)[1:]:
            number, _, body = report.partition(" ")
            paragraphs = re.split(r"\n\s*\n", body.partition("[TEXT]")[2])
            text = "\n\n".join(p for p in (" ".join(p.split()) for p in paragraphs) if p)
            if text:
                doc = document(text)
                yield corpus.Article(f"muc4-{number}", text, doc, [], np.zeros(doc.n_words, np.int64))


def texts(n_words):
    """Unlabelled articles, a corpus in turn, until there are `n_words` words."""
    by_corpus = {}
    for a in [*entities.articles(), *muc4()]:
        name = a.id.split("-")[0]
        if name in ("meantime", "gum", "re3d", "ecb", "muc4"):
            by_corpus.setdefault(name, []).append(a)
    for turn in zip_longest(*by_corpus.values()):
        for a in filter(None, turn):
            if n_words <= 0:
                return
            n_words -= a.doc.n_words
            yield a


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--words", type=int, default=150000, help="about how many words to read")
    o = ap.parse_args()
    net = Network(0.0)
    net.load_state_dict(torch.load(o.weights, map_location="cpu"), strict=False)
    articles = list(texts(o.words))
    read = decode.read(net, articles)
    with open(o.to, "w", encoding="utf-8") as f:
        for a in articles:
            f.write(json.dumps({"id": a.id, "text": a.text, "attributions": read[a.id]}) + "\n")
    print(f"{o.to}: {len(articles)} texts, {sum(a.doc.n_words for a in articles)} words, "
          f"{sum(map(len, read.values()))} attributions")


if __name__ == "__main__":
    main()
