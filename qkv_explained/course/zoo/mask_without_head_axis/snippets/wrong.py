import math

import torch


def masked_attention(Q, K, V, mask):
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=-1) @ V


Q = K = torch.zeros(2, 2, 1, 4)  # batch = h = 2
V = torch.tensor([1.0, 2.0]).view(1, 1, 2, 1).expand(2, 2, 2, 1)
mask = torch.tensor([[[True, False]], [[False, True]]])  # (2, 1, 2)
print(masked_attention(Q, K, V, mask).squeeze())
