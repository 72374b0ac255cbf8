import math

import torch


def turn(x, position, angle=math.pi / 6):  # 30° * position
    c, s = math.cos(position * angle), math.sin(position * angle)
    return torch.stack([x[0] * c - x[1] * s, x[0] * s + x[1] * c])


q, k = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 1.0])
for m, n in ((0, 0), (1, 0), (2, 1), (102, 101), (0, 1)):
    score = turn(q, m) @ turn(k, n)
    print(f"m = {m:3}, n = {n:3}: {score.item():5.2f}")
