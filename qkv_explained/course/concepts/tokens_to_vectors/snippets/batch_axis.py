import torch

batch, n, d_model = 2, 6, 4
X = torch.zeros(batch, n, d_model)
P = torch.arange(100.0).unsqueeze(1).expand(100, d_model)  # (max_len, d_model)
right = X + P[:n]  # (batch, n, d_model) + (n, d_model)
wrong = X + P[:batch].unsqueeze(1)  # (batch, n, d_model) + (batch, 1, d_model)
for Y in (right, wrong):
    print(Y[..., 0].int().tolist())
