import torch

Q = torch.arange(12).reshape(3, 4)  # (n, n_heads * d_k) = (3, 4)
by_head = Q.reshape(3, 2, 2)  # (n, n_heads, d_k)
heads = by_head.transpose(0, 1)  # (n_heads, n, d_k)
wrong = Q.reshape(2, 3, 2)  # (n_heads, n, d_k)

for name, tensor in (
    ("Q", Q),
    ("reshape", by_head),
    ("transpose", heads),
    ("reshape only", wrong),
):
    print(f"{name:12} {tuple(tensor.shape)!s:9} {tensor.stride()}")

a, i, c = 1, 2, 0
print("heads[1, 2, 0] =", heads[a, i, c].item(), "=", a * 2 + i * 4 + c * 1)
