import torch
from torch import nn

torch.manual_seed(0)
layer = nn.MultiheadAttention(512, 8, bias=False, batch_first=True)
W = layer.in_proj_weight  # W_Qᵀ, W_Kᵀ, W_Vᵀ: (3 · 512, 512)
X = torch.randn(4, 10, 512)  # (batch, n, d_model)

layer(X, X, X)[0].pow(2).sum().backward()
for name, w, g in zip("QKV", W.chunk(3), W.grad.chunk(3), strict=True):
    print(f"W_{name}  max |W| {w.abs().max():.4f}   ‖∂L/∂W‖ {g.norm():.2f}")
