import torch

X_q = torch.eye(3)  # (n_q, d_q) = (3, 3)
X_kv = torch.eye(4)  # (n_k, d_kv) = (4, 4)
W_Q = torch.tensor([[0.0, 8, 0, 0], [0, 0, 8, 0], [0, 0, 0, 8]])  # (d_q, d_k)
W_K = torch.eye(4)  # (d_kv, d_k)
W_V = torch.tensor([[10.0], [20], [30], [40]])  # (d_kv, d_v)

Q, K, V = X_q @ W_Q, X_kv @ W_K, X_kv @ W_V
scores = Q @ K.T / 4**0.5  # (n_q, n_k) = (3, 4)
weights = scores.softmax(dim=-1)  # (n_q, n_k)
output = weights @ V  # (n_q, d_v) = (3, 1)
for row, out in zip(weights.tolist(), output.tolist(), strict=True):
    print(*(f"{w:.2f}" for w in row), f" -> {out[0]:.1f}")
