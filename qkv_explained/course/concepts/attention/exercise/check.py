"""One head of attention, and the mistakes made in it."""

from typing import Any

from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def attention(Q: Tensor, K: Tensor, V: Tensor, bugs: reference.Bugs) -> Tensor:
    """softmax(Q Kᵀ / √d_k) V."""
    if "sqrt_d_v" in bugs:
        scores = Q @ K.mT / V.shape[-1] ** 0.5
        weights: Tensor = scores.softmax(-1)
        return weights @ V
    return reference.attend(Q, K, V, bugs)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Queries, keys and values."""
    batch, n_q, n_k, d_k, d_v = sizes.values()
    return (draw.normal(batch, n_q, d_k), draw.normal(batch, n_k, d_k),
            draw.normal(batch, n_k, d_v))


PARTS = (
    Part(
        "attention", attention, grid("batch", "n_q", "n_k", "d_k", "d_v"),
        make, bugs=(*reference.ATTEND, "sqrt_d_v"),
        properties={
            "shares": properties.shares(2),
            "linear_v": properties.linear(2),
            "alone": properties.alone(0, 1, 2),
            "queries_alone": properties.queries_alone(0),
            "keys_in_any_order": properties.keys_in_any_order(1, 2),
        },
    ),
)
