import torch
import torch.nn.functional as F

rng = torch.Generator().manual_seed(0)
n, d, h = 5, 64, 4
W_Q, W_K, W_V, W_O = torch.randn(4, d, d, generator=rng) / 8
W_1 = torch.randn(d, 4 * d, generator=rng) / 8
W_2 = torch.randn(4 * d, d, generator=rng) / 16


def block(X):
    N = F.layer_norm(X, (d,))
    Q, K, V = (
        (N @ W).view(n, h, d // h).transpose(0, 1)  # (h, n, d_k)
        for W in (W_Q, W_K, W_V)
    )
    scores = Q @ K.mT / (d // h) ** 0.5  # (h, n, n)
    scores = scores.masked_fill(torch.ones(n, n).triu(1).bool(), -torch.inf)
    heads = scores.softmax(dim=-1) @ V  # (h, n, d_k)
    X = X + heads.transpose(0, 1).reshape(n, d) @ W_O
    N = F.layer_norm(X, (d,))
    return X + F.gelu(N @ W_1) @ W_2


X = torch.randn(n, d, generator=rng)
Y = X.clone()
Y[2, 0] += 1
for change in (block(Y) - block(X)).norm(dim=-1):
    print(f"{change:.2f}")
