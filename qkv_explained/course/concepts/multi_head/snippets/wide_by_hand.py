import torch

q = torch.tensor([1.0, 1.0])  # (d_k,) = (2,)
K = torch.tensor([[5.0, 0.0], [0.0, 5.0], [3.0, 3.0]])  # (n_k, d_k)

for name, columns in (("1", [0]), ("2", [1]), ("1+2", [0, 1])):
    scores = K[:, columns] @ q[columns] / len(columns) ** 0.5  # (n_k,)
    weights = scores.softmax(dim=0)
    print(
        f"{name:3}",
        *(f"{s:5.2f}" for s in scores.tolist()),
        " ->",
        *(f"{w:.2f}" for w in weights.tolist()),
    )
