"""Numbers on the page `projection`, counted from real matrices."""

import math
from typing import Any

import torch
from torch import Tensor

from qkv_explained.attention import attention_weights
from qkv_explained.projection import null_space, visible_part

D_MODEL, N_HEADS, D_K, N = 512, 8, 64, 128


def draw(*shape: int, seed: int) -> Tensor:
    """Independent numbers from N(0, 1), float64."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def facts() -> dict[str, Any]:
    """Parameters, ranks, multiplications, and what a head sees.

    Returns:
        Counts as integers; shares as fractions of one.
    """
    W_Q = draw(D_MODEL, D_K, seed=0)
    W_K = draw(D_MODEL, D_K, seed=1)
    X = draw(N, D_MODEL, seed=2)
    seen = visible_part(X, W_Q).square().sum() / X.square().sum()
    own = attention_weights(X, X).diagonal()
    other = X @ X.mT / math.sqrt(D_MODEL)
    return {
        "one_head": W_Q.numel(),
        "two_factors": W_Q.numel() + W_K.numel(),
        "free_matrix": D_MODEL * D_MODEL,
        "rank": int(torch.linalg.matrix_rank(W_Q @ W_K.mT)),
        "lost": len(null_space(W_Q)),
        "seen_share": float(seen),
        "without": {
            "own_weight": float(own.min()),
            "own_score": float(other.diagonal().mean()),
            "score_spread": float(
                other.triu(diagonal=1)[other.triu(diagonal=1) != 0].std()
            ),
        },
        "cost": {
            "scores_wide": N * N * D_MODEL,
            "scores_eight": N_HEADS * N * N * D_K,
            "scores_one": N * N * D_K,
            "projections_wide": 2 * N * D_MODEL * D_MODEL,
            "projections_one": 2 * N * D_MODEL * D_K,
        },
    }
