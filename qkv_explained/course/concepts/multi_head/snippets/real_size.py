import torch

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.multi_head import merge_heads, split_heads

rng = torch.Generator().manual_seed(0)
X = torch.randn(2, 10, 512, generator=rng)  # (batch, n, d_model)
W_Q, W_K, W_V, W_O = torch.randn(4, 512, 512, generator=rng) / 512**0.5

Q = split_heads(X @ W_Q, n_heads=8)
K = split_heads(X @ W_K, n_heads=8)
V = split_heads(X @ W_V, n_heads=8)
heads, weights = scaled_dot_product_attention(Q, K, V)
concat = merge_heads(heads)
output = concat @ W_O

for name in ("X", "Q", "K", "V", "weights", "heads", "concat", "output"):
    print(f"{name:7}", tuple(locals()[name].shape))
