import textwrap

import torch
from torch import nn

Q = torch.zeros(2, 10, 512)

for attempt in (
    lambda: nn.MultiheadAttention(512, 7),
    lambda: Q.view(2, 10, 7, 64),
    lambda: Q.view(2, 10, 8, 64).transpose(1, 2).view(2, 10, 512),
    lambda: nn.MultiheadAttention(512, 8)(torch.zeros(2, 10, 64), Q, Q),
):
    try:
        attempt()
    except (AssertionError, RuntimeError) as e:
        print(textwrap.fill(f"{type(e).__name__}: {e}", 66), end="\n\n")
