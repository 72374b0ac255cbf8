import math

import torch

rng = torch.Generator().manual_seed(0)
Q = torch.randn(2, 3, generator=rng)  # (n_q, d_k)
K = torch.randn(4, 3, generator=rng)  # (n_k, d_k)
V = torch.randn(4, 5, generator=rng)  # (n_k, d_v)
weights = (Q @ K.T / math.sqrt(3)).softmax(dim=-1)
print("weights", tuple(weights.shape), " output", tuple((weights @ V).shape))
order = torch.tensor([2, 0, 3, 1])
again = (Q @ K[order].T / math.sqrt(3)).softmax(dim=-1) @ V[order]
print(f"{(again - weights @ V).abs().max():.3f}")
