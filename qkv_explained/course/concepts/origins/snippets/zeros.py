import torch

from qkv_explained import origins

rng = torch.Generator().manual_seed(0)
W = origins.draw_weights(10, 4, 3, 4, generator=rng)
zeros = torch.zeros_like(W.W_Q)
start = W._replace(W_Q=zeros, W_K=zeros)
last = origins.train(start, 200, generator=rng)[-1]

print("W_Q = 0:", torch.equal(last.W_Q, zeros))
print("W_K = 0:", torch.equal(last.W_K, zeros))
print("W_V = W_V(0):", torch.equal(last.W_V, W.W_V))

boards = origins.draw_boards(1000, generator=rng)
_, weights = origins.answer(boards.questions, boards.facts, last)
print("α:", weights[0, 0].tolist())
print(f"accuracy {origins.accuracy(boards, last):.2f}")
