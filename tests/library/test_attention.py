"""Scaled dot-product attention, against torch's own and at its limits."""

import math
from collections.abc import Iterator

import jaxtyping
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from qkv_explained.attention import (
    attention_scores,
    check_mask,
    scaled_dot_product_attention,
)

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


def qkv() -> tuple[Tensor, Tensor, Tensor]:
    """n_q 5, n_k 7, d_k 3, d_v 4: no two axes can be swapped unseen."""
    return draw(2, 5, 3, seed=1), draw(2, 7, 3, seed=2), draw(2, 7, 4, seed=3)


def test_scores_are_scaled_dot_products() -> None:
    Q, K, _ = qkv()
    scores = attention_scores(Q, K)
    for i in range(5):
        for j in range(7):
            expected = sum(Q[1, i, c] * K[1, j, c] for c in range(3))
            assert abs(scores[1, i, j] - expected / math.sqrt(3)) < TOLERANCE


@pytest.mark.parametrize("masked", [False, True])
def test_equals_torch(masked: bool) -> None:
    Q, K, V = qkv()
    mask = torch.ones(5, 7).tril(diagonal=2).bool() if masked else None
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    expected = F.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
    assert (output - expected).abs().max() < TOLERANCE
    assert (weights @ V - expected).abs().max() < TOLERANCE


@settings(deadline=None, max_examples=50)
@given(
    n_q=st.integers(1, 6),
    n_k=st.integers(1, 6),
    size=st.floats(0, 100),
    seed=st.integers(0, 2**16),
)
def test_rows_sum_to_one(n_q: int, n_k: int, size: float, seed: int) -> None:
    Q = size * draw(n_q, 3, seed=seed)
    K, V = draw(n_k, 3, seed=seed + 1), draw(n_k, 4, seed=seed + 2)
    mask = draw(n_q, n_k, seed=seed + 3) > 0
    mask[:, seed % n_k] = True
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    assert (weights.sum(dim=-1) - 1).abs().max() < TOLERANCE
    assert (weights[~mask] == 0).all()
    low, high = V.min(dim=0).values, V.max(dim=0).values
    assert (output >= low - TOLERANCE).all()  # a mixture of the values
    assert (output <= high + TOLERANCE).all()


def test_limits_are_the_mean_and_the_nearest_value() -> None:
    Q, K, V = qkv()
    mean, _ = scaled_dot_product_attention(0 * Q, K, V)
    expected = V.mean(dim=-2, keepdim=True).expand(2, 5, 4)
    assert (mean - expected).abs().max() < TOLERANCE
    best, _ = scaled_dot_product_attention(1e6 * Q, K, V)
    choice = attention_scores(Q, K).argmax(dim=-1)
    picked = V.gather(-2, choice[..., None].expand(2, 5, 4))
    assert (best - picked).abs().max() < TOLERANCE


def test_mask_broadcasts_and_arguments_stay_as_they_were() -> None:
    Q, K, V = qkv()
    mask = torch.tensor([[True, True, False, True, False, True, True]])
    before = [tensor.clone() for tensor in (Q, K, V)]
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    kept = mask[0]
    expected, _ = scaled_dot_product_attention(Q, K[:, kept], V[:, kept])
    assert (output - expected).abs().max() < TOLERANCE
    for tensor, copy in zip((Q, K, V), before, strict=True):
        assert torch.equal(tensor, copy)


@pytest.mark.usefixtures("unchecked")
def test_bad_shapes_say_which_and_what_to_do() -> None:
    Q, K, V = qkv()
    with pytest.raises(ValueError, match=r"Q .*\(2, 5, 3\).* K .*\(2, 7, 4\)"):
        attention_scores(Q, V)
    with pytest.raises(ValueError, match="rows, but have 7 and 6"):
        scaled_dot_product_attention(Q, K, V[:, :6])
    with pytest.raises(ValueError, match="n_k ≥ 1"):
        scaled_dot_product_attention(Q, K[:, :0], V[:, :0])


@pytest.mark.usefixtures("unchecked")
def test_bad_masks_say_what_is_wrong() -> None:
    Q, K, V = qkv()
    full = torch.ones(5, 7).bool()
    with pytest.raises(ValueError, match=r"torch.float32.*must be boolean"):
        scaled_dot_product_attention(Q, K, V, full.float())
    with pytest.raises(ValueError, match=r"\(7, 5\).*\(2, 5, 7\)"):
        scaled_dot_product_attention(Q, K, V, full.mT)
    with pytest.raises(ValueError, match=r"query 3 of batch index \(0,\)"):
        scaled_dot_product_attention(Q, K, V, full.index_fill(0, ROW, False))
    with pytest.raises(ValueError, match=r"leaves query 3 without a key"):
        check_mask(full.index_fill(0, ROW, False), torch.zeros(5, 7))


def test_run_time_checks_see_a_swapped_axis() -> None:
    Q, K, _ = qkv()
    with pytest.raises(jaxtyping.TypeCheckError):
        attention_scores(Q.mT, K.mT)


ROW = torch.tensor([3])
