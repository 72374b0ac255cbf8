import torch
import torch.nn.functional as F

d_model, d_k, n_heads, n_q, n_k = 512, 64, 8, 10, 12
rng = torch.Generator().manual_seed(0)
Q = torch.randn(n_heads, n_q, d_k, generator=rng)
Y = torch.randn(n_k, d_model, generator=rng)

for n_kv_heads in (8, 2, 1):
    W_K = torch.randn(d_model, n_kv_heads * d_k, generator=rng)
    K = (Y @ W_K).reshape(n_k, n_kv_heads, d_k)
    K = K.transpose(0, 1)  # (n_kv_heads, n_k, d_k)
    K = K.repeat_interleave(n_heads // n_kv_heads, dim=0)
    output = F.scaled_dot_product_attention(Q, K, K)
    print(
        f"n_kv_heads {n_kv_heads}  W_K {tuple(W_K.shape)!s:10} "
        f"{W_K.numel():>7,}  output {tuple(output.shape)}"
    )
