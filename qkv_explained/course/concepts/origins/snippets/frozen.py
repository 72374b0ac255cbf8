import torch

from qkv_explained.origins import answer, draw_boards, draw_weights, train

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
W = train(W, steps=200, generator=rng)[-1]
before = [matrix.clone() for matrix in W]

boards = draw_boards(10_000, generator=rng)
answer(boards.questions, boards.facts, W)
for i, name in enumerate(("W_Q", "W_K", "W_V")):
    print(f"{name}  max |Δ| {(W[i] - before[i]).abs().max():.2f}")

K = boards.facts @ W.W_K  # (batch, n_k, d_k)
print(f"K    max |Δ| {(K[1] - K[0]).abs().max():.2f}")
