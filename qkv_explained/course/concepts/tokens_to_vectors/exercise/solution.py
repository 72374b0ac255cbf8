"""Positions as sines and cosines, and a vector for each token."""

import torch
from torch import Tensor


def sinusoid(n: int, d_model: int) -> Tensor:
    # -> (n, d_model); d_model is even
    i = torch.arange(d_model // 2)  # (d_model / 2,)
    position = torch.arange(n)[:, None]  # (n, 1)
    angles = position / 10000 ** (2 * i / d_model)  # (n, d_model / 2)
    pairs = torch.stack([angles.sin(), angles.cos()], dim=-1)
    return pairs.flatten(-2)


def embed(tokens: Tensor, table: Tensor, positions: Tensor) -> Tensor:
    # tokens (batch, n), int, table (vocabulary, d_model)
    # positions (longest, d_model) -> (batch, n, d_model)
    n = tokens.shape[1]
    return table[tokens] + positions[:n]
