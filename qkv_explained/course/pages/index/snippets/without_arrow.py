import math

import torch

from qkv_explained.attention import scaled_dot_product_attention

angles = 2 * math.pi * torch.arange(3) / 3
K = 1.5 * torch.stack([angles.cos(), angles.sin()], dim=1)   # (3, 2)
V = torch.tensor([[40.0], [30.0], [3.0]])                    # (3, 1)

_, weights = scaled_dot_product_attention(K, K, V)           # Q = K
print(weights.argmax(dim=-1).tolist())
