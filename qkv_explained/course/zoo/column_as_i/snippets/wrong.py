import math

import torch


def sinusoid(n, d_model):
    table = torch.zeros(n, d_model)
    for pos in range(n):
        for i in range(0, d_model, 2):
            table[pos, i] = math.sin(pos / 10000 ** (2 * i / d_model))
            table[pos, i + 1] = math.cos(
                pos / 10000 ** (2 * (i + 1) / d_model))
    return table


pairs = sinusoid(50, 8).unflatten(-1, (4, 2))  # (n, d_model / 2, 2)
lengths = pairs.norm(dim=-1)  # sin^2 + cos^2 = 1
print(f"{lengths.min():.2f} {lengths.max():.2f}")
