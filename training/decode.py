"""Scores -> attributions, as `crates/read` does it; used to judge checkpoints on dev.

    python decode.py ../models/base.safetensors
"""

import sys

import numpy as np
import torch

import corpus
from batches import reading_windows, tensors
from corpus import SHARED


def viterbi(scores, begins, steps=0.0):
    """The best label path [n] for scores [n, labels] where I-x follows only B-x or I-x; `steps` are the
    scores of going from one label to the next.

    `begins` are the B labels; each I label is its B + 1; label 0 is O.
    """
    n, k = scores.shape
    allowed = np.zeros((k, k))
    for b in begins:
        allowed[:, b + 1] = -1e4
        allowed[b, b + 1] = allowed[b + 1, b + 1] = 0
    allowed += steps
    best, back = scores[0].copy(), np.zeros((n, k), np.int64)
    for b in begins:
        best[b + 1] -= 1e4
    for t in range(1, n):
        step = best[:, None] + allowed
        back[t] = step.argmax(0)
        best = step.max(0) + scores[t]
    path = [int(best.argmax())]
    for t in range(n - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def runs(path, b):
    """Half-open runs of label b followed by b + 1."""
    out = []
    for t, label in enumerate(path):
        if label == b:
            out.append([t, t + 1])
        elif label == b + 1 and out and out[-1][1] == t:
            out[-1][1] = t + 1
    return [tuple(r) for r in out]


@torch.no_grad()
def read(net, articles, tag_weight=0.5, cue_bias=0.0, batch=8, amp=True):
    """{id: [attribution in the scorer's JSON]}"""
    net.eval()
    out = {}
    tag_steps, role_steps = net.tag_steps.detach().numpy(), net.role_steps.detach().numpy()
    # With learned steps a word's scores are no probabilities of their own.
    alone = (lambda x: torch.log_softmax(x, -1)) if not tag_steps.any() else (lambda x: x)
    for a in articles:
        windows = reading_windows(a)
        tags = np.zeros((a.doc.n_words, 7), np.float32)
        states = []
        for i in range(0, len(windows), batch):
            part = windows[i:i + batch]
            t = tensors(part)
            with torch.autocast("cpu", torch.bfloat16, enabled=amp):
                h = net.words(net.encode(t["pieces"], t["shapes"], t["gaps"], t["keep"]), t["first"])
                p = alone(net.tag(h).float()).numpy()
            for j, w in enumerate(part):
                tags[w.judge_begin:w.judge_end] = p[j, w.judge_begin - w.begin:w.judge_end - w.begin]
                states.append((w, h[j:j + 1, :w.end - w.begin]))
        tags[:, 3:5] += cue_bias
        cues = runs(viterbi(tags, (1, 3, 5), tag_steps), 3)
        found = []
        for w, h in states:
            mine = [c for c in cues if w.judge_begin <= c[0] < w.judge_end and c[1] <= w.end]
            if not mine:
                continue
            k = w.end - w.begin
            b, e = (torch.tensor([c[x] - w.begin for c in mine]) for x in (0, 1))
            with torch.autocast("cpu", torch.bfloat16, enabled=amp):
                roles = net.pair(h, torch.ones(1, k, dtype=torch.bool), torch.zeros(len(mine), dtype=torch.int64), b, e)
            roles = alone(roles.float()).numpy()
            flat = tags[w.begin:w.end][:, [0, 1, 2, 5, 6]]
            for c, r in zip(mine, roles):
                r = r + tag_weight * flat
                r[c[0] - w.begin:c[1] - w.begin, 1:] -= 1e4
                path = viterbi(r, (1, 3), role_steps)
                gain = lambda s: float(sum(r[t, path[t]] - r[t, 0] for t in range(*s)))
                sources = sorted(runs(path, 1), key=gain)[-1:]
                content = runs(path, 3)
                up = lambda spans: [[int(a.doc.begins[x + w.begin]), int(a.doc.ends[y - 1 + w.begin])] for x, y in spans]
                if content:
                    found.append({"source": up(sources), "content": up(content),
                                  "cue": [[int(a.doc.begins[c[0]]), int(a.doc.ends[c[1] - 1])]]})
        out[a.id] = found
    return out


def score(articles, predicted, gold):
    import importlib.util
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    texts = {a.id: a.text for a in articles}
    return module.score(texts, {a.id: gold[a.id] for a in articles}, predicted)


def summary(r):
    f = lambda m: f"{r[m]['f1']:.3f}"
    return (f"relation {f('relation')} +source {f('relation+source')} exact "
            f"{f('exact/source')}/{f('exact/cue')}/{f('exact/content')} "
            f"(relation P {r['relation']['p']:.3f} R {r['relation']['r']:.3f})")


def main():
    from export import load
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    net, config = load(sys.argv[1])
    dev = corpus.polnear("dev")
    gold = {r["id"]: r["attributions"] for r in corpus.lines(SHARED / "data/polnear/dev.gold.jsonl")}
    print(summary(score(dev, read(net, dev, config["tag_weight"], config["cue_bias"], amp=False), gold)))


if __name__ == "__main__":
    main()
