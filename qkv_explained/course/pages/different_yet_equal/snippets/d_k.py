import torch

rng = torch.Generator().manual_seed(0)
d_model, h, d_k, d_v = 512, 8, 64, 96
Q = torch.randn(5, d_k, generator=rng).double()  # (n_q, d_k)
K = torch.randn(4, d_k, generator=rng).double()  # (n_k, d_k)
V = torch.randn(4, d_v, generator=rng).double()  # (n_k, d_v)

for name, size in (
    ("d_model // h", d_model // h),
    ("Q.shape[-1]", Q.shape[-1]),
    ("K.shape[-1]", K.shape[-1]),
    ("V.shape[-1]", V.shape[-1]),
    ("h", h),
):
    weights = (Q @ K.T / size**0.5).softmax(dim=-1)  # (n_q, n_k)
    print(f"{name:12} {size:2} ", *(f"{w:.3f}" for w in weights[2].tolist()))
