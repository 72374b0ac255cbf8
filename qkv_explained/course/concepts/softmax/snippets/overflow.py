import torch

scores = torch.tensor([100.0, 99.0, 98.0])  # float32
powers = scores.exp()
print(powers, powers / powers.sum())
powers = (scores - scores.max()).exp()
print(powers, powers / powers.sum())
