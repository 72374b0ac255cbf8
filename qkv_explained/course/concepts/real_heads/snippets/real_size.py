import torch

from qkv_explained.real_heads import real_heads

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(real_heads(X).shape))
