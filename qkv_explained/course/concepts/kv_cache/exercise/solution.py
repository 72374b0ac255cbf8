"""Attention with a KV cache, and keys that several heads share."""

import math

import torch
from torch import Tensor


def cached_attention(
    Q: Tensor, K: Tensor, V: Tensor, K_past: Tensor, V_past: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    # Q and K (batch, heads, n_new, d_k), V (batch, heads, n_new, d_v)
    # K_past (batch, heads, n_past, d_k), V_past (batch, heads, n_past, d_v)
    # -> (batch, heads, n_new, d_v), and K and V with n_past + n_new rows
    K = torch.cat([K_past, K], dim=-2)
    V = torch.cat([V_past, V], dim=-2)
    n_new, n_all = Q.shape[-2], K.shape[-2]
    i = torch.arange(n_all - n_new, n_all)[:, None]  # (n_new, 1)
    future = torch.arange(n_all) > i  # (n_new, n_all)
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    scores = scores.masked_fill(future, -math.inf)
    return scores.softmax(dim=-1) @ V, K, V


def repeat_kv(K: Tensor, n_heads: int) -> Tensor:
    # K (batch, n_kv_heads, n, d) -> (batch, n_heads, n, d)
    return K.repeat_interleave(n_heads // K.shape[1], dim=1)
