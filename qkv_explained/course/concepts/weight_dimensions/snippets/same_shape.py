import torch

from qkv_explained.origins import draw_boards, draw_weights, gradients

rng = torch.Generator().manual_seed(0)
W = draw_weights(10, 4, 3, 4, generator=rng)
boards = draw_boards(64, generator=rng)
print("shapes ", tuple(W.W_Q.shape), tuple(W.W_K.shape))
print("W_Q = W_K:", torch.equal(W.W_Q, W.W_K))

tied = W._replace(W_K=W.W_Q)
_, grad = gradients(boards, tied)
print("tied,  W_Q = W_K:", torch.equal(tied.W_Q, tied.W_K))
print("∂L/∂W_Q = ∂L/∂W_K:", torch.allclose(grad.W_Q, grad.W_K))

W_Q, W_K = tied.W_Q - grad.W_Q, tied.W_K - grad.W_K
print("1 step, W_Q = W_K:", torch.allclose(W_Q, W_K))
