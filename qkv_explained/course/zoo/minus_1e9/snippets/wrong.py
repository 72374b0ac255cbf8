import math

import torch


def masked_attention(Q, K, V, mask):
    scores = Q @ K.mT / math.sqrt(K.shape[-1])
    scores = scores.masked_fill(~mask[:, None], -1e9)
    return scores.softmax(dim=-1) @ V


Q = torch.full((1, 1, 1, 1), 1e6)
K = torch.full((1, 1, 2, 1), -1e6)
V = torch.tensor([[[[1.0], [2.0]]]])
mask = torch.tensor([[[True, False]]])
print(masked_attention(Q, K, V, mask).item())
try:
    masked_attention(Q.half() / 1e6, K.half() / 1e6, V.half(), mask)
except RuntimeError as error:
    print(error)
