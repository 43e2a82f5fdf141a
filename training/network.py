"""The network: one encoder and four heads.

`crates/model` runs the same arithmetic; names of parameters here are the names in the weights file.

Encoder: MiniLM-L6-H384 (Wang et al. 2020, https://arxiv.org/abs/2002.10957; weights of
all-MiniLM-L6-v2), plus one embedding of the word's shape and one of the gap before it, both zero at
the start so that training begins from the pretrained function. GELU is the tanh form.

Tagging head: a linear layer over a word's first piece. Name head: a projection to `PAIR` dimensions,
one small transformer layer over the words of the window, and a linear layer.

Pair head: for one cue, every word of the window is labelled as source, content or neither. Words and
cue are projected to `PAIR` dimensions, joined by sum and by product with a bucketed distance, and one
small transformer layer lets the words of one cue's reading agree among themselves. The chain head has
the same form: for one mention, it labels the words of the other mentions of the same party.
"""

import torch
from torch import nn
from torch.nn import functional as F

from features import N_GAPS, N_SHAPES

TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ROLES = ["O", "B-source", "I-source", "B-content", "I-content"]
HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
NAMES = ["O"] + [f"{b}-{k}" for k in ("person", "organisation", "place", "other") for b in "BI"]
CHAIN = ["O", "B-same", "I-same"]
PAIR, PAIR_HEADS, PAIR_INNER = 128, 4, 256
# |distance| in words from the cue or mention, in buckets that begin at these values; negative ones follow.
DISTANCES = [0, 1, 2, 3, 4, 5, 7, 10, 16, 25, 49, 97]


