import torch

W = torch.tensor([[1.0], [2.0]])  # (d_model, d_k) = (2, 1)
try:
    W @ W
except RuntimeError as error:
    print("W W:", error)

P = W @ torch.linalg.pinv(W)  # (d_model, d_model)
print("P =", [[round(p, 1) for p in row] for row in P.tolist()])
print("P P = P:", torch.allclose(P @ P, P))

x = torch.tensor([[3.0, 1.0], [-1.0, 3.0]])
print("x W     =", (x @ W).tolist())
print("x P     =", [[round(p) for p in row] for row in (x @ P).tolist()])
print("(x P) W =", [[round(q) for q in row] for row in (x @ P @ W).tolist()])
