import torch

rng = torch.Generator().manual_seed(0)
X = torch.randn(5, 512, generator=rng).double()  # (n, d_model)
W = torch.randn(512, 512, generator=rng).double() / 512**0.5

big = (X @ W).reshape(5, 8, 64).transpose(0, 1)  # (h, n, d_k)
small = torch.stack([X @ W[:, 64 * a : 64 * a + 64] for a in range(8)])
wrong = (X @ W).reshape(8, 5, 64)  # (h, n, d_k)
for name, Q in (("1 * (512, 512)", big), ("8 * (512, 64)", small),
                ("reshape only", wrong)):  # fmt: skip
    print(f"{name:14}", *(f"{q:6.3f}" for q in Q[2, 4, :4].tolist()))
