import torch

rng = torch.Generator().manual_seed(0)
Q = torch.randn(2, 5, 3, generator=rng)  # (n_heads, n_q, d_k)
K = torch.randn(2, 7, 3, generator=rng)  # (n_heads, n_k, d_k)

S_1, S_2 = Q @ K.mT  # each (n_q, n_k)
S = torch.cat([*Q], dim=1) @ torch.cat([*K], dim=1).mT  # d = 6
print("S = S_1 + S_2:", torch.allclose(S, S_1 + S_2, atol=1e-5))

product = S_1.softmax(dim=-1) * S_2.softmax(dim=-1)
product = product / product.sum(dim=-1, keepdim=True)
print("softmax(S) = product:", torch.allclose(S.softmax(dim=-1), product))

mixed = (S_1.softmax(dim=-1) + S_2.softmax(dim=-1)) / 2
print("distance to the mean:", round((product - mixed).abs().max().item(), 2))
