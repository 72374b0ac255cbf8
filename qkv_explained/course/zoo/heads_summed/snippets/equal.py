import torch
from torch.nn import functional as F


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    columns = zip(*(W.chunk(n_heads, 1) for W in (W_Q, W_K, W_V)))
    output = torch.zeros_like(query)
    for (w_q, w_k, w_v), w_o in zip(columns, W_O.chunk(n_heads, 0)):
        q = query @ w_q / w_q.shape[-1] ** 0.5
        weights = (q @ (key @ w_k).mT).softmax(dim=-1)
        output = output + weights @ (value @ w_v) @ w_o
    return output


g = torch.Generator().manual_seed(0)
X = torch.randn(1, 5, 8, generator=g)
W = torch.randn(4, 8, 8, generator=g) / 2
parts = [(X @ w).unflatten(-1, (2, 4)).transpose(1, 2) for w in W[:3]]
heads = F.scaled_dot_product_attention(*parts)
joined = heads.transpose(1, 2).flatten(2) @ W[3]
apart = (multi_head(X, X, X, *W, n_heads=2) - joined).abs().max()
print("< 0.0001" if apart < 1e-4 else f"{apart:.4f}")
