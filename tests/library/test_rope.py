"""Rotary positions, against multiplication of complex numbers."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from qkv_explained.attention import attention_scores, attention_weights
from qkv_explained.rope import (
    halves_from_neighbours,
    rotate_halves,
    rotate_neighbours,
    rotation_angles,
)

TOLERANCE = 1e-12
P = torch.tensor([0, 1, 5, 40, 7])
BOTH = pytest.mark.parametrize("rotate", [rotate_neighbours, rotate_halves])
Rotate = Callable[..., Tensor]


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


X = draw(3, 2, 5, 6, seed=1)
# For the test that no argument is changed.
CALLS: dict[str, Any] = {
    "rotation_angles": [((P, 6), {})],
    "rotate_neighbours": [((X, P), {})],
    "rotate_halves": [((X, P), {})],
    "halves_from_neighbours": [((6,), {})],
    "check_positions": [((X, P), {})],
}


def oracle(X: Tensor, positions: Tensor, base: float = 10_000.0) -> Tensor:
    """Each pair of neighbours as a complex number, times e^(i · angle)."""
    z = torch.view_as_complex(X.unflatten(-1, (-1, 2)).contiguous())
    d_k = X.shape[-1]
    speed = [base ** (-i / d_k) for i in range(0, d_k, 2)]
    angle = positions[:, None] * torch.tensor(speed, dtype=torch.float64)
    turn = torch.polar(torch.ones_like(angle), angle)
    return torch.view_as_real(z * turn).flatten(-2)


@pytest.mark.parametrize("base", [10_000.0, 500.0])
def test_neighbours_are_complex_numbers(base: float) -> None:
    found = rotate_neighbours(X, P, base)
    assert (found - oracle(X, P, base)).abs().max() < TOLERANCE
    angles = rotation_angles(P, 6, base)
    for i in range(3):
        wanted = P.double() * base ** (-2 * i / 6)
        assert (angles[:, i] - wanted).abs().max() < TOLERANCE


def test_one_permutation_leads_from_neighbours_to_halves() -> None:
    order = halves_from_neighbours(6)
    found = rotate_halves(X[..., order], P)
    assert (found - rotate_neighbours(X, P)[..., order]).abs().max() == 0
    W_Q, W_K = draw(9, 6, seed=2), draw(9, 6, seed=3)
    T = draw(5, 9, seed=4)
    scores = [
        attention_scores(rotate(T @ W_Q[:, o], P), rotate(T @ W_K[:, o], P))
        for rotate, o in ((rotate_neighbours, torch.arange(6)),
                          (rotate_halves, order),
                          (rotate_halves, torch.arange(6)))
    ]  # fmt: skip
    assert (scores[0] - scores[1]).abs().max() < TOLERANCE
    assert (scores[0] - scores[2]).abs().max() > 0.1


@BOTH
def test_scores_depend_on_the_offset_only(rotate: Rotate) -> None:
    Q, K = draw(5, 6, seed=5), draw(5, 6, seed=6)
    scores = [attention_scores(rotate(Q, P + by), rotate(K, P + by))
              for by in (0, 100)]
    assert (scores[0] - scores[1]).abs().max() < 1e-11
    assert (scores[0] - attention_scores(Q, K)).abs().max() > 0.1
    one = attention_scores(rotate(Q, P + 1), rotate(K, P))
    assert (one - scores[0]).abs().max() > 0.1


@BOTH
def test_a_bias_of_the_keys_counts_and_turned_values_tell_the_place(
    rotate: Rotate,
) -> None:
    Q, K, b = draw(5, 6, seed=9), draw(5, 6, seed=10), draw(6, seed=11)
    plain = [attention_weights(Q, K + c) for c in (0, b)]
    assert (plain[0] - plain[1]).abs().max() < TOLERANCE
    turned = [attention_weights(rotate(Q, P), rotate(K + c, P))
              for c in (0, b)]  # fmt: skip
    assert (turned[0] - turned[1]).abs().max() > 0.01
    outputs = [plain[0] @ rotate(K, P + by) for by in (0, 1)]
    assert (outputs[0] - outputs[1]).abs().max() > 0.1


@BOTH
def test_norms_stay_and_position_0_changes_nothing(rotate: Rotate) -> None:
    turned = rotate(X, P)
    assert (turned.norm(dim=-1) - X.norm(dim=-1)).abs().max() < TOLERANCE
    assert torch.equal(turned[..., 0, :], X[..., 0, :])
    assert rotate(X.float(), P).dtype == torch.float32


@BOTH
def test_an_odd_width_is_refused(rotate: Rotate) -> None:
    with pytest.raises(ValueError, match=r"d_k = 5 .* even"):
        rotate(draw(5, 5, seed=7), P)
