import torch


def mix_with_dropout(weights, V, keep, p):
    weights = weights * keep / (1 - p)
    return weights @ V, weights


weights = torch.tensor([[[0.5, 0.3, 0.2]]])  # (1, 1, n_k)
keep = torch.tensor([[[True, True, False]]])
_, shown = mix_with_dropout(weights, torch.ones(1, 3, 1), keep, p=0.5)
print(shown.sum(dim=-1))
