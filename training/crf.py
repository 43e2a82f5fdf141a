"""Learned transitions between labels: a linear-chain conditional random field (J. Lafferty, A. McCallum,
F. Pereira, ICML 2001) over the scores of the tagging head and of the pair head."""

import torch


def loss(scores, labels, steps):
    """Summed negative log-likelihood of sequences: scores [n, words, k], labels [n, words], -100 behind
    the last word, steps [k, k] the scores of going from one label to the next."""
    scores, steps = scores.float(), steps.float()
    on = labels >= 0
    labels = labels.clamp(min=0)
    mine = scores.gather(2, labels[..., None])[..., 0]
    path = (mine * on).sum() + (steps[labels[:, :-1], labels[:, 1:]] * on[:, 1:]).sum()
    total = scores[:, 0]
    for t in range(1, scores.shape[1]):
        longer = torch.logsumexp(total[:, :, None] + steps[None], 1) + scores[:, t]
        total = torch.where(on[:, t, None], longer, total)
    return torch.logsumexp(total, 1).sum() - path
