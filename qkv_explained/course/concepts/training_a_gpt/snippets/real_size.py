import torch

from qkv_explained.training_a_gpt import training_a_gpt

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
print("X", tuple(X.shape), "->", tuple(training_a_gpt(X).shape))
