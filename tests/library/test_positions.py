"""Positions: what each vector is, and what moving along the sentence does."""

import math
from typing import Any

import pytest
import torch

from qkv_explained.positions import sinusoidal_positions

TOLERANCE = 1e-12  # float64, sums of at most a few hundred terms
# For the test that no argument is changed.
CALLS: dict[str, Any] = {"sinusoidal_positions": [((5, 8), {})]}


@pytest.mark.parametrize(("n", "d_model"), [(1, 2), (7, 6), (40, 64)])
def test_every_number_is_its_sine_or_cosine(n: int, d_model: int) -> None:
    P = sinusoidal_positions(n, d_model)
    assert P.shape == (n, d_model)
    for pos in range(n):
        for column in range(d_model):
            i, wave = column // 2, (math.sin, math.cos)[column % 2]
            expected = wave(pos / 10_000 ** (2 * i / d_model))
            assert abs(P[pos, column] - expected) < TOLERANCE


@pytest.mark.parametrize("k", [1, 5, 60])
def test_moving_on_is_one_rotation_wherever_one_stands(k: int) -> None:
    P = sinusoidal_positions(100, 64)
    turn = k / 10_000 ** (torch.arange(0, 64, 2).double() / 64)
    Z = torch.view_as_complex(P.unflatten(-1, (32, 2)))  # sin + i cos
    moved = Z[:-k] * torch.exp(-1j * turn)
    assert (moved - Z[k:]).abs().max() < TOLERANCE
    assert (P.norm(dim=-1) - math.sqrt(32)).abs().max() < TOLERANCE
    products = (P[:-k] * P[k:]).sum(dim=-1)
    assert (products - products[0]).abs().max() < 1e-11


def test_no_two_places_are_alike_and_the_slowest_pair_counts_pairs() -> None:
    P = sinusoidal_positions(2000, 16)
    assert torch.cdist(P, P).fill_diagonal_(1).min() > 1e-3
    # With the column's number for i, the last pair would hardly move at all.
    last = math.asin(P[1, -2]) ** -1
    assert abs(last - 10_000 ** (14 / 16)) < 1e-6


@pytest.mark.parametrize(("n", "d_model"), [(-1, 4), (3, 5), (3, 0)])
def test_bad_sizes_are_named(n: int, d_model: int) -> None:
    with pytest.raises(ValueError, match=f"n = {n} and d_model = {d_model}"):
        sinusoidal_positions(n, d_model)
