import torch

W_V = torch.tensor([[1.0], [-1], [0], [0]])  # (d_model, d_v)
W_O = torch.tensor([[2.0, -2, 0, 0]])  # (d_v, d_model)
M = W_V @ W_O  # (d_model, d_model)
for row in M.int().tolist():
    print(*(f"{m:2}" for m in row))
weights = torch.tensor([0.9, 0.1, 0.0])  # it: cat, mat, it
X = torch.eye(4)[:3]  # (n_k, d_model)
for added in (weights @ (X @ W_V) @ W_O, weights @ (X @ M)):
    print(*(f"{x:5.2f}" for x in added))
