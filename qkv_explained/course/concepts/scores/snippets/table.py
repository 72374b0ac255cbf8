import math

import torch

tokens = ["cat", "mat", "it"]
X = torch.eye(4)[:3]  # (n, d_model)
W_Q = torch.tensor([[0.0, 2], [0, 0], [4, 0], [0, 4]])  # (d_model, d_k)
W_K = torch.tensor([[1.0, 0], [0, 1], [0, 0], [0, 0]])  # (d_model, d_k)
Q, K = X @ W_Q, X @ W_K
scores = Q @ K.T / math.sqrt(2)  # (n_q, n_k)
print("q \\ k", *(f"{token:>5}" for token in tokens))
for token, row in zip(tokens, scores, strict=True):
    print(f"{token:5}", *(f"{s:5.2f}" for s in row))
