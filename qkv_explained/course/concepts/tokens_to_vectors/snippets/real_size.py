import torch

from qkv_explained.tokens_to_vectors import tokens_to_vectors

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(tokens_to_vectors(X).shape))
