import torch

from qkv_explained.origins import draw_boards, draw_weights, gradients

rng = torch.Generator().manual_seed(0)
W = draw_weights(10, 4, 3, 4, generator=rng)
W = W._replace(W_K=W.W_Q)

for step in range(4):
    print(f"{step}   max |W_Q − W_K| {(W.W_Q - W.W_K).abs().max():.4f}")
    _, grad = gradients(draw_boards(64, generator=rng), W)
    W = type(W)(*(w - 1.0 * g for w, g in zip(W, grad, strict=True)))
