"""The projection, what it loses, and what it is not."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from qkv_explained.projection import null_space, project, visible_part
from tests.drawn import RELATIVE, close, draw


@pytest.mark.claim(39)
def test_every_number_is_a_weighted_sum():
    X, W, b = draw(2, 5, 4, seed=1), draw(4, 3, seed=2), draw(3, seed=3)
    out = project(X, W, b)
    for c in range(3):
        expected = sum(X[1, 2, r] * W[r, c] for r in range(4)) + b[c]
        close(out[1, 2, c], expected)


@pytest.mark.parametrize("bias", [False, True])
def test_equals_linear(bias):
    linear = nn.Linear(9, 4, bias=bias, dtype=torch.float64)
    X = draw(2, 5, 9, seed=4)
    close(project(X, linear.weight.mT, linear.bias if bias else None),
          linear(X))


@pytest.mark.claim(33)
@settings(deadline=None, max_examples=50)
@given(d_model=st.integers(1, 8), d_k=st.integers(1, 8),
       rank=st.integers(1, 8), seed=st.integers(0, 2**16))
def test_null_space_is_all_that_is_lost(d_model, d_k, rank, seed):
    rank = min(rank, d_model, d_k)
    W = draw(d_model, rank, seed=seed) @ draw(rank, d_k, seed=seed + 1)
    rank = int(torch.linalg.matrix_rank(W))
    lost = null_space(W)
    assert lost.shape == (d_model - rank, d_model)
    assert project(lost, W).abs().sum() < 1e-11
    eye = torch.eye(len(lost), dtype=torch.float64)
    assert (lost @ lost.mT - eye).abs().sum() < RELATIVE


@pytest.mark.claim(33)
def test_two_inputs_that_the_head_cannot_tell_apart():
    W, x = draw(512, 64, seed=5), draw(512, seed=6)
    v = draw(448, seed=7) @ null_space(W)
    assert v.norm() > 10
    assert (project(x + v, W) - project(x, W)).abs().max() < 1e-11


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_what_is_lost_does_not_depend_on_the_unit(scale):
    W = scale * draw(9, 2, seed=21) @ draw(2, 4, seed=22)
    X, lost = draw(3, 5, 9, seed=23), null_space(W)
    assert lost.shape == (7, 9)
    assert (lost @ W).abs().max() <= 100 * RELATIVE * W.abs().max()
    close(lost @ lost.mT, torch.eye(7).double())
    close(X - visible_part(X, W), X @ lost.mT @ lost)


def test_visible_part_is_a_projector_and_w_is_none():
    W, X = draw(9, 4, seed=8), draw(2, 5, 9, seed=9)
    seen = visible_part(X, W)
    close(visible_part(seen, W), seen)
    close(project(seen, W), project(X, W))
    square = draw(4, 4, seed=10)
    assert (square @ square - square).abs().max() > 0.1


@pytest.mark.parametrize(("W", "lost"), [
    (draw(4, 1), 3), (draw(4, 4), 0), (draw(4, 7), 0), (torch.zeros(4, 2), 4),
    # A direction that is hardly seen is not lost.
    (torch.diag(torch.tensor([1.0, 1e-9]).double()), 0)])
def test_limits_lose_all_but_one_direction_and_nothing(W, lost):
    assert len(null_space(W)) == lost