def mean(paths):
    """The mean of several checkpoints, of each tensor over those that have it."""
    loaded = [torch.load(path, map_location="cpu") for path in paths]
    having = {name: [w[name].float() for w in loaded if name in w] for name in {n for w in loaded for n in w}}
    return {name: sum(tensors) / len(tensors) for name, tensors in having.items()}


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, hidden, heads, inner, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm_attention = nn.LayerNorm(hidden, eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm = nn.LayerNorm(hidden, eps)

    def forward(self, x, mask):
        b, n, h = x.shape
        drop = lambda y: F.dropout(y, self.dropout, self.training)
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm_attention(x + drop(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.norm(x + drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class PairHead(nn.Module):
    """Labels every word of a window as seen from one span of it."""

    def __init__(self, n_labels, dropout):
        super().__init__()
        self.word = nn.Linear(HIDDEN, PAIR)
        self.span = nn.Linear(HIDDEN, PAIR)
        self.word_product = nn.Linear(HIDDEN, PAIR)
        self.span_product = nn.Linear(HIDDEN, PAIR)
        self.distance = nn.Embedding(2 * len(DISTANCES), PAIR)
        self.norm = nn.LayerNorm(PAIR, 1e-5)
        self.layer = Layer(PAIR, PAIR_HEADS, PAIR_INNER, 1e-5, dropout)
        self.label = nn.Linear(PAIR, n_labels)
        self.register_buffer("boundaries", torch.tensor(DISTANCES[1:]), persistent=False)

    def forward(self, h, keep, window, begin, end):
        """Logits [n_spans, n_words, n_labels] for the spans at words begin..end of the windows."""
        at = torch.arange(h.shape[1], device=h.device)[None]
        inside = (at >= begin[:, None]) & (at < end[:, None])
        share = inside.to(h.dtype) / inside.sum(1, keepdim=True).to(h.dtype)
        span = (share[:, None] @ h[window])[:, 0]
        below, above = (begin[:, None] - at).clamp(min=0), (at - end[:, None] + 1).clamp(min=0)
        bucket = torch.bucketize(below + above, self.boundaries, right=True)
        bucket = bucket + len(DISTANCES) * (below > 0)
        x = (self.word(h)[window] + self.span(span)[:, None] + self.distance(bucket)
             + self.word_product(h)[window] * self.span_product(span)[:, None])
        x = self.norm(F.gelu(x, approximate="tanh"))
        mask = None if bool(keep.all()) else keep[window][:, None, None, :]
        return self.label(self.layer(x, mask))


class NameHead(nn.Module):
    """Labels every word of a window as part of a name."""

    def __init__(self, dropout):
        super().__init__()
        self.word = nn.Linear(HIDDEN, PAIR)
        self.norm = nn.LayerNorm(PAIR, 1e-5)
        self.layer = Layer(PAIR, PAIR_HEADS, PAIR_INNER, 1e-5, dropout)
        self.label = nn.Linear(PAIR, len(NAMES))

    def forward(self, h, keep):
        x = self.norm(F.gelu(self.word(h), approximate="tanh"))
        mask = None if bool(keep.all()) else keep[:, None, None, :]
        return self.label(self.layer(x, mask))


class Network(nn.Module):
    def __init__(self, dropout=0.1, crf=False):
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(30522, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.shape = nn.Embedding(N_SHAPES, HIDDEN)
        self.gap = nn.Embedding(N_GAPS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, INNER, 1e-12, dropout) for _ in range(LAYERS))
        self.tag = nn.Linear(HIDDEN, len(TAGS))
        self.pair = PairHead(len(ROLES), dropout)
        self.name = NameHead(dropout)
        self.chain = PairHead(len(CHAIN), dropout)
        # Scores of going from one label to the next: zero, unless they are learned (train.py --crf).
        learned = nn.Parameter if crf else lambda zeros: zeros
        self.tag_steps = learned(torch.zeros(len(TAGS), len(TAGS)))
        self.role_steps = learned(torch.zeros(len(ROLES), len(ROLES)))
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.gap.weight)

    def load_pretrained(self, tensors):
        """Take the weights of a BERT checkpoint; the one segment embedding in use joins the positions."""
        t = {k.removeprefix("bert."): v for k, v in tensors.items()}
        own = self.state_dict()
        own["word.weight"] = t["embeddings.word_embeddings.weight"]
        own["position.weight"] = (t["embeddings.position_embeddings.weight"]
                                  + t["embeddings.token_type_embeddings.weight"][0])
        for p in ("weight", "bias"):
            own[f"norm.{p}"] = t[f"embeddings.LayerNorm.{p}"]
            for i in range(LAYERS):
                o = f"encoder.layer.{i}."
                own[f"layers.{i}.qkv.{p}"] = torch.cat(
                    [t[f"{o}attention.self.{n}.{p}"] for n in ("query", "key", "value")])
                own[f"layers.{i}.out.{p}"] = t[f"{o}attention.output.dense.{p}"]
                own[f"layers.{i}.norm_attention.{p}"] = t[f"{o}attention.output.LayerNorm.{p}"]
                own[f"layers.{i}.up.{p}"] = t[f"{o}intermediate.dense.{p}"]
                own[f"layers.{i}.down.{p}"] = t[f"{o}output.dense.{p}"]
                own[f"layers.{i}.norm.{p}"] = t[f"{o}output.LayerNorm.{p}"]
        self.load_state_dict(own)

    def learns_words(self):
        """Whether anything below the heads is trained."""
        return self.layers[0].up.weight.requires_grad

    def encode(self, pieces, shapes, gaps, keep):
        """[batch, n_pieces] ids, shapes, gaps, and which are no padding -> [batch, n_pieces, HIDDEN]."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.word(pieces) + self.position(at) + self.shape(shapes) + self.gap(gaps))
        x = F.dropout(x, self.dropout, self.training)
        mask = None if bool(keep.all()) else keep[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def words(self, x, first):
        """The states of the words: [batch, n_words, HIDDEN] from their first pieces [batch, n_words]."""
        return x.gather(1, first[..., None].expand(-1, -1, HIDDEN))
