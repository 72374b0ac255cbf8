import torch
from torch.nn import functional as F


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    batch, n_q, dim = query.shape

    def split(X):
        return X.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    heads = F.scaled_dot_product_attention(
        split(query @ W_Q), split(key @ W_K), split(value @ W_V))
    return heads.transpose(1, 2).reshape(batch, n_q, dim) @ W_O


X, W = torch.ones(1, 3, 8), torch.ones(3, 8, 4)
try:
    multi_head(X, X, X, *W, torch.ones(4, 8), n_heads=2)
except RuntimeError as error:
    print(error)
