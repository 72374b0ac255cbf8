import torch

K = torch.eye(3, dtype=torch.int64)  # (n, d_k)
Q = K.roll(-1, dims=0)  # q_i = k_{i+1}
scores = Q @ K.T  # (n, n)
print(scores.tolist())
print(scores.argmax(dim=1).tolist())
