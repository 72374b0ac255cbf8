import torch

q = torch.tensor([4.0, 0.0])  # (d_k,)
keys = {"cat": [1.0, 0.0], "mat": [3.0, 4.0], "sat": [-1.0, 1.0]}
for name, numbers in keys.items():
    k = torch.tensor(numbers)
    cosine = q @ k / (q.norm() * k.norm())
    print(f"{name}  |k| {k.norm():.2f}  cos {cosine:5.2f}  q.k {q @ k:5.1f}")
