import torch

from qkv_explained.attention import attention_weights

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng)
W_Q = torch.randn(512, 64, generator=rng) / 512**0.5
W_K = torch.randn(512, 64, generator=rng) / 512**0.5

for name, Q, K in (("X X", X, X), ("Q K", X @ W_Q, X @ W_K)):
    scores = Q @ K.mT
    own = attention_weights(Q, K).diagonal()
    same = torch.allclose(scores, scores.mT)
    print(f"{name}  symmetric: {same!s:5}  weight on itself: {own.mean():.2f}")
