"""Positions and embeddings, and along which axis they run."""

from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def sinusoid(n: int, d_model: int, bugs: reference.Bugs) -> Tensor:
    """PE(pos, 2i) = sin(pos / 10000^(2i/d)), PE(pos, 2i + 1) the cosine."""
    i = torch.arange(d_model // 2)
    exponents = 4 * i / d_model if "column_as_i" in bugs else 2 * i / d_model
    if {"own_exponent", "column_each"} & bugs:
        column = torch.arange(d_model) * (1 + ("column_each" in bugs))
        angles = torch.arange(n)[:, None] / 10000 ** (column / d_model)
        column = torch.arange(d_model)
        return torch.where(column % 2 == 0, angles.sin(), angles.cos())
    position = torch.arange(n)[:, None] + ("from_one" in bugs)
    angles = position / 10000 ** exponents
    if "growing" in bugs:
        angles = position * 10000 ** exponents
    pair = [angles.sin(), angles.cos()]
    if "cosine_first" in bugs:
        pair = pair[::-1]
    if "in_halves" in bugs:
        return torch.cat(pair, dim=-1)
    return torch.stack(pair, dim=-1).flatten(-2)


def embed(
    tokens: Tensor, table: Tensor, positions: Tensor, bugs: reference.Bugs
) -> Tensor:
    """The row of each token, and the vector of its place."""
    batch, n = tokens.shape
    found = table[tokens]
    if "times_sqrt_d" in bugs:
        found = found * table.shape[-1] ** 0.5
    if "no_positions" in bugs:
        return found
    if "along_batch" in bugs:
        return found + positions[:batch, None]
    if "position_of_id" in bugs:
        return found + positions[tokens % len(positions)]
    if "first_position" in bugs:
        return found + positions[0]
    if "last_positions" in bugs:
        return found + positions[-n:]
    if "from_one" in bugs:
        return found + positions[1:n + 1]
    return found + positions[:n]


def make_sinusoid(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Two sizes."""
    return tuple(sizes.values())


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens, the table of embeddings, the positions."""
    batch, n, d = sizes.values()
    return draw.whole(11, batch, n), draw.normal(11, d), draw.normal(12, d)


PARTS = (
    Part(
        "sinusoid", sinusoid,
        grid("n", d_model=(2, 4, 4, 6, 8, 10, 6)), make_sinusoid,
        bugs=("column_each", "own_exponent", "column_as_i",
              "in_halves", "cosine_first",
              "from_one", "growing"),
    ),
    Part(
        "embed", embed, grid("batch", "n", "d_model"), make,
        bugs=("along_batch", "no_positions", "position_of_id",
              "first_position", "times_sqrt_d", "last_positions",
              "from_one"),
        properties={"alone": properties.alone(0)},
    ),
)
