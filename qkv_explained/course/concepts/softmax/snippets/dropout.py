import torch

p = 0.5
rng = torch.Generator().manual_seed(0)
weights = torch.tensor([[0.5, 0.3, 0.2]] * 4)  # (n_q, n_k)
keep = torch.rand(4, 3, generator=rng) > p  # (n_q, n_k)
dropped = weights * keep / (1 - p)  # (n_q, n_k)
for row in dropped:
    print(*(f"{w:.1f}" for w in row), " sum", f"{row.sum():.1f}")
