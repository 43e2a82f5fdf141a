"""Train the reader's network on PolNeAR train.

    python train.py --out /tmp/base [--epochs 6] [--resume] [--seed 1]

Writes `last.pt` after every epoch (network, optimiser, averages, counters: --resume goes on from it)
and `average.pt`, the moving average of the weights that `export.py` turns into the model file.
Runs on a GPU where there is one, else on the CPU's cores.
"""

import argparse
import math
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

import corpus
import decode
from batches import cue_targets, tensors, training_windows
from features import pretrained_dir
from network import Network


def batches_of(articles, rng, pieces):
    """Windows in random order, those of like length together, `pieces` word pieces a batch."""
    windows = [w for a in articles for w in training_windows(a, rng)]
    windows.sort(key=lambda w: w.n_pieces + rng.integers(0, 24))
    out, batch, widest = [], [], 0
    for w in windows:
        widest = max(widest, w.n_pieces)
        if batch and widest * (len(batch) + 1) > pieces:
            out.append(batch)
            batch, widest = [], w.n_pieces
        batch.append(w)
    out.append(batch)
    rng.shuffle(out)
    return out


def parameter_groups(net, lr, head_lr, decay):
    """Layer-wise: each layer below the top learns at `decay` times the rate of the one above."""
    groups = {}
    for name, p in net.named_parameters():
        if name.startswith(("tag", "pair", "shape", "gap")):
            rate = head_lr
        elif name.startswith("layers."):
            rate = lr * decay ** (5 - int(name.split(".")[1]))
        else:
            rate = lr * decay ** 6
        weight_decay = 0.0 if p.ndim == 1 or "norm" in name else 0.01
        groups.setdefault((rate, weight_decay), []).append(p)
    return [{"params": ps, "lr": r, "peak": r, "weight_decay": wd} for (r, wd), ps in groups.items()]


def loss_of(net, windows, device, rng):
    t = {k: v.to(device) for k, v in tensors(windows, rng).items()}
    targets = cue_targets(windows, t["tags"].shape[1])
    with torch.autocast(device.type, torch.bfloat16):
        h = net.words(net.encode(t["pieces"], t["shapes"], t["gaps"], t["keep"]), t["first"])
        tags = net.tag(h)
        roles = None
        if targets is not None:
            where, begin, end, gold = (x.to(device) for x in targets)
            roles = net.pairs(h, t["keep_word"], where, begin, end)
    tag_loss = F.cross_entropy(tags.float().flatten(0, 1), t["tags"].flatten(), ignore_index=-100, reduction="sum")
    if roles is None:
        return tag_loss / 40, 1, tag_loss.item(), 0.0
    role_loss = F.cross_entropy(roles.float().flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum")
    n = len(gold)
    return (tag_loss + role_loss) / (10 * n), n, tag_loss.item() / n, role_loss.item() / n


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--batch", type=int, default=3840, help="word pieces a batch")
    ap.add_argument("--lr", type=float, default=2e-4, help="peak rate of the top encoder layer")
    ap.add_argument("--head-lr", type=float, default=8e-4, help="peak rate of the heads")
    ap.add_argument("--decay", type=float, default=0.9, help="rate of a layer over that of the one above")
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--resume", action="store_true", help="go on from OUT/last.pt")
    ap.add_argument("--steps", type=int, help="stop after so many steps (to time a machine)")
    o = ap.parse_args()
    if not corpus.SHARED.is_dir():
        sys.exit(f"the corpora are not here: {corpus.SHARED}")
    o.out.mkdir(parents=True, exist_ok=True)
    random.seed(o.seed), torch.manual_seed(o.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    train, dev = corpus.polnear("train"), corpus.polnear("dev")
    gold = {r["id"]: r["attributions"] for r in corpus.lines(corpus.SHARED / "data/polnear/dev.gold.jsonl")}
    plan = [batches_of(train, np.random.default_rng([o.seed, e]), o.batch) for e in range(o.epochs)]
    total = sum(map(len, plan))
    warm = max(1, int(0.06 * total))

    net = Network(o.dropout)
    net.load_pretrained(load_file(pretrained_dir() / "model.safetensors"))
    net.to(device)
    average = {k: v.detach().clone() for k, v in net.state_dict().items()}
    optimiser = torch.optim.AdamW(parameter_groups(net, o.lr, o.head_lr, o.decay), betas=(0.9, 0.98), fused=True)
    step = begin_epoch = 0
    if o.resume and (o.out / "last.pt").exists():
        saved = torch.load(o.out / "last.pt", map_location=device)
        net.load_state_dict(saved["net"]), optimiser.load_state_dict(saved["optimiser"])
        average, step, begin_epoch = saved["average"], saved["step"], saved["epoch"]
        torch.set_rng_state(saved["rng"].cpu())

    for epoch in range(begin_epoch, o.epochs):
        net.train()
        began, seen, sums = time.time(), 0, np.zeros(3)
        for i, windows in enumerate(plan[epoch]):
            rate = min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * rate
            loss, n, tag_loss, role_loss = loss_of(net, windows, device, np.random.default_rng([o.seed, epoch, i]))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            keep = min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                live = net.state_dict()
                torch._foreach_lerp_([average[k] for k in live], [live[k] for k in live], 1 - keep)
            seen += sum(w.n_pieces for w in windows)
            sums += (n, tag_loss * n, role_loss * n)
            if i % 20 == 19:
                print(f"epoch {epoch + 1} step {i + 1}/{len(plan[epoch])} tag {sums[1] / sums[0]:.3f} "
                      f"role {sums[2] / sums[0]:.3f} {seen / (time.time() - began):.0f} pieces/s", flush=True)
                sums[:] = 0
            if o.steps and step >= o.steps:
                return
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average,
                    "step": step, "epoch": epoch + 1, "rng": torch.get_rng_state()}, o.out / "last.tmp")
        os.replace(o.out / "last.tmp", o.out / "last.pt")
        torch.save(average, o.out / "average.tmp")
        os.replace(o.out / "average.tmp", o.out / "average.pt")
        if device.type == "cpu":
            judge = Network(0.0)
            judge.load_state_dict(average)
            r = decode.score(dev, decode.read(judge, dev), gold)
            print(f"epoch {epoch + 1} dev: {decode.summary(r)}", flush=True)


if __name__ == "__main__":
    main()
