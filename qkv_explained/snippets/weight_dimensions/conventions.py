import torch
import torch.nn.functional as F

from qkv_explained.weight_dimensions import from_paper

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W = torch.randn(512, 256, generator=rng, dtype=torch.float64)  # 4 heads

linear = from_paper(W, "linear")
conv1d = from_paper(W, "conv1d")
column = from_paper(W, "column")
heads = from_paper(W, "heads", n_heads=4)

for name, stored, Q in (
    ("paper ", W, X @ W),
    ("linear", linear, F.linear(X, linear)),
    ("conv1d", conv1d, torch.addmm(torch.zeros_like(W[0]), X, conv1d)),
    ("column", column, torch.stack([column @ x for x in X])),
    ("heads ", heads, torch.cat([X @ W_h for W_h in heads], dim=1)),
):
    torch.testing.assert_close(Q, X @ W, rtol=0, atol=1e-10)
    print(name, tuple(stored.shape))
