"""The cache against the full run, and heads that are shared against torch."""

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from qkv_explained import shapes
from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.gpt import GPT
from qkv_explained.kv_cache import (
    Decoder,
    LayerCache,
    cache_bytes,
    share_heads,
)

TOLERANCE = 1e-12
VOCAB = 7


def rng() -> torch.Generator:
    return torch.Generator().manual_seed(0)


def draw(*shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(sum(shape))
    return torch.randn(shape, generator=generator, dtype=torch.float64)


CALLS: dict[str, Any] = {
    "share_heads": [((draw(3, 2, 5, 4), 6), {})],
    "cache_bytes": [((2, 3, 4, 5), {})],
}
MODEL = GPT(VOCAB, 16, 12, 3, 2, generator=rng()).double()
IDS = torch.randint(VOCAB, (3, 11), generator=rng())


@pytest.mark.parametrize("chunk", [1, 2, 5, 11])
@torch.no_grad()
def test_equal_to_the_full_run(chunk: int) -> None:
    decoder = Decoder(MODEL)
    parts = [decoder.read(part) for part in IDS.split(chunk, dim=1)]
    assert (torch.cat(parts, dim=1) - MODEL(IDS)).abs().max() < TOLERANCE
    assert decoder.length == 11
    for layer in decoder.layers:
        assert layer.K is not None
        assert layer.K.shape == (3, 3, 11, 4)


@torch.no_grad()
def test_planted_position_and_mask() -> None:
    full = MODEL(IDS)
    decoder = Decoder(MODEL)
    decoder.read(IDS[:, :9])
    decoder.length = 0
    assert (decoder.read(IDS[:, 9:]) - full[:, 9:]).abs().max() > 1e-3
    # A triangle that begins in the upper left corner, for one query.
    Q, K, V = draw(1, 4), draw(5, 4), draw(5, 6)
    right, _ = scaled_dot_product_attention(Q, K, V)
    wrong = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
    assert (wrong - V[:1]).abs().max() < TOLERANCE
    assert (wrong - right).abs().max() > 0.1


def test_what_was_appended_stays_as_it_was() -> None:
    cache, K, V = LayerCache(), draw(2, 4), draw(2, 6)
    first, _ = cache.append(K, V)
    copy = first.clone()
    cache.append(draw(1, 4), draw(1, 6))
    assert torch.equal(first, copy)
    assert torch.equal(K, draw(2, 4))


def test_a_window_is_that_of_the_full_run() -> None:
    n, window = 9, 3
    Q, K, V = draw(n, 4), draw(n, 4) + 1, draw(n, 6)
    i, j = torch.arange(n)[:, None], torch.arange(n)
    full, _ = scaled_dot_product_attention(
        Q, K, V, (j <= i) & (j > i - window))
    cache, endless = LayerCache(window), LayerCache()
    for t in range(n):
        new = K[t : t + 1], V[t : t + 1]
        out, _ = scaled_dot_product_attention(
            Q[t : t + 1], *cache.append(*new))
        assert (out - full[t]).abs().max() < TOLERANCE
        assert cache.K is not None
        assert len(cache.K) == min(t + 1, window)
        out, _ = scaled_dot_product_attention(
            Q[t : t + 1], *endless.append(*new))
        forgotten = (out - full[t]).abs().max() > 1e-3
        assert forgotten == (t >= window)


@pytest.mark.parametrize("n_kv_heads", [1, 2, 3, 6])
def test_shared_heads_against_torch(n_kv_heads: int) -> None:
    Q = draw(3, 6, 5, 4)
    K, V = draw(3, n_kv_heads, 7, 4), draw(3, n_kv_heads, 7, 8)
    expected = F.scaled_dot_product_attention(Q, K, V, enable_gqa=True)
    out, _ = scaled_dot_product_attention(
        Q, share_heads(K, 6), share_heads(V, 6))
    assert (out - expected).abs().max() < TOLERANCE
    tiled = [X.repeat(1, 6 // n_kv_heads, 1, 1) for X in (K, V)]
    wrong = F.scaled_dot_product_attention(Q, *tiled)
    hidden = n_kv_heads in (1, 6)
    assert ((wrong - expected).abs().max() < TOLERANCE) == hidden


def test_bytes_are_those_of_a_real_cache() -> None:
    decoder = Decoder(MODEL)
    decoder.read(IDS)
    real = sum(
        X.numel() * X.element_size() for layer in decoder.layers
        for X in (layer.K, layer.V) if X is not None)
    assert real == cache_bytes(2, 3, 4, IDS.numel(), bytes_per_number=8)
    layer = shapes.attention_shapes(48, 6, n_kv_heads=2, d_k=8, d_v=5)
    assert cache_bytes(1, 2, 8, 1, d_v=5) == 2 * layer.cache_per_token


def test_a_latent_folds_into_the_query() -> None:
    C, q, U = draw(7, 3), draw(4), draw(3, 4)
    assert ((q @ U.T) @ C.T - q @ (C @ U).T).abs().max() < TOLERANCE
