import torch

from qkv_explained.origins import accuracy, draw_boards, draw_weights, train

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
history = train(W, steps=200, generator=rng)

boards = draw_boards(1000, generator=torch.Generator().manual_seed(1))
start = history[0].W_Q
for step in (0, 1, 10, 50, 200):
    W = history[step]
    moved = (W.W_Q - start).norm() / start.norm()
    print(
        f"step {step:3}   accuracy {accuracy(boards, W):.2f}   "
        f"‖W_Q − W_Q(0)‖ / ‖W_Q(0)‖ {moved:.2f}"
    )
