"""Attention in plain torch with the mistakes that can be made in it."""

from __future__ import annotations

import math

import torch
from torch import Tensor

Bugs = frozenset[str]

# The mistakes of `attend`, the likeliest first.
ATTEND = (
    "wrong_axis", "no_scale", "scale_d", "scale_up", "no_softmax",
    "roles_swapped", "q_with_q", "k_with_k", "k_for_v", "scale_late",
    "sqrt_n", "batch_axis", "normalised_by_sum",
)


def attend(
    Q: Tensor, K: Tensor, V: Tensor, bugs: Bugs = frozenset(),
    mask: Tensor | None = None,
) -> Tensor:
    """softmax(Q Kᵀ / √d_k) V, or what a mistake makes of it.

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        V: Values, (*batch, n_k, d_v).
        bugs: Names of mistakes.
        mask: True = may attend; it fits the scores.

    Returns:
        The output, (*batch, n_q, d_v).
    """
    scores = scaled(products(Q, K, bugs), K.shape[-1], bugs)
    if mask is not None:
        scores = masked(scores, mask, bugs)
    weights = shares(scores, bugs)
    if mask is not None and "after_softmax" in bugs:
        weights = weights * mask
    if "scale_late" in bugs:
        weights = weights / math.sqrt(K.shape[-1])
    return weights @ (K if "k_for_v" in bugs else V)


def products(Q: Tensor, K: Tensor, bugs: Bugs) -> Tensor:
    """The scores before scaling, (*batch, n_q, n_k)."""
    if "q_with_q" in bugs:
        return Q @ Q.mT
    if "k_with_k" in bugs:
        return K @ K.mT
    return K @ Q.mT if "roles_swapped" in bugs else Q @ K.mT


def scaled(scores: Tensor, d_k: int, bugs: Bugs) -> Tensor:
    """The scores divided by √d_k, or what a mistake divides them by."""
    if {"no_scale", "scale_late"} & bugs:
        return scores
    if "scale_d" in bugs:
        return scores / d_k
    if "scale_up" in bugs:
        return scores * math.sqrt(d_k)
    if "sqrt_n" in bugs:
        return scores / math.sqrt(scores.shape[-1])
    return scores / math.sqrt(d_k)


def shares(scores: Tensor, bugs: Bugs) -> Tensor:
    """The weights: softmax over the keys, or what a mistake makes of it."""
    if "no_softmax" in bugs:
        return scores
    if "normalised_by_sum" in bugs:
        return scores / scores.sum(dim=-1, keepdim=True)
    axis = -2 if "wrong_axis" in bugs else 0 if "batch_axis" in bugs else -1
    return scores.softmax(dim=axis)


def masked(scores: Tensor, mask: Tensor, bugs: Bugs) -> Tensor:
    """The scores with −∞ where the mask is False, or a mistake's way."""
    if {"after_softmax", "mask_ignored"} & bugs:
        return scores
    if "upside_down" in bugs:
        mask = ~mask
    if "mask_transposed" in bugs:
        mask = mask.mT
    if "added_01" in bugs:
        return scores + mask
    fill = -math.inf
    if "zero_fill" in bugs:
        fill = 0.0
    if "finite" in bugs:
        fill = -1e9
    return scores.masked_fill(~mask, fill)


def causal(n_q: int, n_k: int, bugs: Bugs = frozenset()) -> Tensor:
    """True where query i may attend to key j; the last sees every key.

    Args:
        n_q: Queries; they are the last of the tokens.
        n_k: Keys, of which there are as many as tokens.
        bugs: Names of mistakes.

    Returns:
        The mask, (n_q, n_k).
    """
    first = 0 if "upper_left" in bugs else n_k - n_q
    i = torch.arange(n_q)[:, None] + first
    j = torch.arange(n_k)
    mask = j >= i if "future" in bugs else j < i if "strict" in bugs \
        else j <= i
    return ~mask if "upside_down" in bugs else mask
