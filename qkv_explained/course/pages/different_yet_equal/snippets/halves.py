import torch

from qkv_explained import rope

rng = torch.Generator().manual_seed(0)
X = torch.randn(5, 16, generator=rng).double()  # (n, d_model)
W_Q, W_K = torch.randn(2, 16, 8, generator=rng).double() / 4  # (16, d_k)
places = torch.arange(5)  # (n,)
order = rope.halves_from_neighbours(8)  # 0, 2, 4, 6, 1, 3, 5, 7

for name, turn, columns in (
    ("neighbours", rope.rotate_neighbours, slice(None)),
    ("halves, order", rope.rotate_halves, order),
    ("halves", rope.rotate_halves, slice(None)),
):
    Q = turn(X @ W_Q[:, columns], places)  # (n, d_k)
    K = turn(X @ W_K[:, columns], places)
    weights = (Q @ K.T / 8**0.5).softmax(dim=-1)  # (n, n)
    print(f"{name:13}", *(f"{w:.3f}" for w in weights[4].tolist()))
