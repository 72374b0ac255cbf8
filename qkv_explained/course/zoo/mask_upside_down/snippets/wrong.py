import torch
from torch.nn import functional as F


def masked_attention(Q, K, V, mask):
    blocked = mask.logical_not()[:, None]
    return F.scaled_dot_product_attention(Q, K, V, attn_mask=blocked)


Q = K = torch.zeros(1, 1, 2, 4)
V = torch.tensor([[[[1.0], [2.0]]]])  # (1, 1, n_k, 1)
mask = torch.tensor([[[True, False], [False, True]]])  # (1, n_q, n_k)
print(masked_attention(Q, K, V, mask).flatten())
