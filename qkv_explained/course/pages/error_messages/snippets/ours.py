import textwrap

import torch

from qkv_explained import attention, multi_head, origins, projection
from qkv_explained.weight_dimensions import orientation, to_paper

X, W = torch.zeros(10, 512), torch.zeros(64, 512)
rng = torch.Generator().manual_seed(0)

for attempt in (
    lambda: projection.project(X, W),
    lambda: attention.attention_scores(X[:, :64], X),
    lambda: to_paper(W, "paper", d_model=512),
    lambda: orientation((512, 512), d_model=512),
    lambda: multi_head.split_heads(X, 7),
    lambda: origins.draw_boards(2, generator=rng, n_facts=7),
):
    try:
        attempt()
    except ValueError as e:
        print(textwrap.fill(str(e), 66), end="\n\n")
