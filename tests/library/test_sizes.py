"""Attention against torch's own, at sizes that tell every axis apart.

Batch 3, 2 heads, 5 queries, 7 keys, d_k 4, d_v 6 all differ; where batch and
heads are equal, an axis that is taken for the other goes unseen by shapes,
so the numbers are compared there too. Tolerances are relative to the size of
the numbers, and so the numbers are large and small as well.
"""

import itertools
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from qkv_explained import interop, multi_head, projection
from qkv_explained.attention import (
    attention_scores,
    attention_weights,
    scaled_dot_product_attention,
)

RELATIVE = 1e-12  # float64, sums of at most a few hundred terms
SIZES = {"all differ": (3, 2, 5, 7), "batch = heads": (2, 2, 5, 7),
         "all equal": (4, 4, 4, 4), "one query": (3, 2, 1, 7)}
D_K, D_V, D_MODEL = 4, 6, 9
SCALES = (1e-6, 1.0, 1e6)
MASKED = pytest.mark.parametrize("masked", [False, True])
SIZED = pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def close(found: Tensor, wanted: Tensor) -> None:
    """Equal, but for rounding in the last digits of the largest number."""
    assert found.shape == wanted.shape
    size = wanted.abs().max().item()
    assert (found - wanted).abs().max().item() <= RELATIVE * size


def qkv(sizes: tuple[int, ...], scale: float = 1.0) -> tuple[Tensor, ...]:
    batch, n_heads, n_q, n_k = sizes
    return (draw(batch, n_heads, n_q, D_K, seed=1),
            draw(batch, n_heads, n_k, D_K, seed=2),
            scale * draw(batch, n_heads, n_k, D_V, seed=3))  # fmt: skip


def some(*shape: int) -> Tensor:
    """A mask without an empty row, unlike in every row."""
    mask = draw(*shape, seed=4) > 0
    mask[..., 0] = True
    return mask


@SIZED
@MASKED
@pytest.mark.parametrize("scale", SCALES)
def test_output_and_weights_are_torchs(
    sizes: tuple[int, ...], masked: bool, scale: float
) -> None:
    Q, K, V = qkv(sizes, scale)
    mask = some(*Q.shape[:-1], K.shape[-2]) if masked else None
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    close(output, F.scaled_dot_product_attention(Q, K, V, mask))
    eye = torch.eye(K.shape[-2], dtype=Q.dtype).expand(*K.shape[:-1], -1)
    theirs = F.scaled_dot_product_attention(Q, K, eye, mask)
    close(weights, theirs)
    close(attention_weights(Q, K, mask), theirs)


@SIZED
@pytest.mark.parametrize("scale", SCALES)
def test_scores_are_sums_over_d_k(
    sizes: tuple[int, ...], scale: float
) -> None:
    Q, K, _ = qkv(sizes)
    wanted = torch.einsum("bhic,bhjc->bhij", scale * Q, K) / D_K**0.5
    close(attention_scores(scale * Q, K), wanted)


@SIZED
@MASKED
def test_no_sample_sees_another(sizes: tuple[int, ...], masked: bool) -> None:
    Q, K, V = qkv(sizes)
    mask = some(*Q.shape[:-1], K.shape[-2]) if masked else None
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    for b, h in itertools.product(range(Q.shape[0]), range(Q.shape[1])):
        alone, _ = scaled_dot_product_attention(
            Q[b, h], K[b, h], V[b, h], None if mask is None else mask[b, h])
        close(output[b, h], alone)


@pytest.mark.parametrize("n", [1, 5])
def test_a_future_token_changes_nothing_earlier_to_the_bit(n: int) -> None:
    Q, K = draw(3, 2, 7, D_K, seed=24), draw(3, 2, 7, D_K, seed=25)
    V = draw(3, 2, 7, D_V, seed=26)
    mask = torch.ones(7, 7).tril().bool()
    before, _ = scaled_dot_product_attention(Q, K, V, mask)
    K, V = K.clone(), V.clone()
    K[..., n:, :] += 10
    V[..., n:, :] *= -3
    after, _ = scaled_dot_product_attention(Q, K, V, mask)
    assert torch.equal(before[..., :n, :], after[..., :n, :])
    assert not torch.equal(before[..., n:, :], after[..., n:, :])


def layer(n_heads: int) -> dict[str, Tensor]:
    return {
        "W_Q": draw(n_heads, D_MODEL, D_K, seed=5),
        "W_K": draw(n_heads, 8, D_K, seed=6),
        "W_V": draw(n_heads, 8, D_V, seed=7),
        "W_O": draw(n_heads * D_V, 10, seed=8),
        "b_Q": draw(n_heads, D_K, seed=9),
        "b_K": draw(n_heads, D_K, seed=10),
        "b_V": draw(n_heads, D_V, seed=11),
        "b_O": draw(10, seed=12),
    }


