import math

import torch


def masked_attention(Q, K, V, mask):
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    weights = scores.softmax(dim=-1) * mask[:, None]
    return weights @ V


Q = K = torch.zeros(1, 1, 3, 4)
mask = torch.ones(1, 3, 3).tril().bool()
print(masked_attention(Q, K, torch.ones(1, 1, 3, 1), mask).flatten())
