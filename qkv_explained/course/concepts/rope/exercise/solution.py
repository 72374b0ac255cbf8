"""Rotary positions."""

import torch
from torch import Tensor


def rotate(X: Tensor, positions: Tensor) -> Tensor:
    # X (batch, n, d), positions (n,) -> (batch, n, d)
    d = X.shape[-1]
    frequencies = 10000.0 ** (-torch.arange(0, d, 2) / d)  # (d / 2,)
    angles = positions[:, None] * frequencies  # (n, d / 2)
    a, b = X[..., : d // 2], X[..., d // 2 :]  # (batch, n, d / 2)
    first = a * angles.cos() - b * angles.sin()
    second = a * angles.sin() + b * angles.cos()
    return torch.cat([first, second], dim=-1)
