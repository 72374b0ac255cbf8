"""The ways of making K that the experiments on Q = K compare."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from jaxtyping import Bool
from torch import Tensor

Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Variant:
    """One way of making queries and keys.

    Attributes:
        name: The name in result files.
        shared: K = Q; there is no W_K.
        self_excluded: No token may attend to itself.
        width: Factor on d_k, for controls with equal parameter counts.
    """

    name: str
    shared: bool = False
    self_excluded: bool = False
    width: float = 1.0


# Q = K saves one matrix, so two controls keep the count equal: Q ≠ K with
# half d_k has as many parameters as Q = K, and Q = K with double d_k as
# many as Q ≠ K. The last but two gives Q ≠ K the escape that Q = K gets.
VARIANTS = (
    Variant("separate"),
    Variant("shared", shared=True),
    Variant("separate_no_self", self_excluded=True),
    Variant("shared_no_self", shared=True, self_excluded=True),
    Variant("separate_half", width=0.5),
    Variant("shared_double", shared=True, width=2.0),
)


def attention_mask(
    n: int, *, causal: bool, self_excluded: bool
) -> Bool[Tensor, "n_q n_k"]:
    """Which token may attend to which.

    Args:
        n: Tokens.
        causal: Only to itself and to what came before.
        self_excluded: Never to itself, unless there is nothing else.

    Returns:
        True where query i may attend to key j, (n, n).

    Examples:
        >>> attention_mask(3, causal=True, self_excluded=True).int().tolist()
        [[1, 0, 0], [1, 0, 0], [1, 1, 0]]

    Source:
        Kitaev et al. 2020, section 2, "Causal masking for shared-QK
        attention": the exception for a token that sees only itself.
    """
    mask = torch.ones(n, n, dtype=torch.bool)
    if causal:
        mask = mask.tril()
    if self_excluded:
        diagonal = torch.eye(n, dtype=torch.bool)
        alone = mask.sum(dim=-1, keepdim=True) == 1
        mask = mask & (~diagonal | alone)
    return mask


def draw_matrix(
    rows: int, cols: int, generator: torch.Generator
) -> Tensor:
    """Draw a weight matrix from N(0, 1 / rows).

    Args:
        rows: How many numbers go in.
        cols: How many come out.
        generator: Where the random numbers come from.

    Returns:
        A matrix, shape (rows, cols).
    """
    return torch.randn(rows, cols, generator=generator) / math.sqrt(rows)


def swap_roles(weights: Mapping[str, Tensor]) -> Weights:
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


def without_difference(weights: Mapping[str, Tensor]) -> Weights:
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
