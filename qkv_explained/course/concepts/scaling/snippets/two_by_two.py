import torch

rng = torch.Generator().manual_seed(0)
Q = torch.randn(100_000, 2, 2, generator=rng)  # (draws, n_q, d_k)
K = torch.randn(100_000, 2, 2, generator=rng)  # (draws, n_k, d_k)

variances = (Q @ K.mT).flatten(1).var(dim=1)  # (draws,)
print("Var", " ".join(f"{v:.1f}" for v in variances[:10]))
print(f"mean {variances.mean():.1f}")
