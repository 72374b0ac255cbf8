"""Queries from one sequence, keys and values from another."""

import math

from torch import Tensor


def cross_attention(
    X: Tensor, memory: Tensor, W_Q: Tensor, W_K: Tensor, W_V: Tensor
) -> Tensor:
    # X (batch, n_q, d_model), memory (batch, n_k, d_memory)
    # W_Q (d_model, d_k), W_K (d_memory, d_k), W_V (d_memory, d_v)
    # -> (batch, n_q, d_v)
    Q, K, V = X @ W_Q, memory @ W_K, memory @ W_V
    scores = Q @ K.mT / math.sqrt(W_K.shape[-1])  # (batch, n_q, n_k)
    return scores.softmax(dim=-1) @ V
