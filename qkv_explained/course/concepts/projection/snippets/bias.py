import torch

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
W_K = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
b = 3 * torch.randn(64, generator=rng, dtype=torch.float64)
zero = torch.zeros(64, dtype=torch.float64)


def weights(b_Q, b_K):
    Q, K = X @ W_Q + b_Q, X @ W_K + b_K
    return (Q @ K.T / 64**0.5).softmax(dim=-1)  # (n_q, n_k)


for name, b_Q, b_K in (("b_Q", b, zero), ("b_K", zero, b)):
    moved = weights(b_Q, b_K) - weights(zero, zero)
    print(f"{name}   max |Δα| = {moved.abs().max():.2f}")
