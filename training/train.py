"""Train the reader's network.

    python train.py --out OUT [--epochs 7] [--begin CHECKPOINT] [--seed 1] [--resume]

Writes `last.pt` after every epoch (network, optimiser, averages, counters: --resume goes on from it)
and `average-N.pt` after epoch N, the moving average of the weights; `export.py` turns one or the mean
of several into the model file.
Runs on a GPU where there is one, else on the CPU's cores.
"""

import argparse
import math
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

import batches
import corpus
import crf
import decode
import entities
import network
from batches import chain_targets, cue_targets, tensors, training_windows
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


def plan_of(train, related, rng, pieces):
    """The batches of one epoch: each of one sort of labels, in random order."""
    named = [a for a in related if a.chains is None]
    chained = [a for a in related if a.chains is not None]
    # There is less of these: smaller batches give their heads as many steps as the others get.
    few = [b for articles in (named, chained) if articles for b in batches_of(articles, rng, pieces // 3)]
    out = (batches_of(train, rng, pieces) if train else []) + few
    rng.shuffle(out)
    return out


def parameter_groups(net, lr, head_lr, decay, begun_lr=1.0):
    """Layer-wise: each layer below the top learns at `decay` times the rate of the one above;
    heads that are trained already, at `begun_lr` times that of new ones."""
    groups = {}
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith(("tag", "pair", "role", "name", "chain", "shape", "gap")):
            rate = head_lr * (begun_lr if name.startswith(("tag", "pair", "role", "shape", "gap")) else 1)
        elif name.startswith("layers."):
            rate = lr * decay ** (5 - int(name.split(".")[1]))
        else:
            rate = lr * decay ** 6
        weight_decay = 0.0 if p.ndim == 1 or "norm" in name else 0.01
        groups.setdefault((rate, weight_decay), []).append(p)
    return [{"params": ps, "lr": r, "peak": r, "weight_decay": wd} for (r, wd), ps in groups.items()]


def cross_entropy(logits, labels):
    return F.cross_entropy(logits.float().flatten(0, -2), labels.flatten(), ignore_index=-100, reduction="sum")


def loss_of(net, windows, device, rng, plain=False):
    """The loss of one batch, its sort, and for the log: words and their loss, spans and theirs."""
    t = {k: v.to(device) for k, v in tensors(windows, None if plain else rng).items()}
    n_words = t["first"].shape[1]
    attributed = windows[0].article.chains is None and windows[0].article.names is None
    targets = cue_targets(windows, n_words) if attributed else chain_targets(windows, n_words, rng)
    with torch.autocast(device.type, torch.bfloat16):
        with torch.set_grad_enabled(net.learns_words()):
            h = net.words(net.encode(t["pieces"], t["shapes"], t["gaps"], t["keep"]), t["first"])
        words = net.tag(h) if attributed else net.name(h, t["keep_word"])
        seen = None
        if targets is not None:
            where, begin, end, gold = (x.to(device) for x in targets)
            seen = (net.pair if attributed else net.chain)(h, t["keep_word"], where, begin, end)
    learned = attributed and net.tag_steps.requires_grad
    word_loss = (crf.loss(words, t["tags"], net.tag_steps) if learned
                 else cross_entropy(words, t["tags"] if attributed else t["names"]))
    span_loss = torch.zeros((), device=device)
    if seen is not None:
        span_loss = crf.loss(seen, gold, net.role_steps) if learned else cross_entropy(seen, gold)
    n = len(gold) if seen is not None else 0
    labelled = max(1, int((t["tags" if attributed else "names"] >= 0).sum()))
    parts = np.array([labelled, word_loss.item(), n, span_loss.item()])
    if attributed:
        return (word_loss + span_loss) / (10 * max(n, 4)), "attribution", parts
    # Weights by which these two tasks pull about a third as hard as attribution does.
    return 3 * word_loss / labelled + span_loss / (30 * max(n, 1)), "entities", parts


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
    ap.add_argument("--begin", type=Path, nargs="+", help="weights to begin with, the mean of several, instead of the pretrained encoder")
    ap.add_argument("--no-entities", action="store_true", help="attribution only")
    ap.add_argument("--only-entities", action="store_true", help="the heads of names and chains; all else stays")
    ap.add_argument("--plain", action="store_true", help="no changes of quotation marks, case or paragraphs")
    ap.add_argument("--no-case", action="store_true", help="no shape of words and no gaps")
    ap.add_argument("--crf", action="store_true", help="learn transitions between labels too")
    ap.add_argument("--riqua", action="store_true", help="quotations of novels too")
    ap.add_argument("--also", type=Path, help="texts with attributions that self_training.py read")
    ap.add_argument("--window", type=int, default=batches.WINDOW, help="word pieces of a window")
    ap.add_argument("--every", type=int, default=1, help="train on every n-th article (for ablations)")
    ap.add_argument("--resume", action="store_true", help="go on from OUT/last.pt")
    ap.add_argument("--steps", type=int, help="stop after so many steps (to time a machine)")
    o = ap.parse_args()
    if not corpus.SHARED.is_dir():
        sys.exit(f"the corpora are not here: {corpus.SHARED}")
    o.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    train, dev = [] if o.only_entities else corpus.polnear("train")[::o.every], corpus.polnear("dev")
    batches.WINDOW = o.window
    if o.riqua:
        train += list(corpus.riqua())[::o.every]
    if o.also:
        train += [corpus.article(r, r["attributions"]) for r in corpus.lines(o.also)]
    # Every sixteenth text about names and chains is kept to judge by.
    related = [] if o.no_entities else entities.articles()
    kept, related = related[::16], [a for i, a in enumerate(related) if i % 16]
    gold = {r["id"]: r["attributions"] for r in corpus.lines(corpus.SHARED / "data/polnear/dev.gold.jsonl")}
    plan = [plan_of(train, related, np.random.default_rng([o.seed, e]), o.batch) for e in range(o.epochs)]
    total = sum(map(len, plan))
    warm = max(1, int(0.06 * total))

    # New heads begin alike whatever the seed, so that weights of several seeds can be averaged
    # (M. Wortsman et al., "Model soups", ICML 2022).
    torch.manual_seed(1)
    net = Network(o.dropout, o.crf)
    torch.manual_seed(o.seed)
    if o.begin:
        missing = net.load_state_dict(network.mean(o.begin), strict=False)
        print("new:", ", ".join(sorted({k.split(".")[0] for k in missing.missing_keys})) or "nothing", flush=True)
    else:
        net.load_pretrained(load_file(pretrained_dir() / "model.safetensors"))
    if o.only_entities:
        for name, p in net.named_parameters():
            p.requires_grad_(name.startswith(("name.", "chain.")))
    if o.no_case:
        net.shape.requires_grad_(False), net.gap.requires_grad_(False)
    net.to(device)
    average = {k: v.detach().clone() for k, v in net.state_dict().items()}
    optimiser = torch.optim.AdamW(parameter_groups(net, o.lr, o.head_lr, o.decay, 0.4 if o.begin else 1.0), betas=(0.9, 0.98), fused=True)
    step = begin_epoch = 0
    if o.resume and (o.out / "last.pt").exists():
        saved = torch.load(o.out / "last.pt", map_location=device)
        net.load_state_dict(saved["net"]), optimiser.load_state_dict(saved["optimiser"])
        average, step, begin_epoch = saved["average"], saved["step"], saved["epoch"]
        torch.set_rng_state(saved["rng"].cpu())

    for epoch in range(begin_epoch, o.epochs):
        net.train()
        began, seen, sums = time.time(), 0, {}
        for i, windows in enumerate(plan[epoch]):
            rate = min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * rate
            rng = np.random.default_rng([o.seed, epoch, i])
            loss, task, parts = loss_of(net, windows, device, rng, o.plain)
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
            sums[task] = sums.get(task, 0) + parts
            if i % 20 == 19:
                told = " ".join(f"{t} {p[1] / max(p[0], 1):.4f}/{p[3] / max(p[2], 1):.3f}" for t, p in sorted(sums.items()))
                print(f"epoch {epoch + 1} step {i + 1}/{len(plan[epoch])} {told} "
                      f"{seen / (time.time() - began):.0f} pieces/s", flush=True)
                sums = {}
            if o.steps and step >= o.steps:
                return
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average,
                    "step": step, "epoch": epoch + 1, "rng": torch.get_rng_state()}, o.out / "last.tmp")
        os.replace(o.out / "last.tmp", o.out / "last.pt")
        # Heads that nothing was learned by are left out: weights are averaged by name.
        untaught = ("name.", "chain.") if o.no_entities else ()
        torch.save({k: v for k, v in average.items() if not k.startswith(untaught)}, o.out / "average.tmp")
        os.replace(o.out / "average.tmp", o.out / f"average-{epoch + 1}.pt")
        if device.type == "cpu" and (o.every == 1 or epoch + 1 == o.epochs):
            judge = Network(0.0, o.crf)
            judge.load_state_dict(average)
            if train:
                r = decode.score(dev, decode.read(judge, dev), gold)
                print(f"epoch {epoch + 1} dev: {decode.summary(r)}", flush=True)
            if kept:
                print(f"epoch {epoch + 1} kept: {entities.summary(judge, kept)}", flush=True)


if __name__ == "__main__":
    main()
