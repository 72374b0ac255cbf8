import math

import torch

rng = torch.Generator().manual_seed(0)

for d_k in (4, 16, 64, 256, 1024):
    Q = torch.randn(1000, 1, d_k, generator=rng)  # (batch, n_q, d_k)
    K = torch.randn(1000, 10, d_k, generator=rng)  # (batch, n_k, d_k)
    print(f"d_k {d_k:4}", end="")
    for divisor in (1, math.sqrt(d_k)):
        scores = Q @ K.mT / divisor  # (batch, n_q, n_k)
        weights = scores.softmax(dim=-1)
        largest = weights.max(dim=-1).values.mean()
        print(f"    std {scores.std():4.1f}  max α {largest:.2f}", end="")
    print()
