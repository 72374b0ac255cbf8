import math

import torch

n_q, n_k, d_k = 128, 128, 64
rng = torch.Generator().manual_seed(0)
Q = torch.randn(n_q, d_k, generator=rng)
K = torch.randn(n_k, d_k, generator=rng)
u = torch.randn(d_k, generator=rng)

dot = Q @ K.T / math.sqrt(d_k)  # (n_q, n_k)
sums = Q[:, None, :] + K[None, :, :]  # (n_q, n_k, d_k)
additive = sums.tanh() @ u  # (n_q, n_k)
print(tuple(dot.shape), f"{dot.numel():,}")
print(tuple(sums.shape), f"{sums.numel():,}")
