import torch

from qkv_explained import origins

rng = torch.Generator().manual_seed(0)
W = origins.draw_weights(10, 4, 3, 4, generator=rng)
zeros = torch.zeros_like(W.W_Q)
start = W._replace(W_Q=zeros, W_K=zeros)
last = origins.train(start, 200, generator=rng)[-1]

for name in ("W_Q", "W_K", "W_V"):
    moved = getattr(last, name) - getattr(start, name)
    print(f"{name}  max |Δ| {moved.abs().max():.2f}")

boards = origins.draw_boards(1000, generator=rng)
_, weights = origins.answer(boards.questions, boards.facts, last)
print("α:", weights[0, 0].tolist())
print(f"accuracy {origins.accuracy(boards, last):.2f}")
