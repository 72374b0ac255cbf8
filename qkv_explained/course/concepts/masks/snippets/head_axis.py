import torch

batch, n_heads, n = 2, 2, 3
scores = torch.zeros(batch, n_heads, n, n)
mask = torch.ones(batch, n, n).bool()
mask[1, :, 2] = False

wrong = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)
right = scores.masked_fill(~mask[:, None], -torch.inf).softmax(dim=-1)
for name, weights in (("mask", wrong), ("mask[:, None]", right)):
    for b in range(batch):
        for a in range(n_heads):
            row = " ".join(f"{w:.2f}" for w in weights[b, a, 0].tolist())
            print(f"{name:13}  b = {b}, a = {a}: {row}")
