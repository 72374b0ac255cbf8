import torch
import torch.nn.functional as F

K = torch.tensor([0.0, 1.0])  # n_kv_heads = 2
print(K.repeat_interleave(2).int().tolist())
print(K.repeat(2).int().tolist())

rng = torch.Generator().manual_seed(0)
Q = torch.randn(1, 4, 5, 8, generator=rng)  # (batch, n_heads, n, d_k)
K, V = torch.randn(2, 1, 2, 5, 8, generator=rng)
right = F.scaled_dot_product_attention(Q, K, V, enable_gqa=True)
for name in "repeat_interleave", "repeat":
    if name == "repeat":
        shared = [X.repeat(1, 2, 1, 1) for X in (K, V)]
    else:
        shared = [X.repeat_interleave(2, dim=1) for X in (K, V)]
    out = F.scaled_dot_product_attention(Q, *shared)
    print((out - right).abs().amax(dim=(0, 2, 3)).numpy().round(2))
