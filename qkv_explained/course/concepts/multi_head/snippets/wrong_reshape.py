import torch

n, n_heads, d_k = 3, 2, 2
token, column = torch.arange(1, 4)[:, None], torch.arange(1, 5)
Q = 10 * token + column  # (n, n_heads * d_k): 23 = token 2, column 3

right = Q.reshape(n, n_heads, d_k).transpose(0, 1)  # (n_heads, n, d_k)
wrong = Q.reshape(n_heads, n, d_k)  # (n_heads, n, d_k)

print("Q", Q.tolist())
for name, heads in (("reshape, transpose", right), ("reshape", wrong)):
    print(name)
    for head in heads.tolist():
        print("   ", head)
