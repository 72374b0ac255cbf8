"""Splitting into heads, the way back, and the whole layer."""

import math

from torch import Tensor


def split_heads(X: Tensor, n_heads: int) -> Tensor:
    # X (batch, n, n_heads * d) -> (batch, n_heads, n, d)
    batch, n, width = X.shape
    X = X.reshape(batch, n, n_heads, width // n_heads)
    return X.transpose(1, 2)


def merge_heads(X: Tensor) -> Tensor:
    # X (batch, n_heads, n, d) -> (batch, n, n_heads * d)
    batch, n_heads, n, d = X.shape
    X = X.transpose(1, 2)  # (batch, n, n_heads, d)
    return X.reshape(batch, n, n_heads * d)


def multi_head(
    query: Tensor, key: Tensor, value: Tensor, W_Q: Tensor, W_K: Tensor,
    W_V: Tensor, W_O: Tensor, n_heads: int,
) -> Tensor:
    # query (batch, n_q, d_model), key and value (batch, n_k, d_model)
    # W_Q and W_K (d_model, n_heads * d_k), W_V (d_model, n_heads * d_v)
    # W_O (n_heads * d_v, d_model) -> (batch, n_q, d_model)
    Q = split_heads(query @ W_Q, n_heads)  # (batch, n_heads, n_q, d_k)
    K = split_heads(key @ W_K, n_heads)  # (batch, n_heads, n_k, d_k)
    V = split_heads(value @ W_V, n_heads)  # (batch, n_heads, n_k, d_v)
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    heads = scores.softmax(dim=-1) @ V  # (batch, n_heads, n_q, d_v)
    return merge_heads(heads) @ W_O
