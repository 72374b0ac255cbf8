import math

import torch

cat, dog, mat, it = torch.eye(4)
X = torch.stack([cat, mat, it])  # (n, d_model) = (3, 4)
W_Q = torch.tensor([[0.0], [0], [0], [3]])  # (d_model, d_k) = (4, 1)
W_K = torch.tensor([[1.0], [1], [-1], [0]])  # (d_model, d_k) = (4, 1)
W_V = torch.tensor([[7.0], [3], [-7], [0]])  # (d_model, d_v) = (4, 1)

Q, K, V = X @ W_Q, X @ W_K, X @ W_V  # (n, d_k), (n, d_k), (n, d_v)
scores = Q @ K.T / math.sqrt(1)  # (n, n)
weights = scores.softmax(dim=-1)  # (n, n)
output = weights @ V  # (n, d_v)
for i, name in enumerate(["cat", "mat", "it"]):
    shares = [f"{w:.2f}" for w in weights[i]]
    print(f"{name:4}", *shares, f" -> {output[i].item():5.2f}")
