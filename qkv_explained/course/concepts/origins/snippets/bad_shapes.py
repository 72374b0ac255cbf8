import textwrap

import torch

from qkv_explained.origins import answer, draw_boards, draw_weights

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
odd = W._replace(W_K=torch.zeros(10, 5, dtype=torch.float64))
good = draw_boards(2, generator=rng)
narrow = draw_boards(2, generator=rng, n_shelves=3)

for attempt in (
    lambda: answer(narrow.questions, narrow.facts, W),
    lambda: answer(good.questions, good.facts, odd),
):
    try:
        attempt()
    except ValueError as e:
        print(textwrap.fill(f"ValueError: {e}", 66), end="\n\n")
