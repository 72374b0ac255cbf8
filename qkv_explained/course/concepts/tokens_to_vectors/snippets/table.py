import torch

tokens = ["the", "cat", "sat", "on", "the", "mat"]
vocabulary = sorted(set(tokens))
ids = torch.tensor([vocabulary.index(token) for token in tokens])  # (n,)
rng = torch.Generator().manual_seed(0)
E = torch.randint(-3, 4, (len(vocabulary), 4), generator=rng)
X = E[ids]  # (n, d_model)
print(vocabulary, tuple(E.shape))
print(ids.tolist(), tuple(X.shape))
for token, row in zip(tokens, X.tolist(), strict=True):
    print(f"{token:3}", *(f"{x:2}" for x in row))
