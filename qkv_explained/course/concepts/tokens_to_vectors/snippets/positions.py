import torch

n, d_model = 6, 4
pos = torch.arange(n).unsqueeze(1)  # (n, 1)
i = torch.arange(d_model // 2)  # (d_model/2,)
angle = pos / 10_000 ** (2 * i / d_model)  # (n, d_model/2)
P = torch.empty(n, d_model)
P[:, 0::2] = angle.sin()
P[:, 1::2] = angle.cos()
for k, row in enumerate(P):
    print(k, *(f"{x:5.2f}" for x in row))
