"""Write what PyTorch computes with a model file, for the tests of the Rust reader to compare.

    python reference.py --model ../models/base.safetensors --to ../crates/read/tests/reference.json

200 windows of PolNeAR dev, spread over all articles. No text is kept: the article's id, the range of
words, the best tag of every word, and for every 48th word the scores of tags and names and those of
both pair heads as seen from one cue.
"""

import argparse
import json
from pathlib import Path

import torch

import corpus
from batches import reading_windows, tensors
from decode import runs, viterbi
from export import load


def rows(scores):
    return [[round(x, 4) for x in row] for row in scores[::48].tolist()]


@torch.no_grad()
def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--to", type=Path, required=True)
    o = ap.parse_args()
    net, config = load(o.model)
    windows = [w for a in corpus.polnear("dev") for w in reading_windows(a)]
    step = len(windows) / 200
    out = []
    for w in [windows[int(i * step)] for i in range(200)]:
        t = tensors([w])
        h = net.words(net.encode(t["pieces"], t["shapes"], t["gaps"], t["keep"]), t["first"])
        tags = torch.log_softmax(net.tag(h)[0], -1)
        best = viterbi(tags.numpy(), (1, 3, 5))
        record = {"article": w.article.id, "begin": w.begin, "end": w.end,
                  "judge": [w.judge_begin, w.judge_end], "best": "".join(map(str, best)),
                  "every": 48, "tags": rows(tags), "names": rows(torch.log_softmax(net.name(h, t["keep_word"])[0], -1))}
        cues = runs(best, 3)
        if cues:
            b, e = cues[len(cues) // 2]
            record["cue"] = [b, e]
            for name, head in (("roles", net.pair), ("chain", net.chain)):
                seen = head(h, t["keep_word"], torch.tensor([0]), torch.tensor([b]), torch.tensor([e]))[0]
                record[name] = rows(torch.log_softmax(seen, -1))
        out.append(record)
    o.to.parent.mkdir(exist_ok=True)
    o.to.write_text(json.dumps({"model": config["version"], "windows": out}, separators=(",", ":")) + "\n")
    print(f"{o.to}: {len(out)} windows")


if __name__ == "__main__":
    main()
