import torch

n, w = 7, 3
i, j = torch.arange(n)[:, None], torch.arange(n)
allowed = (j <= i) & (j > i - w)  # (n, n)
print(allowed.int())

scores = torch.zeros(n, n).masked_fill(~allowed, -torch.inf)
print(scores.softmax(dim=-1)[-1].numpy().round(2))

cache = torch.zeros(n)  # scores of one new query
print(cache.softmax(dim=-1).numpy().round(2))
print(cache[-w:].softmax(dim=-1).numpy().round(2))
