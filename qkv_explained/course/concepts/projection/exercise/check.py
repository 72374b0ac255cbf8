"""One head from the tokens, and the mistakes made with its matrices."""

import math
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def head(
    X: Tensor, W_Q: Tensor, W_K: Tensor, W_V: Tensor, bugs: reference.Bugs
) -> Tensor:
    """softmax(X W_Q (X W_K)ᵀ / √d_k) X W_V."""
    if "weights_upright" in bugs:
        W_Q, W_K, W_V = W_Q.mT, W_K.mT, W_V.mT
    if "tied" in bugs:
        W_K = W_Q
    if "k_v_mixed" in bugs:
        W_K, W_V = W_V, W_K
    Q, K, V = X @ W_Q, X @ W_K, X @ W_V
    if "value_is_input" in bugs:
        V = X
    if "no_projection" in bugs:
        Q = K = X
    if "projected_twice" in bugs:
        Q, K, V = Q @ W_Q, K @ W_K, V @ W_V
    if "sqrt_d_model" in bugs:
        scores = Q @ K.mT / math.sqrt(X.shape[-1])
        return scores.softmax(-1) @ V
    found = reference.attend(Q, K, V, bugs)
    if "d_model_for_d_v" in bugs:
        return torch.zeros_like(X) + found
    return found


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens and three matrices."""
    batch, n, d_model, d_k, d_v = sizes.values()
    return (draw.normal(batch, n, d_model), draw.normal(d_model, d_k),
            draw.normal(d_model, d_k), draw.normal(d_model, d_v))


PARTS = (
    Part(
        "head", head, grid("batch", "n", "d_model", "d_k", "d_v"), make,
        bugs=("sqrt_d_model", "wrong_axis", "no_scale", "scale_d", "scale_up",
              "tied", "value_is_input", "no_projection", "weights_upright",
              "k_v_mixed", "projected_twice", "roles_swapped",
              "no_softmax", "k_for_v", "d_model_for_d_v"),
        properties={
            "linear_v": properties.linear(3),
            "alone": properties.alone(0),
            "tokens_in_any_order": properties.queries_alone(0),
        },
    ),
)
