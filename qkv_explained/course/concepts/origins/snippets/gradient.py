import torch
import torch.nn.functional as F

from qkv_explained.origins import Weights, answer, draw_boards, draw_weights

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
boards = draw_boards(64, generator=rng)

W = Weights(*(matrix.requires_grad_() for matrix in W))
logits, weights = answer(boards.questions, boards.facts, W)
loss = F.cross_entropy(logits.flatten(0, 1), boards.answers.flatten())
grads = torch.autograd.grad(loss, list(W))

print(f"L = {loss:.2f}")
for name, g in zip(W._fields, grads, strict=True):
    moving = (g != 0).any(dim=1).sum().item()
    print(f"∂L/∂{name}  norm {g.norm():.3f}  rows ≠ 0: {moving} / {len(g)}")
