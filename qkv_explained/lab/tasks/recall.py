"""Associative recall: pairs of a key and a value, then one of the keys.

``k₁ v₁ k₂ v₂ … k₈ v₈ k₃`` must be answered with ``v₃``. The model is a
causal Transformer of two layers with one attention head each.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Generator, Tensor

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.lab.task import Batch, Setting, Task, Weights
from qkv_explained.lab.variants import (
    Variant,
    attention_mask,
    draw_matrix,
)

D_MODEL, D_K, D_V, LAYERS = 64, 32, 32, 2


# --8<-- [start:forward]
def forward(
    weights: Weights, tokens: Int[Tensor, "batch n"], variant: Variant
) -> tuple[
    Float[Tensor, "batch 1 n_values"], Float[Tensor, "batch n_q n_k"]
]:
    """Two causal attention layers, read at the last token.

    Args:
        weights: The model; without W_K_0 and W_K_1, K = Q.
        tokens: Keys and values in turn, then the key that is asked for.
        variant: Says whether a token may attend to itself.

    Returns:
        Logits of the answer, and the second layer's attention weights.
    """
    n = tokens.shape[-1]
    mask = attention_mask(
        n, causal=True, self_excluded=variant.self_excluded
    )
    X = weights["tokens"][tokens] + weights["positions"]
    for layer in range(LAYERS):
        N = F.layer_norm(X, X.shape[-1:])  # (batch, n, d_model)
        Q = N @ weights[f"W_Q_{layer}"]  # (batch, n, d_k)
        W_K = weights.get(f"W_K_{layer}")
        K = Q if W_K is None else N @ W_K  # (batch, n, d_k)
        V = N @ weights[f"W_V_{layer}"]  # (batch, n, d_v)
        output, attention = scaled_dot_product_attention(Q, K, V, mask)
        X = X + output @ weights[f"W_O_{layer}"]
    last = F.layer_norm(X[:, -1:], X.shape[-1:])  # (batch, 1, d_model)
    return last @ weights["W_U"], attention
# --8<-- [end:forward]


def recall_task(
    name: str, pairs: int, symbols: int, steps: int, batch: int
) -> Task:
    """The task of associative recall.

    Args:
        name: The name in result files.
        pairs: Pairs of a key and a value; the keys are all different.
        symbols: Different keys, and different values.
        steps: Training steps.
        batch: Sequences in a step.

    Returns:
        The task. Its `links` are about the last token in the second layer:
        its mean weight on the answer's place (`needed`) and on itself
        (`own`).
    """
    n = 2 * pairs + 1

    def draw_weights(
        v: Variant, setting: Setting, g: Generator
    ) -> Weights:
        d_k, std = round(D_K * v.width), setting["std"]
        weights = {
            "tokens": std * torch.randn(2 * symbols, D_MODEL, generator=g),
            "positions": std * torch.randn(n, D_MODEL, generator=g),
            "W_U": draw_matrix(D_MODEL, symbols, g),
        }
        for layer in range(LAYERS):
            weights[f"W_Q_{layer}"] = draw_matrix(D_MODEL, d_k, g)
            weights[f"W_V_{layer}"] = draw_matrix(D_MODEL, D_V, g)
            weights[f"W_O_{layer}"] = draw_matrix(D_V, D_MODEL, g)
            if not v.shared:
                weights[f"W_K_{layer}"] = draw_matrix(D_MODEL, d_k, g)
        return weights

    def draw_batch(many: int, g: Generator) -> Batch:
        order = torch.rand(many, symbols, generator=g).argsort(dim=-1)
        keys = order[:, :pairs]  # all different
        values = torch.randint(symbols, (many, pairs), generator=g)
        asked = torch.randint(pairs, (many, 1), generator=g)
        told = torch.stack([keys, values + symbols], dim=-1).flatten(1)
        tokens = torch.cat([told, keys.gather(1, asked)], dim=-1)
        return tokens, values.gather(1, asked)

    def links(
        _: Weights, attention: Tensor, tokens: Tensor
    ) -> dict[str, float]:
        keys = tokens[:, :-1:2]  # (batch, pairs)
        asked = (keys == tokens[:, -1:]).int().argmax(dim=-1)
        row = attention[:, -1]  # (batch, n)
        needed = row.gather(1, 2 * asked[:, None] + 1)
        return {
            "needed": float(needed.mean()),
            "own": float(row[:, -1].mean()),
        }

    facts = {
        "pairs": pairs, "symbols": symbols, "chance": 1 / symbols,
        "d_model": D_MODEL, "d_k": D_K, "layers": LAYERS,
    }
    return Task(
        name, steps, batch, draw_weights, draw_batch, forward, links, facts
    )
