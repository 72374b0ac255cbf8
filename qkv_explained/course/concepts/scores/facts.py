"""Numbers on the page `scores`: what merging costs, what adding gains."""

from typing import Any

import torch

from qkv_explained.attention import attention_scores
from qkv_explained.lab import one_head
from qkv_explained.lab.one_head import Head

D_MODEL, D_K = 512, 64
HEADS = (
    Head("dot", d_k=D_K),
    Head("additive", d_k=D_K, scores=one_head.additive),
)


def facts() -> dict[str, Any]:
    """Scores by hand, parameters, and how well trained heads do.

    Returns:
        Counts as integers, scores in logits; accuracies of the worst seed
        as numbers from 0 to 1.
    """
    Q = torch.tensor([[0.0, 2], [0, 0], [4, 0]])  # cat, mat, it
    K = torch.tensor([[1.0, 0], [0, 1], [0, 0]])
    S = attention_scores(Q, K)
    W_Q, W_K = torch.ones(D_MODEL, D_K), torch.ones(D_MODEL, D_K)
    worst = {
        head.name: min(one_head.trained(head)["accuracy"]) for head in HEADS
    }
    return {
        "it_cat": S[2, 0].item(),
        "cat_it": S[0, 2].item(),
        "two_factors": W_Q.numel() + W_K.numel(),
        "merged": (W_Q @ W_K.mT).numel(),
        "seeds": len(one_head.SEEDS),
        "rates": len(one_head.RATES),
        "worst": worst,
    }
