"""Cross-attention, and the sides from which its parts are taken."""

import math
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def cross_attention(
    X: Tensor, memory: Tensor, W_Q: Tensor, W_K: Tensor, W_V: Tensor,
    bugs: reference.Bugs,
) -> Tensor:
    """softmax(X W_Q (M W_K)ᵀ / √d_k) M W_V."""
    if "sides_swapped" in bugs:
        X, memory = memory, X
    queries = memory if "queries_from_memory" in bugs else X
    keys = X if {"keys_from_x", "itself_only"} & bugs else memory
    values = X if {"values_from_x", "itself_only"} & bugs else memory
    if "both_sides" in bugs:
        keys = values = torch.cat([X, memory], dim=-2)
    Q, K, V = queries @ W_Q, keys @ W_K, values @ W_V
    if "sqrt_d_model" in bugs:
        scores = Q @ K.mT / math.sqrt(X.shape[-1])
        return scores.softmax(-1) @ V
    return reference.attend(Q, K, V, bugs)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Two sequences and three matrices."""
    batch, n_q, n_k, d_model, d_k, d_v, d_memory = sizes.values()
    return (draw.normal(batch, n_q, d_model),
            draw.normal(batch, n_k, d_memory), draw.normal(d_model, d_k),
            draw.normal(d_memory, d_k), draw.normal(d_memory, d_v))


PARTS = (
    Part(
        "cross_attention", cross_attention,
        grid("batch", "n_q", "n_k", "d_model", "d_k", "d_v",
             d_memory=(2, 4, 3, 4, 6, 8, 9)),
        make,
        bugs=("sides_swapped", "queries_from_memory", "itself_only",
              "values_from_x", "keys_from_x", "both_sides", "sqrt_d_model",
              "wrong_axis", "no_scale", "scale_d", "scale_up", "k_for_v",
              "roles_swapped", "no_softmax"),
        properties={
            "linear_v": properties.linear(4),
            "alone": properties.alone(0, 1),
            "queries_alone": properties.queries_alone(0),
            "keys_in_any_order": properties.keys_in_any_order(1, 1),
        },
    ),
)
