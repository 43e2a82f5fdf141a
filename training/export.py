"""Turn a checkpoint into the model file that the program carries.

    python export.py --weights OUT/average.pt --to ../models/base.safetensors --version 1
        [--tag-weight 0.5] [--cue-bias 0] [--calibration W …]

Every matrix is stored as 8-bit integers with one scale a row (an output channel, or one entry of an
embedding); vectors stay 32-bit floats. `python decode.py` judges the file as it is stored.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

import network
from batches import CONTEXT, WINDOW
from features import N_GAPS, N_SHAPES


def quantise(matrix):
    scale = matrix.abs().amax(1).clamp(min=1e-12) / 127
    return (matrix / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def load(path, dropout=0.0):
    """The network of a model file, its 8-bit weights widened again, and its configuration."""
    net, state = network.Network(dropout), {}
    with safe_open(str(path), "pt") as f:
        config = json.loads(f.metadata()["config"])
        names = set(f.keys())
        for name in names:
            if not name.endswith(".scale"):
                t = f.get_tensor(name)
                state[name] = t.float() * f.get_tensor(name + ".scale")[:, None] if t.dtype == torch.int8 else t
    net.load_state_dict(state)
    net.eval()
    return net, config


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=Path, required=True, nargs="+", help="several are averaged, each where it has a tensor; one named twice counts twice")
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--name", default="base")
    ap.add_argument("--version", required=True)
    ap.add_argument("--tag-weight", type=float, default=0.5)
    ap.add_argument("--cue-bias", type=float, default=0.0)
    ap.add_argument("--calibration", type=float, nargs="+", default=[0.0], help="as `ascribe-score calibrate` prints")
    o = ap.parse_args()
    tensors = {}
    for name, t in sorted(network.mean(o.weights).items()):
        if t.ndim == 2:
            tensors[name], tensors[name + ".scale"] = quantise(t.float())
        else:
            tensors[name] = t.float().contiguous()
    config = {
        "name": o.name, "version": o.version, "window": WINDOW, "context": CONTEXT,
        "tags": network.TAGS, "roles": network.ROLES,
        "names": network.NAMES, "chain": network.CHAIN, "distances": network.DISTANCES,
        "tag_weight": o.tag_weight, "cue_bias": o.cue_bias, "calibration": o.calibration,
        "vocabulary": 30522, "positions": 512, "n_shapes": N_SHAPES, "n_gaps": N_GAPS,
        "hidden": network.HIDDEN, "heads": network.HEADS, "layers": network.LAYERS, "inner": network.INNER,
        "pair": network.PAIR, "pair_heads": network.PAIR_HEADS, "pair_inner": network.PAIR_INNER,
    }
    save_file(tensors, str(o.to), metadata={"config": json.dumps(config)})
    outside = sum(t.numel() for n, t in tensors.items() if not n.startswith("word.") and not n.endswith(".scale"))
    print(f"{o.to}: {o.to.stat().st_size / 1e6:.1f} MB, {outside / 1e6:.2f} M weights outside the word embeddings")


if __name__ == "__main__":
    main()
