import math

import torch

from qkv_explained.attention import scaled_dot_product_attention

angles = 2 * math.pi * torch.arange(3) / 3           # red, green, yellow
K = 1.5 * torch.stack([angles.cos(), angles.sin()], dim=1)   # (3, 2)
Q = K.roll(-1, dims=0)                               # (3, 2): the next one
V = torch.tensor([[40.0], [30.0], [3.0]])            # (3, 1): seconds

output, weights = scaled_dot_product_attention(Q, K, V)
for name, row, seconds in zip(
    ("red", "green", "yellow"), weights, output, strict=True
):
    print(f"{name:7}", *(f"{w:.2f}" for w in row), f" {seconds.item():5.1f}")
