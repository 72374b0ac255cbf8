import torch

rng = torch.Generator().manual_seed(0)
d_k = 64
Q = torch.randn(5, d_k, generator=rng).double()  # (n_q, d_k)
K = torch.randn(4, d_k, generator=rng).double()  # (n_k, d_k)

for name, scores in (
    ("Q K / 8", Q @ K.T / d_k**0.5),
    ("(Q / 8) K", (Q / d_k**0.5) @ K.T),
    ("(Q / √8) (K / √8)", (Q / d_k**0.25) @ (K / d_k**0.25).T),
    ("(Q / 8) K / 8", (Q / d_k**0.5) @ K.T / d_k**0.5),
):
    weights = scores.softmax(dim=-1)  # (n_q, n_k)
    print(f"{name:17}", *(f"{w:.3f}" for w in weights[2].tolist()))
