import math

import torch


def masked_attention(Q, K, V, mask):
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    return (scores + mask[:, None].float()).softmax(dim=-1) @ V


Q = K = torch.zeros(1, 1, 2, 4)
V = torch.tensor([[[[0.0], [1.0]]]])
mask = torch.tensor([[[True, False], [True, True]]])
print(masked_attention(Q, K, V, mask).flatten())
