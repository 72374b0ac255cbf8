import torch

weights = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0, 1, 0], [0.7, 0.2, 0.1]])
V = torch.tensor([[4.0, 1], [0, 3], [1, 0]])  # (n_k, d_v)
output = weights @ V  # (n_q, d_v)
for name, row in zip(["cat", "mat", "it"], output, strict=True):
    print(f"{name:3}", *(f"{x:.2f}" for x in row))
