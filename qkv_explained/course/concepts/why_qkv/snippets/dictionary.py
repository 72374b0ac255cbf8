import torch

keys = torch.tensor([1.0, -1.0])  # (n_k,)
values = torch.tensor([7.0, -7.0])  # (n_k,)
hard = {1.0: 7.0, -1.0: -7.0}


def soft(query, sharp):
    weights = (sharp * query * keys).softmax(dim=-1)  # (n_k,)
    return (weights @ values).item()


for sharp in (0, 1, 3, 30):
    print(f"{sharp:2}", f"{soft(1.0, sharp):5.2f}", f"{soft(0.2, sharp):5.2f}")
print(hard[1.0], hard.get(0.2))
