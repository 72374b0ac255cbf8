import torch
from torch.nn import functional as F


def layer(query, key, value, W_Q, W_K, W_V, W_O, h):
    parts = query @ W_Q, key @ W_K, value @ W_V
    split = [X.unflatten(-1, (h, -1)).transpose(1, 2) for X in parts]
    heads = F.scaled_dot_product_attention(*split)
    return heads.transpose(1, 2).flatten(2) @ W_O


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    Q, K, V = query @ W_Q, key @ W_K, value @ W_V
    return layer(Q, K, V, W_Q, W_K, W_V, W_O, n_heads)


eye = torch.eye(4)
X = torch.ones(1, 3, 4)
print(multi_head(X, X, X, eye, eye, 10 * eye, eye, 2)[0, 0])
