import torch

rng = torch.Generator().manual_seed(0)
d_k = 64
q, k = torch.randn(2, d_k, generator=rng).double()
speed = 10_000 ** (-2 * torch.arange(d_k // 2).double() / d_k)  # (d_k / 2,)


def turn(x, position):
    c, s = torch.cos(position * speed), torch.sin(position * speed)
    a, b = x[0::2], x[1::2]  # (d_k / 2,)
    pairs = torch.stack([a * c - b * s, a * s + b * c], dim=-1)
    return pairs.flatten()  # (d_k,)


for offset in (0, 1, 5):
    for n in (0, 10, 1000):
        score = turn(q, n + offset) @ turn(k, n) / d_k**0.5
        print(f"{n + offset:5} - {n:4} = {offset}: {score.item():6.3f}")
