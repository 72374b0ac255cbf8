import torch

from qkv_explained.origins import draw_boards, draw_weights, gradients

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
boards = draw_boards(64, generator=rng)

loss, grad = gradients(boards, W)
print(f"L = {loss:.2f}")
for name in ("W_Q", "W_K", "W_V"):
    g = getattr(grad, name)
    rows = (g != 0).any(dim=1).sum().item()
    print(f"∂L/∂{name}  norm {g.norm():.3f}  rows ≠ 0: {rows} / 10")
