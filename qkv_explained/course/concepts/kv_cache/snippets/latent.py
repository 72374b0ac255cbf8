import torch

torch.set_default_dtype(torch.float64)
rng = torch.Generator().manual_seed(0)
n, d, d_c, h, d_k = 6, 64, 8, 4, 16
X = torch.randn(n, d, generator=rng)
W_D = torch.randn(d, d_c, generator=rng) / 8
W_Q = torch.randn(h, d, d_k, generator=rng) / 8
U_K = torch.randn(h, d_c, d_k, generator=rng)

C = X @ W_D  # (n, d_c)
q = X[-1] @ W_Q  # (h, d_k)
made = torch.einsum("hk,hnk->hn", q, C @ U_K)  # K = C U_K
folded = torch.einsum("hk,hck->hc", q, U_K) @ C.T  # (q U_K^T) C^T
print(made[0].numpy().round(2))
print(folded[0].numpy().round(2))
print(2 * h * d_k, "->", d_c)
