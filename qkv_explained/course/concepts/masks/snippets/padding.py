import torch

values = torch.tensor([3.0, 6.0, 9.0, 0.0, 0.0])  # (n_k,) = (3 + 2,)
scores = torch.zeros(5)
real = torch.tensor([True, True, True, False, False])

alone = scores[:3].softmax(dim=0) @ values[:3]
unmasked = scores.softmax(dim=0) @ values
masked = scores.masked_fill(~real, -torch.inf).softmax(dim=0) @ values
for output in (alone, unmasked, masked):
    print(round(output.item(), 2))
