import torch

generator = torch.Generator().manual_seed(0)
Q = torch.randn(100_000, 2, 16, generator=generator)  # (pairs, 2, d_k)
S = Q @ Q.mT  # (pairs, 2, 2)
mutual = (S[:, 0, 1] > S[:, 0, 0]) & (S[:, 1, 0] > S[:, 1, 1])
one_way = (S[:, 0, 1] > S[:, 0, 0]) | (S[:, 1, 0] > S[:, 1, 1])
print("one prefers the other:", bool(one_way.any()))
print("both prefer the other:", int(mutual.sum()))
