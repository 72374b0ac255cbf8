"""Rotary positions: two conventions, both right, and their mixture."""

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


def rotate(X: Tensor, positions: Tensor, bugs: reference.Bugs) -> Tensor:
    """Each pair of numbers turned by its frequency times the position."""
    d = X.shape[-1]
    i = torch.arange(d // 2)
    exponents = 4 * i / d if "column_as_i" in bugs else 2 * i / d
    if "growing" in bugs:
        exponents = -exponents
    base = 1000.0 if "base_1000" in bugs else 10000.0
    if "positions_ignored" in bugs:
        positions = torch.arange(X.shape[-2])
    if "one_frequency" in bugs:
        exponents = torch.zeros(d // 2)
    angles = positions[:, None] * base ** -exponents
    if "other_way" in bugs:
        angles = -angles
    if "one_off" in bugs:
        angles = angles + base ** -exponents
    if {"mixed", "mixed_other"} & bugs:
        return _mixed(X, angles, "mixed" in bugs)
    if "neighbours" in bugs:
        a, b = X[..., 0::2], X[..., 1::2]
    else:
        a, b = X[..., : d // 2], X[..., d // 2:]
    sign = 1 if "no_minus" in bugs else -1
    first = a * angles.cos() + sign * b * angles.sin()
    second = a * angles.sin() + b * angles.cos()
    if "neighbours" in bugs:
        return torch.stack([first, second], dim=-1).flatten(-2)
    return torch.cat([first, second], dim=-1)


def _mixed(X: Tensor, angles: Tensor, tables: bool) -> Tensor:
    """Angles laid out for one convention, numbers paired by the other."""
    d = X.shape[-1]
    if tables:
        wide = angles.repeat_interleave(2, dim=-1)
        turned = torch.cat([-X[..., d // 2:], X[..., : d // 2]], dim=-1)
    else:
        wide = angles.repeat(1, 2)
        turned = torch.stack(
            [-X[..., 1::2], X[..., 0::2]], dim=-1).flatten(-2)
    return X * wide.cos() + turned * wide.sin()


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Vectors, and the positions of the tokens, in no order."""
    batch, n, d = sizes.values()
    positions = draw.whole(9, n) + torch.arange(n)
    return draw.normal(batch, n, d), positions


def _ones(X: Tensor, position: int) -> Tensor:
    return torch.full((X.shape[-2],), position)


def relative(call: Any, arguments: Arguments) -> bool:
    """Products depend on the difference of two positions only."""
    X = arguments[0]
    q, k = X, X.flip(-1)
    near = (call(q, _ones(X, 5)) * call(k, _ones(X, 3))).sum(-1)
    far = (call(q, _ones(X, 12)) * call(k, _ones(X, 10))).sum(-1)
    return same(near, far)


def length(call: Any, arguments: Arguments) -> bool:
    """Turning changes no length."""
    return same(call(*arguments).norm(dim=-1), arguments[0].norm(dim=-1))


def nought(call: Any, arguments: Arguments) -> bool:
    """At position 0 nothing is turned."""
    X = arguments[0]
    return same(call(X, _ones(X, 0)), X)


PARTS = (
    Part(
        "rotate", rotate, grid("batch", "n", d=(2, 4, 4, 6, 8, 10, 6)), make,
        bugs=("mixed", "mixed_other", "column_as_i", "positions_ignored",
              "one_off", "other_way", "no_minus", "one_frequency", "growing",
              "base_1000"),
        accepted=(frozenset(), frozenset({"neighbours"})),
        properties={
            "relative": relative, "length": length, "nought": nought,
            "token_alone": properties.token_alone(0),
            "alone": properties.alone(0),
        },
    ),
)
