import torch
import torch.nn.functional as F

rng = torch.Generator().manual_seed(0)
n, d = 8, 64
X = torch.randn(n, d, generator=rng)  # (n, d_model)
W = torch.randn(12, 3, d, d, generator=rng) / d**0.5


def attend(X, W_Q, W_K, W_V):
    scores = (X @ W_Q) @ (X @ W_K).T / d**0.5  # (n, n)
    return scores.softmax(dim=-1) @ (X @ W_V)  # (n, d)


def cosine(X):
    X = F.normalize(X, dim=-1)
    return ((X @ X.T).sum() - n) / (n * (n - 1))


A = B = X
for layer in range(12):
    A = attend(A, *W[layer])
    B = B + attend(F.layer_norm(B, (d,)), *W[layer])
    if layer + 1 in (1, 2, 3, 6, 12):
        print(f"{layer + 1:2}  {cosine(A):.2f}  {cosine(B):.2f}")
