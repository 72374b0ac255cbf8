import torch

scores = torch.tensor([2.0, 1.0, 0.0])  # (n_k,)
for T in (0.1, 0.5, 1.0, 2.0, 10.0):
    weights = (scores / T).softmax(dim=-1)  # (n_k,)
    print(f"T {T:4}", *(f"{w:.3f}" for w in weights))
