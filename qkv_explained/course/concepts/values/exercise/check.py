"""Mixing values, and dropping weights on the way."""

from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def mix(weights: Tensor, V: Tensor, bugs: reference.Bugs) -> Tensor:
    """Weights V."""
    if "weights_transposed" in bugs:
        weights = weights.mT
    if "softmax_again" in bugs:
        weights = weights.softmax(dim=-1)
    if "weights_ignored" in bugs:
        weights = torch.full_like(weights, 1 / weights.shape[-1])
    if "only_largest" in bugs:
        weights = torch.nn.functional.one_hot(
            weights.argmax(-1), weights.shape[-1]).to(weights)
    return weights @ V


def mix_with_dropout(
    weights: Tensor, V: Tensor, keep: Tensor, p: float, bugs: reference.Bugs
) -> tuple[Tensor, Tensor]:
    """The output with dropout, and the weights without."""
    kept = ~keep if "keep_upside_down" in bugs else keep
    dropped = weights * kept / (1 if "not_rescaled" in bugs else 1 - p)
    if "divided_by_p" in bugs:
        dropped = weights * kept / p
    if "dropout_ignored" in bugs:
        dropped = weights
    if "renormalised" in bugs:
        dropped = weights * kept
        dropped = dropped / dropped.sum(-1, keepdim=True)
    output = dropped @ V
    return output, dropped if "shown_after_dropout" in bugs else weights


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Weights whose rows sum to one, and values."""
    batch, n_q, n_k, d_v = sizes.values()
    weights = draw.normal(batch, n_q, n_k).softmax(-1)
    return weights, draw.normal(batch, n_k, d_v)


def make_dropout(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """The same, with which weights are kept, and p."""
    batch, n_q, n_k, _ = sizes.values()
    return *make(sizes, draw), draw.mask(batch, n_q, n_k), 0.25


SIZES = grid("batch", "n_q", "n_k", "d_v")
PARTS = (
    Part(
        "mix", mix, SIZES, make,
        bugs=("weights_transposed", "weights_ignored", "softmax_again",
              "only_largest"),
        properties={
            "shares": properties.shares(1),
            "linear_v": properties.linear(1),
            "alone": properties.alone(0, 1),
            "queries_alone": properties.queries_alone(0),
        },
    ),
    Part(
        "mix_with_dropout", mix_with_dropout, SIZES, make_dropout,
        bugs=("shown_after_dropout", "not_rescaled", "keep_upside_down",
              "dropout_ignored", "divided_by_p", "renormalised"),
        properties={"alone": properties.alone(0, 1)},
        outputs=("output", "weights"),
    ),
)
