import torch
import torch.nn.functional as F

from qkv_explained.weight_dimensions import AXES, from_paper

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng, dtype=torch.float64)
W = torch.randn(512, 256, generator=rng, dtype=torch.float64)  # 4 heads

form = {name: from_paper(W, name, n_heads=4) for name in AXES}
Q = {
    "paper": X @ form["paper"],
    "linear": F.linear(X, form["linear"]),
    "conv1d": X @ form["conv1d"],
    "column": torch.stack([form["column"] @ x for x in X]),
    "heads": torch.cat([X @ W_h for W_h in form["heads"]], dim=1),
}
for name in AXES:
    torch.testing.assert_close(Q[name], X @ W, rtol=0, atol=1e-10)
    print(f"{name:6}", tuple(form[name].shape))
