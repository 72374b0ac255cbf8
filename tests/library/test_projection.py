"""The projection, what it loses, and what it is not."""

from collections.abc import Iterator

import jaxtyping
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from qkv_explained.projection import null_space, project, visible_part

TOLERANCE = 1e-12  # float64, sums of at most a few hundred terms


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Meet the errors that a reader meets, who has no run-time checks."""
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", before)


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


@pytest.mark.claim(39)
def test_every_number_is_a_weighted_sum() -> None:
    X, W, b = draw(2, 5, 4, seed=1), draw(4, 3, seed=2), draw(3, seed=3)
    out = project(X, W, b)
    for c in range(3):
        expected = sum(X[1, 2, r] * W[r, c] for r in range(4)) + b[c]
        assert abs(out[1, 2, c] - expected) < TOLERANCE


@pytest.mark.parametrize("bias", [False, True])
def test_equals_linear(bias: bool) -> None:
    linear = nn.Linear(9, 4, bias=bias, dtype=torch.float64)
    X = draw(2, 5, 9, seed=4)
    expected = linear(X)
    out = project(X, linear.weight.mT, linear.bias if bias else None)
    assert (out - expected).abs().max() < TOLERANCE


@pytest.mark.claim(33)
@settings(deadline=None, max_examples=50)
@given(
    d_model=st.integers(1, 8),
    d_k=st.integers(1, 8),
    rank=st.integers(1, 8),
    seed=st.integers(0, 2**16),
)
def test_null_space_is_all_that_is_lost(
    d_model: int, d_k: int, rank: int, seed: int
) -> None:
    rank = min(rank, d_model, d_k)
    W = draw(d_model, rank, seed=seed) @ draw(rank, d_k, seed=seed + 1)
    rank = int(torch.linalg.matrix_rank(W))
    lost = null_space(W)
    assert lost.shape == (d_model - rank, d_model)
    assert project(lost, W).abs().sum() < 1e-11
    eye = torch.eye(len(lost), dtype=torch.float64)
    assert (lost @ lost.mT - eye).abs().sum() < TOLERANCE


@pytest.mark.claim(33)
def test_two_inputs_that_the_head_cannot_tell_apart() -> None:
    W = draw(512, 64, seed=5)
    x = draw(512, seed=6)
    v = draw(448, seed=7) @ null_space(W)
    assert v.norm() > 10
    assert (project(x + v, W) - project(x, W)).abs().max() < 1e-11


def test_visible_part_is_a_projector_and_w_is_none() -> None:
    W, X = draw(9, 4, seed=8), draw(2, 5, 9, seed=9)
    seen = visible_part(X, W)
    assert (visible_part(seen, W) - seen).abs().max() < TOLERANCE
    assert (project(seen, W) - project(X, W)).abs().max() < TOLERANCE
    lost = (X - seen) @ null_space(W).mT @ null_space(W)
    assert (X - seen - lost).abs().max() < TOLERANCE
    square = draw(4, 4, seed=10)
    assert (square @ square - square).abs().max() > 0.1


@pytest.mark.parametrize(("d_k", "lost"), [(1, 3), (4, 0), (7, 0)])
def test_limits_lose_all_but_one_direction_and_nothing(
    d_k: int, lost: int
) -> None:
    assert len(null_space(draw(4, d_k, seed=11))) == lost
    assert len(null_space(torch.zeros(4, d_k))) == 4


@pytest.mark.usefixtures("unchecked")
def test_bad_shapes_say_which_and_what_to_do() -> None:
    X, W = draw(10, 512, seed=12), draw(512, 64, seed=13)
    with pytest.raises(ValueError, match=r"\(10, 512\).*\(64, 512\).*row"):
        project(X, W.mT)
    with pytest.raises(ValueError, match=r"b .*\(10, 1\).*\(512, 64\).*64 c"):
        project(X, W, torch.zeros(10, 1))
