import torch

from qkv_explained.scaling import scaling

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(scaling(X).shape))
