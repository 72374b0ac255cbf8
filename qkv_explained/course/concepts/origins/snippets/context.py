import torch

from qkv_explained.attention import scaled_dot_product_attention

rng = torch.Generator().manual_seed(0)
W_Q, W_K, W_V = torch.randn(3, 2, 8, 8, generator=rng)  # 2 layers
x, left, right = torch.randn(3, 1, 8, generator=rng)
one, other = torch.cat([x, left]), torch.cat([x, right])

for i in (0, 1):
    k, k_ = one[0] @ W_K[i], other[0] @ W_K[i]
    print(f"layer {i + 1}   k = k': {torch.allclose(k, k_)}")
    one, other = (
        X + scaled_dot_product_attention(X @ W_Q[i], X @ W_K[i], X @ W_V[i])[0]
        for X in (one, other)
    )
