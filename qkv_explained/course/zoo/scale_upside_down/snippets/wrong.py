import torch


def scaled_scores(Q, K):
    scale = Q.shape[-1] ** -0.5
    return Q @ K.mT / scale


Q = torch.ones(1, 1, 1, 16)  # (batch, heads, n_q, d_k)
print(scaled_scores(Q, Q / 16).item())
