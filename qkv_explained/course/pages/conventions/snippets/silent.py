import torch
from torch import nn

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng)
W = torch.randn(512, 512, generator=rng) / 512**0.5
Q = X @ W

layer = nn.Linear(512, 512, bias=False)
for name, weight in (("W  ", W), ("W.T", W.T)):
    layer.load_state_dict({"weight": weight})
    off = (layer(X) - Q).abs().max()
    print(f"{name}  {tuple(layer(X).shape)}  max |layer(X) − Q| {off:.2f}")
