import torch
from torch.nn import functional as F


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    def project(X, W):
        d_in, d_out = X.shape[-1] // n_heads, W.shape[-1] // n_heads
        pieces = X.unflatten(-1, (n_heads, d_in)).transpose(1, 2)
        return pieces @ W[:d_in, :d_out]

    Q, K, V = project(query, W_Q), project(key, W_K), project(value, W_V)
    heads = F.scaled_dot_product_attention(Q, K, V)
    return heads.transpose(1, 2).flatten(2) @ W_O


X = torch.ones(1, 3, 4)
W = torch.ones(4, 4, 4).requires_grad_()  # h d = d_model = 4
multi_head(X, X, X, *W, n_heads=2).sum().backward()
print(int(W.grad[2].ne(0).sum()), "/", W[2].numel())
