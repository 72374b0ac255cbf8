"""The scores of attention, before scaling, and mistakes made in them."""

import math
from typing import Any

from torch import Tensor
from torch.nn import functional as F

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def scores(Q: Tensor, K: Tensor, bugs: reference.Bugs) -> Tensor:
    """Q Kᵀ."""
    if "cosine" in bugs:
        Q, K = F.normalize(Q, dim=-1), F.normalize(K, dim=-1)
    found = reference.products(Q, K, bugs)
    if "scaled_already" in bugs:
        found = found / math.sqrt(Q.shape[-1])
    return found.softmax(dim=-1) if "softmax_already" in bugs else found


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Queries and keys."""
    batch, n_q, n_k, d_k = sizes.values()
    return draw.normal(batch, n_q, d_k), draw.normal(batch, n_k, d_k)


PARTS = (
    Part(
        "scores", scores, grid("batch", "n_q", "n_k", "d_k"), make,
        bugs=("roles_swapped", "q_with_q", "k_with_k", "scaled_already",
              "softmax_already", "cosine"),
        properties={
            "linear_q": properties.linear(0),
            "linear_k": properties.linear(1),
            "alone": properties.alone(0, 1),
            "queries_alone": properties.queries_alone(0),
        },
    ),
)
