import torch
from torch.nn import functional as F


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    heads = []
    for w_q, w_k, w_v in zip(*(W.chunk(n_heads, 1) for W in (W_Q, W_K, W_V))):
        query, key, value = query @ w_q, key @ w_k, value @ w_v
        heads.append(F.scaled_dot_product_attention(query, key, value))
    return torch.cat(heads, dim=-1) @ W_O


X = torch.ones(1, 3, 2)
two = torch.eye(2).repeat(1, 2)  # (d_model, h d), d = d_model = 2
print(multi_head(X, X, X, two, two, 10 * two, torch.eye(4), 2)[0, 0])
