"""Numbers on the page `scores`: what merging costs, what adding gains."""

from typing import Any

import torch

from qkv_explained.lab import one_head
from qkv_explained.lab.one_head import Head

D_MODEL, D_K = 512, 64
HEADS = (
    Head("dot"),
    Head("additive", scores=one_head.additive),
    Head("dot_64", d_k=D_K),
    Head("additive_64", d_k=D_K, scores=one_head.additive),
)


def facts() -> dict[str, Any]:
    """Parameters, and how well trained heads do.

    Returns:
        Counts as integers; accuracies, of the worst seed and over all, as
        numbers from 0 to 1.
    """
    W_Q, W_K = torch.ones(D_MODEL, D_K), torch.ones(D_MODEL, D_K)
    worst = {
        head.name: min(one_head.trained(head)["accuracy"]) for head in HEADS
    }
    return {
        "two_factors": W_Q.numel() + W_K.numel(),
        "merged": (W_Q @ W_K.mT).numel(),
        "seeds": len(one_head.SEEDS),
        "rates": len(one_head.RATES),
        "worst": worst,
    }
