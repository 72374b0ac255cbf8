import torch

rng = torch.Generator().manual_seed(0)
d_k = 8
q, k = torch.randn(2, d_k, generator=rng).double()
speed = 10_000 ** (-2 * torch.arange(d_k // 2).double() / d_k)  # (d_k / 2,)
order = torch.tensor([0, 2, 4, 6, 1, 3, 5, 7])


def turn(x, position, partner, layout):
    angles = layout(position * speed)  # (d_k,)
    return x * angles.cos() + partner(x) * angles.sin()


neighbours = (
    lambda x: torch.stack([-x[1::2], x[0::2]], dim=-1).flatten(),
    lambda a: a.repeat_interleave(2),  # a_0, a_0, a_1, a_1, ...
)
halves = (
    lambda x: torch.cat([-x[d_k // 2 :], x[: d_k // 2]]),
    lambda a: a.repeat(2),  # a_0, a_1, ..., a_0, a_1, ...
)
for name, q_, k_, how in (
    ("2i, 2i+1", q, k, neighbours),
    ("i, i+d/2", q, k, halves),
    ("i, i+d/2, order", q[order], k[order], halves),
    ("mixed", q, k, (halves[0], neighbours[1])),
):
    scores = [turn(q_, n + 3, *how) @ turn(k_, n, *how) for n in (0, 1, 1000)]
    print(f"{name:15}", *(f"{score.item():6.2f}" for score in scores))
