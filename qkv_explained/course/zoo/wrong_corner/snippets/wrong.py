import torch


def causal_mask(n_q, n_k):
    every = torch.ones(n_q, n_k, dtype=torch.bool)
    return every.triu(n_k - n_q)


print(causal_mask(3, 3)[0].int())
