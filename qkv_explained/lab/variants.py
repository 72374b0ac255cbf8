"""Ways of making queries and keys, to be compared by experiments."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from jaxtyping import Bool
from torch import Tensor


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
