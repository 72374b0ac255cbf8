"""The scaled scores, and what they are divided by instead."""

import math
from typing import Any

from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def scaled_scores(Q: Tensor, K: Tensor, bugs: reference.Bugs) -> Tensor:
    """Q Kᵀ / √d_k."""
    found = reference.products(Q, K, bugs)
    _, heads, n_q, d_k = Q.shape
    wrong = {"sqrt_heads": heads, "sqrt_d_model": heads * d_k,
             "sqrt_n_q": n_q}
    for name, size in wrong.items():
        if name in bugs:
            return found / math.sqrt(size)
    found = reference.scaled(found, d_k, bugs)
    return found.softmax(-1) if "softmax_already" in bugs else found


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Queries and keys of several heads."""
    batch, heads, n_q, n_k, d_k = sizes.values()
    return (draw.normal(batch, heads, n_q, d_k),
            draw.normal(batch, heads, n_k, d_k))


PARTS = (
    Part(
        "scaled_scores", scaled_scores,
        grid("batch", "heads", "n_q", "n_k", "d_k"), make,
        bugs=("no_scale", "scale_up", "scale_d", "sqrt_d_model",
              "sqrt_heads", "sqrt_n", "sqrt_n_q", "softmax_already",
              "roles_swapped", "q_with_q", "k_with_k"),
        properties={
            "linear_q": properties.linear(0),
            "linear_k": properties.linear(1),
            "alone": properties.alone(0, 1),
        },
    ),
)
