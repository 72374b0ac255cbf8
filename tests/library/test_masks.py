"""Masks, against torch's own, and what the page says of each API."""

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.attention.bias import causal_lower_right

from qkv_explained.attention import attention_weights
from qkv_explained.masks import causal_mask, padding_mask

TOLERANCE = 1e-12
LENGTHS = torch.tensor([4, 7, 1])
# For the test that no argument is changed.
CALLS: dict[str, Any] = {
    "causal_mask": [((5, 7), {}), ((5,), {})],
    "padding_mask": [((LENGTHS, 7), {})],
}


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def theirs(Q: Tensor, K: Tensor, **how: Any) -> Tensor:
    """Torch's attention weights: its output for values that are rows of 1."""
    eye = torch.eye(K.shape[-2]).double().expand(*K.shape[:-1], -1)
    return F.scaled_dot_product_attention(Q, K, eye, **how)


@pytest.mark.parametrize("n_q", [1, 2, 5, 7])
def test_causal_is_torchs_lower_right(n_q: int) -> None:
    Q, K = draw(3, 2, n_q, 4, seed=1), draw(3, 2, 7, 4, seed=2)
    wanted = theirs(Q, K, attn_mask=causal_lower_right(n_q, 7))
    found = attention_weights(Q, K, causal_mask(n_q, 7))
    assert (found - wanted).abs().max() < TOLERANCE
    upper_left = theirs(Q, K, is_causal=True)
    same = bool((found - upper_left).abs().max() < TOLERANCE)
    assert same == (n_q == 7)
    assert torch.equal(causal_mask(n_q), causal_mask(n_q, n_q))
    hidden = int((~causal_mask(n_q)).sum())
    assert hidden == n_q * (n_q - 1) // 2


def test_padding_is_the_sentence_alone() -> None:
    Q, K = draw(3, 2, 7, 4, seed=3), draw(3, 2, 7, 4, seed=4)
    mask = padding_mask(LENGTHS, 7)
    found = attention_weights(Q, K, mask)
    both = attention_weights(Q, K, mask & causal_mask(7))
    for b, n in enumerate(LENGTHS.tolist()):
        alone = attention_weights(Q[b, :, :n], K[b, :, :n])
        assert (found[b, :, :n, :n] - alone).abs().max() < TOLERANCE
        assert (found[b, :, :, n:] == 0).all()
        alone = attention_weights(Q[b, :, :n], K[b, :, :n], causal_mask(n))
        assert (both[b, :, :n, :n] - alone).abs().max() < TOLERANCE


@pytest.mark.parametrize("name", ["attn_mask", "key_padding_mask"])
def test_the_module_of_torch_wants_the_opposite(name: str) -> None:
    mha = nn.MultiheadAttention(8, 2, batch_first=True).double()
    X = draw(3, 7, 8, seed=5)
    real = padding_mask(LENGTHS, 7)
    mask = causal_mask(7) if name == "attn_mask" else real[:, 0, 0]
    weights = mha(X, X, X, **{name: ~mask}, average_attn_weights=False)[1]
    may = causal_mask(7) if name == "attn_mask" else real
    assert torch.equal(weights > 0, may.expand_as(weights))


def test_a_row_without_a_key_in_torch() -> None:
    Q, K, none = draw(1, 4, seed=6), draw(7, 4, seed=7), torch.zeros(1, 7)
    assert (theirs(Q, K, attn_mask=none.bool()) == 0).all()
    mha = nn.MultiheadAttention(8, 2, batch_first=True).double()
    X = draw(1, 7, 8, seed=8)
    assert mha(X, X, X, key_padding_mask=none == 0)[1].isnan().all()
    with pytest.raises(ValueError, match="without a key"):
        attention_weights(Q, K, none.bool())
    with pytest.raises(RuntimeError, match="overflow"):
        torch.zeros(3).half().masked_fill(torch.ones(3).bool(), -1e9)


@pytest.mark.parametrize("n_q", [0, 8])
def test_a_triangle_with_empty_rows_is_refused(n_q: int) -> None:
    with pytest.raises(ValueError, match=rf"n_q = {n_q} and n_k = 7"):
        causal_mask(n_q, 7)


@pytest.mark.parametrize("length", [0, 8])
def test_a_length_that_does_not_fit_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 7"):
        padding_mask(torch.tensor([3, length]), 7)