@SIZED
@MASKED
@pytest.mark.parametrize("biased", [False, True])
def test_multi_head_is_torch_head_by_head(
    sizes: tuple[int, ...], masked: bool, biased: bool
) -> None:
    batch, n_heads, n_q, n_k = sizes
    X_q = draw(batch, n_q, D_MODEL, seed=13)
    X_kv = draw(batch, n_k, 8, seed=14)
    p: Any = layer(n_heads)
    if not biased:
        p |= {f"b_{letter}": None for letter in "QKVO"}
    mask = some(batch, n_heads, n_q, n_k) if masked else None
    output, weights = multi_head.multi_head_attention(
        X_q, X_kv, *p.values(), mask=mask)
    heads = []
    for a in range(n_heads):
        b = {letter: p[f"b_{letter}"][a] if biased else 0 for letter in "QKV"}
        Q, K, V = (X_q @ p["W_Q"][a] + b["Q"], X_kv @ p["W_K"][a] + b["K"],
                   X_kv @ p["W_V"][a] + b["V"])  # fmt: skip
        one = None if mask is None else mask[:, a]
        heads.append(F.scaled_dot_product_attention(Q, K, V, one))
        close(weights[:, a], attention_weights(Q, K, one))
    wanted = torch.cat(heads, dim=-1) @ p["W_O"]
    close(output, wanted + p["b_O"] if biased else wanted)


def test_heads_in_another_order_change_nothing() -> None:
    p = layer(3)
    X_q, X_kv = draw(2, 5, D_MODEL, seed=15), draw(2, 7, 8, seed=16)
    output, _ = multi_head.multi_head_attention(X_q, X_kv, *p.values())
    order = [2, 0, 1]
    for name in ("W_Q", "W_K", "W_V", "b_Q", "b_K", "b_V"):
        p[name] = p[name][order]
    p["W_O"] = p["W_O"].unflatten(0, (3, D_V))[order].flatten(0, 1)
    other, _ = multi_head.multi_head_attention(X_q, X_kv, *p.values())
    close(other, output)


@pytest.mark.parametrize("batch", [3, 2])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("averaged", [None, False, True])
def test_modules_of_torch_agree(
    batch: int, bias: bool, averaged: bool | None
) -> None:
    """With weights asked for, one a head or their mean, and not."""
    module = nn.MultiheadAttention(
        10, 2, bias=bias, kdim=8, vdim=8, batch_first=True,
        dtype=torch.float64)  # fmt: skip
    if bias:
        module.in_proj_bias.data = draw(30, seed=17)
        module.out_proj.bias.data = draw(10, seed=18)
    X_q, X_kv = draw(batch, 5, 10, seed=19), draw(batch, 7, 8, seed=20)
    mask = some(5, 7)
    theirs, their_weights = module(
        X_q, X_kv, X_kv, attn_mask=~mask, need_weights=averaged is not None,
        average_attn_weights=bool(averaged))  # fmt: skip
    output, weights = multi_head.multi_head_attention(
        X_q, X_kv, *interop.from_torch(module), mask=mask)
    close(output, theirs)
    if averaged is not None:
        close(weights.mean(1) if averaged else weights, their_weights)
    back = interop.to_torch(interop.from_torch(module))
    assert {name: tuple(one.shape) for name, one in
            back.state_dict().items()} == {
        name: tuple(one.shape) for name, one in module.state_dict().items()}
    close(back(X_q, X_kv, X_kv)[0], module(X_q, X_kv, X_kv)[0])


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_lost_does_not_depend_on_the_unit(scale: float) -> None:
    W = scale * draw(D_MODEL, 2, seed=21) @ draw(2, D_K, seed=22)
    lost = projection.null_space(W)
    assert lost.shape == (D_MODEL - 2, D_MODEL)
    assert (lost @ W).abs().max() <= 100 * RELATIVE * W.abs().max()
    close(lost @ lost.mT, torch.eye(D_MODEL - 2).double())
    X = draw(3, 5, D_MODEL, seed=23)
    seen = projection.visible_part(X, W)
    close(X - seen, X @ lost.mT @ lost)


@pytest.mark.parametrize("factor", [1 + 1e-10, 1 - 1e-10])
def test_planted_rounding_is_found(factor: float) -> None:
    with pytest.raises(AssertionError):
        close(1e-6 * factor * draw(5, 4, seed=1), 1e-6 * draw(5, 4, seed=1))


def test_a_masked_key_is_unseen_however_low_the_others_score() -> None:
    """A finite stand-in for infinity would win against these."""
    Q, K, V = qkv(SIZES["all differ"])
    mask = some(*Q.shape[:-1], K.shape[-2])
    K = torch.full_like(K, -1e12)
    _, weights = scaled_dot_product_attention(Q.abs(), K, V, mask)
    assert (weights[~mask] == 0).all()


def test_a_direction_that_is_hardly_seen_is_not_lost() -> None:
    W = torch.diag(torch.tensor([1.0, 1e-9]).double())
    assert len(projection.null_space(W)) == 0
