import torch
import torch.nn.functional as F

X = torch.tensor([[3.0, 3, 7, 7], [30, 30, 70, 70], [5, 5, 5, 9]])
mean = X.mean(dim=-1, keepdim=True)  # (n, 1)
variance = (X - mean).square().mean(dim=-1, keepdim=True)  # (n, 1)
print(((X - mean) / (variance + 1e-5).sqrt()).round(decimals=2))

print((X - mean)[0] / X[0].std())  # n - 1
print(F.layer_norm(X, (4,))[0])
