import torch

cat, dog, mat, it = torch.eye(4)
sentences = [[cat, mat, it], [dog, mat, it], [cat, mat, -it]]
W_Q = torch.tensor([[0.0], [0], [0], [3]])  # (d_model, d_k) = (4, 1)
W_K = torch.tensor([[1.0], [1], [-1], [0]])  # (d_model, d_k) = (4, 1)
W_V = torch.tensor([[7.0], [3], [-7], [0]])  # (d_model, d_v) = (4, 1)


def it_receives(X, W_q, W_k, W_v):
    Q, K, V = X @ W_q, X @ W_k, X @ W_v
    weights = (Q @ K.T).softmax(dim=-1)  # (n, n)
    return (weights @ V)[2].item()


print("             cat+   dog+   cat-")
for names in ("W_Q W_K W_V", "W_K W_K W_V", "W_Q W_Q W_V", "W_Q W_K W_K"):
    three = [globals()[name] for name in names.split()]
    row = [it_receives(torch.stack(X), *three) for X in sentences]
    print(names, *(f"{out:6.2f}" for out in row))
