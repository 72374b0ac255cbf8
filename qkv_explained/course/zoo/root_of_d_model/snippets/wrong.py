import torch
from torch.nn import functional as F


def multi_head(query, key, value, W_Q, W_K, W_V, W_O, n_heads):
    d_model = query.shape[-1]

    def split(X):  # (batch, n, h d) -> (batch, h, n, d)
        return X.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    Q, K, V = split(query @ W_Q), split(key @ W_K), split(value @ W_V)
    weights = (Q @ K.mT * d_model**-0.5).softmax(dim=-1)
    return (weights @ V).transpose(1, 2).flatten(2) @ W_O


g = torch.Generator().manual_seed(0)
X = torch.randn(1, 3, 8, generator=g)  # (batch, n, d_model)
W = torch.randn(4, 8, 8, generator=g) / 2  # h = 4, d_k = 2
Q, K, V = (
    (X @ W[i]).unflatten(-1, (4, 2)).transpose(1, 2) for i in range(3)
)
right = F.scaled_dot_product_attention(Q, K, V)  # (1, 4, 3, 2)
right = right.transpose(1, 2).flatten(2) @ W[3]
wrong = multi_head(X, X, X, *W, n_heads=4)
print(f"{(wrong - right).abs().max():.2f}")
