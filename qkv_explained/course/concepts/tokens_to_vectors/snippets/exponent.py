import torch

d_model = 8
i = torch.arange(d_model // 2)  # 0, 1, 2, 3
column = torch.arange(0, d_model, 2)  # 0, 2, 4, 6
right = 10_000 ** (2 * i / d_model)
wrong = 10_000 ** (2 * column / d_model)
for name, period in (("2 i", right), ("2 column", wrong)):
    print(f"{name:8}", *(f"{2 * torch.pi * p:13,.0f}" for p in period))
