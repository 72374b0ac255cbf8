import torch

from qkv_explained.cross_attention import cross_attention

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(cross_attention(X).shape))
