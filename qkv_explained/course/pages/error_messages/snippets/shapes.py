import textwrap

import torch
from torch import nn

X, Y = torch.zeros(10, 512), torch.zeros(12, 512)
layer = nn.Linear(512, 64)
Q, K, V = torch.zeros(10, 64), torch.zeros(12, 48), torch.zeros(11, 64)

for attempt in (
    lambda: X @ layer.weight,
    lambda: layer(X.T),
    lambda: Q @ Y.T,
    lambda: Q @ K.T,
    lambda: torch.ones(10, 12) @ V,
):
    try:
        attempt()
    except RuntimeError as e:
        print(textwrap.fill(f"RuntimeError: {e}", 66))
