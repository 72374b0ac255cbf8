import torch

d_model, d_k, h = 512, 64, 8
rng = torch.Generator().manual_seed(0)
Q = torch.randn(1000, 1, d_k, generator=rng)
K = torch.randn(1000, 10, d_k, generator=rng)

for name, divisor in {
    "√d_k": d_k**0.5,
    "√d_model": d_model**0.5,
    "d_k": d_k,
    "√d_k · √d_k": d_k**0.5 * d_k**0.5,
    "√h": h**0.5,
    "1": 1,
    "1 / √d_k": d_k**-0.5,
}.items():
    scores = Q @ K.mT / divisor
    largest = scores.softmax(dim=-1).max(dim=-1).values.mean()
    print(f"{name:12} std {scores.std():6.3f}   max α {largest:.2f}")
