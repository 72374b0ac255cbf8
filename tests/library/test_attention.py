"""Scaled dot-product attention, against torch's own and at its limits.

Batch 3, 2 heads, 5 queries, 7 keys, d_k 4, d_v 6 all differ; where batch and
heads are equal, an axis that is taken for the other goes unseen by shapes,
so the numbers are compared there too. Tolerances are relative to the size of
the numbers, and so the numbers are large and small as well.
"""

import itertools

import jaxtyping
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from qkv_explained.attention import (
    attention_scores,
    attention_weights,
    scaled_dot_product_attention,
)
from tests.drawn import RELATIVE, close, draw, some

SIZES = {"all differ": (3, 2, 5, 7), "batch = heads": (2, 2, 5, 7),
         "all equal": (4, 4, 4, 4), "one query": (3, 2, 1, 7)}
D_K, D_V = 4, 6
MASKED = pytest.mark.parametrize("masked", [False, True])
SIZED = pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
SCALED = pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])


def qkv(sizes=SIZES["all differ"], scale=1.0):
    batch, n_heads, n_q, n_k = sizes
    return (draw(batch, n_heads, n_q, D_K, seed=1),
            draw(batch, n_heads, n_k, D_K, seed=2),
            scale * draw(batch, n_heads, n_k, D_V, seed=3))


@SIZED
@MASKED
@SCALED
def test_output_and_weights_are_torchs(sizes, masked, scale):
    Q, K, V = qkv(sizes, scale)
    mask = some(*Q.shape[:-1], K.shape[-2]) if masked else None
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    close(output, F.scaled_dot_product_attention(Q, K, V, mask))
    eye = torch.eye(K.shape[-2], dtype=Q.dtype).expand(*K.shape[:-1], -1)
    theirs = F.scaled_dot_product_attention(Q, K, eye, mask)
    close(weights, theirs)
    close(attention_weights(Q, K, mask), theirs)


@SIZED
@SCALED
def test_scores_are_sums_over_d_k(sizes, scale):
    Q, K, _ = qkv(sizes)
    wanted = torch.einsum("bhic,bhjc->bhij", scale * Q, K) / D_K**0.5
    close(attention_scores(scale * Q, K), wanted)


@SIZED
@MASKED
def test_no_sample_sees_another(sizes, masked):
    Q, K, V = qkv(sizes)
    mask = some(*Q.shape[:-1], K.shape[-2]) if masked else None
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    for b, h in itertools.product(range(Q.shape[0]), range(Q.shape[1])):
        alone, _ = scaled_dot_product_attention(
            Q[b, h], K[b, h], V[b, h], None if mask is None else mask[b, h])
        close(output[b, h], alone)


@pytest.mark.parametrize("n", [1, 5])
def test_a_future_token_changes_nothing_earlier_to_the_bit(n):
    Q, K, V = (draw(3, 2, 7, d, seed=24 + d) for d in (D_K, D_K, D_V))
    mask = torch.ones(7, 7).tril().bool()
    before, _ = scaled_dot_product_attention(Q, K, V, mask)
    K[..., n:, :] += 10
    V[..., n:, :] *= -3
    after, _ = scaled_dot_product_attention(Q, K, V, mask)
    assert torch.equal(before[..., :n, :], after[..., :n, :])
    assert not torch.equal(before[..., n:, :], after[..., n:, :])


@settings(deadline=None, max_examples=50)
@given(n_q=st.integers(1, 6), n_k=st.integers(1, 6),
       size=st.floats(0, 100), seed=st.integers(0, 2**16))
def test_rows_sum_to_one(n_q, n_k, size, seed):
    Q = size * draw(n_q, 3, seed=seed)
    K, V = draw(n_k, 3, seed=seed + 1), draw(n_k, 4, seed=seed + 2)
    mask = some(n_q, n_k, seed=seed + 3)
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    assert (weights.sum(dim=-1) - 1).abs().max() < RELATIVE
    assert (weights[~mask] == 0).all()
    low, high = V.min(dim=0).values, V.max(dim=0).values
    assert (output >= low - RELATIVE).all()  # a mixture of the values
    assert (output <= high + RELATIVE).all()


def test_limits_are_the_mean_and_the_nearest_value():
    Q, K, V = qkv()
    mean, _ = scaled_dot_product_attention(0 * Q, K, V)
    close(mean, V.mean(dim=-2, keepdim=True).expand(3, 2, 5, D_V))
    best, _ = scaled_dot_product_attention(1e6 * Q, K, V)
    choice = attention_scores(Q, K).argmax(dim=-1)[..., None]
    close(best, V.gather(-2, choice.expand(3, 2, 5, D_V)))


def test_a_mask_broadcasts_and_leaves_keys_out():
    Q, K, V = qkv()
    kept = torch.tensor([True, True, False, True, False, True, True])
    output, _ = scaled_dot_product_attention(Q, K, V, kept[None])
    close(output, scaled_dot_product_attention(
        Q, K[..., kept, :], V[..., kept, :])[0])


def test_a_masked_key_is_unseen_however_low_the_others_score():
    """A finite stand-in for infinity would win against these."""
    Q, K, V = qkv()
    mask = some(*Q.shape[:-1], K.shape[-2])
    _, weights = scaled_dot_product_attention(
        Q.abs(), torch.full_like(K, -1e12), V, mask)
    assert (weights[~mask] == 0).all()


def test_run_time_checks_see_a_swapped_axis():
    Q, K, _ = qkv()
    with pytest.raises(jaxtyping.TypeCheckError):
        attention_scores(Q.mT, K.mT)


@pytest.mark.parametrize("factor", [1 + 1e-10, 1 - 1e-10])
def test_planted_rounding_is_found(factor):
    with pytest.raises(AssertionError):
        close(1e-6 * factor * draw(5, 4), 1e-6 * draw(5, 4))
