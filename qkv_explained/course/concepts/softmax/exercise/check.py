"""Softmax, and what is taken for it."""

from typing import Any

from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def softmax(scores: Tensor, bugs: reference.Bugs) -> Tensor:
    """Shares of each row."""
    if "overflow" in bugs:
        return scores.exp() / scores.exp().sum(-1, keepdim=True)
    if "global_max" in bugs:
        powers = (scores - scores.max()).exp()
        return powers / powers.sum(-1, keepdim=True)
    if "whole_table" in bugs:
        return scores.flatten(-2).softmax(-1).view(scores.shape)
    if "logarithm" in bugs:
        return scores.log_softmax(-1)
    if "squares" in bugs:
        return scores ** 2 / (scores ** 2).sum(-1, keepdim=True)
    if "base_two" in bugs:
        return (scores * 0.6931471805599453).softmax(-1)
    if "not_divided" in bugs:
        return scores.exp()
    return reference.shares(scores, bugs)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """A table of scores."""
    return (draw.normal(*sizes.values()),)


def far_apart(draw: Draw) -> tuple[Any, ...]:
    """One row of a thousand, one of minus a thousand."""
    table = draw.normal(1, 2, 3)
    table[:, 0] += 1000
    table[:, 1] -= 1000
    return (table,)


PARTS = (
    Part(
        "softmax", softmax, grid("batch", "n_q", "n_k"), make,
        bugs=("wrong_axis", "overflow", "global_max", "batch_axis",
              "whole_table", "logarithm", "squares", "normalised_by_sum",
              "base_two", "not_divided"),
        properties={
            "rows_sum_to_one": properties.rows_sum_to_one,
            "row_constant": properties.row_constant,
            "large_scores": properties.large_scores,
            "alone": properties.alone(0),
            "queries_alone": properties.queries_alone(0),
        },
        extra=(({"batch": 1, "n_q": 2, "n_k": 3}, far_apart),),
    ),
)
