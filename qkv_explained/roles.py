"""What tells query from key in a trained head, exchanged or taken away.

A model is a dictionary of weights; the matrices of a head are those whose
names begin with W_Q and W_K and go on alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor


def swap_roles(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Exchange W_Q and W_K in every head: the scores are transposed.

    Args:
        weights: A model whose names of W_Q and W_K differ in one letter.

    Returns:
        The same tensors under exchanged names.
    """
    names = {"W_Q": "W_K", "W_K": "W_Q"}
    return {
        names.get(name[:3], name[:3]) + name[3:]: matrix
        for name, matrix in weights.items()
    }


def without_difference(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Take from every head all that tells query from key.

    ``scores' = (scores + scoresᵀ) / 2``: W_Q' = [W_Q, W_K] / √2 and
    W_K' = [W_K, W_Q]; the √2 undoes the division by √(2 d_k).

    Args:
        weights: A model with W_Q and W_K.

    Returns:
        The model whose scores, before the mask, are symmetric.
    """
    halved = dict(weights)
    for name in weights:
        if name.startswith("W_Q"):
            W_Q, W_K = weights[name], weights["W_K" + name[3:]]
            halved[name] = torch.cat([W_Q, W_K], dim=-1) / math.sqrt(2)
            halved["W_K" + name[3:]] = torch.cat([W_K, W_Q], dim=-1)
    return halved


def symmetry(W_Q: Tensor, W_K: Tensor) -> float:
    """How symmetric the scores of a head are: 1 symmetric, −1 opposite.

    ``(‖sym‖² − ‖anti‖²) / ‖M‖²`` = tr(M M) / ‖M‖², M = W_Q W_Kᵀ

    Args:
        W_Q: (d_model, d_k).
        W_K: (d_model, d_k).

    Returns:
        A number from −1 to 1; 1 if W_K is W_Q.

    Source:
        Saponati et al. 2025, their symmetry score.
    """
    M = W_Q @ W_K.mT  # (d_model, d_model)
    return float((M * M.mT).sum() / (M * M).sum())
