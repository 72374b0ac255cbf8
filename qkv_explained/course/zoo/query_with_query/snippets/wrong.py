import torch


def scores(Q, K):
    return torch.einsum("bid,bjd->bij", Q, Q)


Q = torch.tensor([[[1.0, 2.0]]])  # (batch, n_q, d_k)
K = torch.tensor([[[3.0, 4.0]]])  # (batch, n_k, d_k)
print((scores(Q, 2 * K) / scores(Q, K)).item())
