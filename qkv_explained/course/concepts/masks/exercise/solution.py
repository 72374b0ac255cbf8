"""Who may attend to whom, and attention that keeps to it."""

import math

import torch
from torch import Tensor


def causal_mask(n_q: int, n_k: int) -> Tensor:
    # -> (n_q, n_k), bool
    i = torch.arange(n_k - n_q, n_k)[:, None]  # (n_q, 1)
    j = torch.arange(n_k)  # (n_k,)
    return j <= i


def masked_attention(
    Q: Tensor, K: Tensor, V: Tensor, mask: Tensor
) -> Tensor:
    # Q (batch, heads, n_q, d_k), K (batch, heads, n_k, d_k)
    # V (batch, heads, n_k, d_v), mask (batch, n_q, n_k), bool
    # -> (batch, heads, n_q, d_v)
    scores = Q @ K.mT / math.sqrt(K.shape[-1])  # (batch, heads, n_q, n_k)
    allowed = mask[:, None]  # (batch, 1, n_q, n_k)
    scores = scores.masked_fill(~allowed, -math.inf)
    return scores.softmax(dim=-1) @ V
