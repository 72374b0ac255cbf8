import torch
from torch import nn

layer = nn.Linear(in_features=512, out_features=64)
print("weight", tuple(layer.weight.shape))
print("bias  ", tuple(layer.bias.shape))
print("numel ", sum(p.numel() for p in layer.parameters()))

X = torch.randn(10, 512, generator=torch.Generator().manual_seed(0))
Q = X @ layer.weight.T + layer.bias  # (10, 512) (512, 64) + (64,)
print(f"max |layer(X) − Q| {(layer(X) - Q).abs().max():.4f}")
