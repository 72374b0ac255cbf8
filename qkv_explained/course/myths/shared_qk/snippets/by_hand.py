import torch

Q = torch.tensor([[1, 1, 0], [0, 3, 3], [0, 0, 9]])  # (n, d_k)
K = Q
scores = Q @ K.T  # (n, n)
print(scores.tolist())
print(scores.argmax(dim=1).tolist())
assert torch.equal(scores, scores.T)
