import torch
from torch.nn import functional as F


def loss(logits, targets):
    logits, targets = logits[:, :-1], targets[:, 1:]
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


tokens = torch.tensor([[0, 1, 2, 3, 4]])
targets = tokens[:, 1:]
sure = 20.0 * F.one_hot(targets, 5)  # (1, 4, 5)
print(f"{loss(sure, targets):.2f}")
