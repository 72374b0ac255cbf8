import torch

from qkv_explained.rope import rope

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(rope(X).shape))
