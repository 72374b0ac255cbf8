import torch

from qkv_explained.attention import attention_weights
from qkv_explained.projection import project

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
W_K = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
b = 3 * torch.randn(64, generator=rng, dtype=torch.float64)

Q, K = project(X, W_Q), project(X, W_K)
plain = attention_weights(Q, K)
for name, weights in (
    ("b_Q", attention_weights(project(X, W_Q, b), K)),
    ("b_K", attention_weights(Q, project(X, W_K, b))),
):
    moved = (weights - plain).abs().max()
    print(f"{name}  weights move: {(moved > 1e-12).item()!s:5} {moved:.2f}")
