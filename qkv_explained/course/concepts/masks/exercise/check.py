"""Masks, and the ways in which they leak."""

from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import (
    Arguments,
    Draw,
    Part,
    Sizes,
    grid,
    same,
)


def causal_mask(n_q: int, n_k: int, bugs: reference.Bugs) -> Tensor:
    """True where query i may attend to key j."""
    return reference.causal(n_q, n_k, bugs)


def masked_attention(
    Q: Tensor, K: Tensor, V: Tensor, mask: Tensor, bugs: reference.Bugs
) -> Tensor:
    """Attention in which only what the mask allows has weight."""
    if "first_mask" in bugs:
        mask = mask[:1]
    if "no_head_axis" not in bugs:
        mask = mask[:, None]
    return reference.attend(Q, K, V, bugs, mask)


def make_mask(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Two sizes."""
    return sizes["n_q"], sizes["n_k"]


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Queries, keys, values, and a mask for each sample."""
    batch, heads, n_q, n_k, d_k, d_v = sizes.values()
    return (draw.normal(batch, heads, n_q, d_k),
            draw.normal(batch, heads, n_k, d_k),
            draw.normal(batch, heads, n_k, d_v),
            draw.mask(batch, n_q, n_k))


def far_below(draw: Draw) -> tuple[Any, ...]:
    """All scores lie below -1e9, the masked ones too."""
    Q = 1e6 * (1 + draw.normal(1, 1, 2, 2).abs())
    K = -1e6 * (1 + draw.normal(1, 1, 3, 2).abs())
    return Q, K, draw.normal(1, 1, 3, 2), draw.mask(1, 2, 3)


def hidden_has_no_say(call: Any, arguments: Arguments) -> bool:
    """What a query may not attend to does not change its output."""
    Q, K, V, mask = arguments
    hidden = ~mask[0].any(dim=0)  # keys that no query of sample 0 sees
    if not hidden.any():
        mask = mask.clone()
        mask[:, :, -1], mask[:, :, 0] = False, True
        hidden = ~mask[0].any(dim=0)
    where = hidden[None, None, :, None]
    K_2 = torch.where(where, 3 * K + 1, K)
    V_2 = torch.where(where, 5 * V - 1, V)
    return same(call(Q, K, V, mask)[0], call(Q, K_2, V_2, mask)[0])


SIZES = grid("batch", "heads", "n_q", "n_k", "d_k", "d_v")
PARTS = (
    Part(
        "causal_mask", causal_mask,
        grid(n_q=(1, 2, 3, 1, 2, 4, 5), n_k=(1, 2, 3, 3, 3, 4, 7)),
        make_mask,
        bugs=("upside_down", "upper_left", "future", "strict"),
    ),
    Part(
        "masked_attention", masked_attention, SIZES, make,
        bugs=("upside_down", "after_softmax", "added_01", "no_head_axis",
              "finite", "zero_fill",
              "mask_ignored", "mask_transposed", "first_mask", "wrong_axis",
              "no_scale", "scale_d", "scale_up"),
        properties={
            "hidden_has_no_say": hidden_has_no_say,
            "shares": properties.shares(2),
            "linear_v": properties.linear(2),
            "alone": properties.alone(0, 1, 2),
            "queries_alone": properties.queries_alone(0, 3),
            "keys_in_any_order": properties.keys_in_any_order(1, 2, 3),
        },
        extra=(({"batch": 1, "heads": 1, "n_q": 2, "n_k": 3, "d_k": 2,
                 "d_v": 2}, far_below),),
    ),
)
