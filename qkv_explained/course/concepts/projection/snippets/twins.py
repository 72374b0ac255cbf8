import torch

W_Q = torch.tensor([[1, 0], [0, 1], [2, 1], [1, -1]])
x = torch.tensor([1, 2, 0, 1])

for v in ([-1, 1, 0, 1], [-2, -1, 1, 0]):
    v = torch.tensor(v)
    print(f"v W_Q = {(v @ W_Q).tolist()}", end="   ")
    print(f"x + v = {(x + v).tolist()}", end="   ")
    print(f"(x + v) W_Q = {((x + v) @ W_Q).tolist()}")
print(f"x W_Q = {(x @ W_Q).tolist()}")
