import textwrap

import torch
from torch import nn

from qkv_explained.weight_dimensions import orientation, to_paper

X = torch.zeros(10, 512)
stored = nn.Linear(512, 64).weight

for attempt in (
    lambda: X @ stored,
    lambda: to_paper(stored, "paper", d_model=512),
    lambda: to_paper(stored, "linear", d_model=500),
    lambda: orientation((512, 512), d_model=512),
):
    try:
        attempt()
    except (RuntimeError, ValueError) as e:
        print(textwrap.fill(f"{type(e).__name__}: {e}", 66), end="\n\n")
