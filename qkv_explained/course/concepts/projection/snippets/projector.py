import torch

W = torch.tensor([[1.0], [2.0]])  # (d_model, d_k) = (2, 1)
P = W @ torch.linalg.pinv(W)  # (d_model, d_model)
X = torch.tensor([[3.0, 1.0], [-1.0, 3.0]])  # x, x'

for name, Y in (
    ("P", P),
    ("P P", P @ P),
    ("X W", X @ W),
    ("X P", X @ P),
    ("X P W", X @ P @ W),
):
    print(f"{name:6}", [[round(y, 1) for y in row] for row in Y.tolist()])
