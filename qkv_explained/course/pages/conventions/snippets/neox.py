import torch

rng = torch.Generator().manual_seed(0)
n_heads, d_k, d_model = 4, 16, 64
W_Q, W_K, W_V = torch.randn(3, n_heads, d_k, d_model, generator=rng)

fused = torch.stack([W_Q, W_K, W_V], dim=1)  # (n_heads, 3, d_k, d_model)
fused = fused.reshape(3 * d_model, d_model)  # query_key_value.weight

wrong = fused[:d_model].reshape(n_heads, d_k, d_model)
right = fused.reshape(n_heads, 3, d_k, d_model)[:, 0]
for h in range(n_heads):
    cut, by_head = ((Q[h] == W_Q[h]).float().mean() for Q in (wrong, right))
    print(f"Q{h + 1}   fused[:64] {cut:4.0%}   reshape(…)[:, 0] {by_head:.0%}")
