import torch
from torch import nn

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64)

one_by_one = torch.stack([x @ W_Q for x in X])
print("X @ W_Q = [x_i @ W_Q]:", torch.allclose(X @ W_Q, one_by_one))

layers = [nn.MultiheadAttention(512, 8) for _ in range(6)]
first, second = layers[0].in_proj_weight, layers[1].in_proj_weight
print("layer 1 = layer 2:", torch.equal(first, second))
total = sum(p.numel() for layer in layers for p in layer.parameters())
print(f"6 layers: {total:,}")
