import torch
from torch import nn

torch.manual_seed(0)
layer = nn.MultiheadAttention(512, 8, bias=False)
in_proj = layer.in_proj_weight.detach()  # (3 · 512, 512)
W_Q, W_K, W_V = in_proj.T.split(512, dim=1)  # (512, 512) each
c_attn = torch.cat([W_Q, W_K, W_V], dim=1)  # (512, 3 · 512)

X = torch.randn(10, 512)
K = X @ W_K
for name, other in {
    "in_proj, 2": X @ in_proj.T[:, 512:1024],
    "c_attn, 2 ": (X @ c_attn).split(512, dim=-1)[1],
    "in_proj, 1": X @ in_proj.T[:, :512],
}.items():
    print(f"{name}  max |K − …| {(K - other).abs().max():.2f}")
