import torch

S = torch.tensor([[1.0, 5.0], [2.0, 1.0]])  # (n, n)
common = (S + S.T) / 2
difference = (S - S.T) / 2
print(common.tolist())
print(difference.tolist())
assert torch.equal(difference, -difference.T)
assert torch.equal(common + difference, S)
