import torch

from qkv_explained.multi_head import merge_heads, split_heads

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W_Q = torch.randn(8, 512, 64, generator=rng, dtype=torch.float64) / 512**0.5

small = torch.stack([X @ W_Q[head] for head in range(8)])  # (8, 10, 64)
big = split_heads(X @ merge_heads(W_Q), n_heads=8)  # (8, 10, 64)

print("8 small", tuple(W_Q.shape), " 1 big", tuple(merge_heads(W_Q).shape))
error = (small - big).abs().max().item()
print("largest number of Q", round(big.abs().max().item(), 1))
print("difference below 1e-12:", error < 1e-12)
