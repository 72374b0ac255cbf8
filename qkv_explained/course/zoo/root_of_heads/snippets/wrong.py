import math

import torch


def scaled_scores(Q, K):
    heads = Q.shape[1]
    return Q @ K.mT / math.sqrt(heads)


Q = torch.ones(1, 4, 1, 16)  # (batch, heads, n_q, d_k)
print(scaled_scores(Q, Q / 16).flatten())
