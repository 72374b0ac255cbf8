import torch
from torch import nn

torch.manual_seed(0)
layer = nn.MultiheadAttention(512, 8, bias=False, batch_first=True)
other = nn.MultiheadAttention(512, 8, bias=False, batch_first=True)
drawn = layer.in_proj_weight.detach().clone()  # W_Q, W_K, W_V: (1536, 512)
print("W = W':", torch.equal(drawn, other.in_proj_weight))
print(f"max |W| {drawn.abs().max():.4f}   std {drawn.std():.3f}")

X = torch.randn(4, 10, 512)
layer(X, X, X)[0].pow(2).sum().backward()
for g in layer.in_proj_weight.grad.chunk(3):  # (d_out, d_model)
    print("∂L/∂W, rows ≠ 0:", (g != 0).any(dim=0).sum().item(), "/ 512")

with torch.no_grad():
    layer(X, X, X)
print("W after two passes = W:", torch.equal(layer.in_proj_weight, drawn))
