import torch

rng = torch.Generator().manual_seed(0)
d, h = 8, 2
x = torch.randn(d, generator=rng, requires_grad=True)  # (d_model,)
W = torch.randn(h, d, d, generator=rng, requires_grad=True)  # h * (d, d)
w = W[1, : d // h, : d // h]  # (d / h, d / h)

query = x
for W_Q in W:
    query = query @ W_Q
for name, q_2 in (
    ("x @ W[1]", x @ W[1]),
    ("x.chunk(h)[1] @ w", x.chunk(h)[1] @ w),
    ("query = query @ W_Q", query),
):
    to_x, to_W = torch.autograd.grad(q_2.sum(), (x, W), allow_unused=True)
    counts = [int((g != 0).sum()) for g in (to_x, to_W[0], to_W[1])]
    print(f"{name:20}", *(f"{count:3}" for count in counts))
