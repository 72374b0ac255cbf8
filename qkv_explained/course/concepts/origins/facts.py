"""Numbers on the page `origins`, over seeds."""

import math
from statistics import mean, stdev
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from qkv_explained.origins import (
    Boards,
    Switch,
    Weights,
    accuracy,
    answer,
    draw_boards,
    draw_weights,
    gradients,
    product,
    train,
)

SEEDS, FEW_SEEDS, STEPS, N_ITEMS = 16, 4, 200, 6
SWITCHES: tuple[Switch | None, ...] = (
    None, "swap", "tie", "no_W_V", "no_softmax", "no_scale",
)  # fmt: skip


def facts() -> dict[str, Any]:
    """What the runs give: means, with standard errors where seeds differ.

    Returns:
        Shares as numbers from 0 to 1, counts as integers.
    """
    boards = draw_boards(2000, generator=torch.Generator().manual_seed(10**6))
    runs = [_run(seed) for seed in range(SEEDS)]
    first, last = [run[0] for run in runs], [run[-1] for run in runs]
    right = [accuracy(boards, W) for W in last]
    tables = [product(W) for W in last]
    diagonal = torch.arange(N_ITEMS)
    slopes = [gradients(boards, W)[1] for W in first]
    return {
        "seeds": SEEDS,
        "few_seeds": FEW_SEEDS,
        "steps": STEPS,
        "test_questions": boards.answers.numel(),
        "parameters": sum(w.numel() for w in last[0]),
        "accuracy_start": _spread([accuracy(boards, W) for W in first]),
        "accuracy_end": _spread(right),
        "accuracy_end_min": min(right),
        "accuracy_zeros": _spread(
            [accuracy(boards, _run(s, True)[-1]) for s in range(FEW_SEEDS)]
        ),
        # What naming the commonest shelf of each board would score.
        "commonest_shelf": (
            boards.facts[..., N_ITEMS:].sum(1).amax(1) / boards.facts.shape[1]
        )
        .mean()
        .item(),
        "attention_start": _spread([_attention(boards, W) for W in first]),
        "attention_end": _spread([_attention(boards, W) for W in last]),
        "moved": {
            name: _spread(
                [
                    ((after - before).norm() / before.norm()).item()
                    for before, after in _both(name, first, last)
                ]
            )
            for name in ("W_Q", "W_K", "W_V")
        },
        "gradient_V_over_Q": _spread(
            [(g.W_V.norm() / g.W_Q.norm()).item() for g in slopes]
        ),
        "cosine_with_draw": _spread(
            [_cosine(a, b) for a, b in _both("W_Q", first, last)]
        ),
        # Neighbours only, so that no run counts in two pairs.
        "cosine_pairs": SEEDS // 2,
        "cosine_W_Q_start": _pairs([W.W_Q for W in first]),
        "cosine_W_Q_end": _pairs([W.W_Q for W in last]),
        "cosine_M_start": _pairs([product(W) for W in first]),
        "cosine_M_end": _pairs(tables),
        "own_item_first": sum(
            int((table.argmax(dim=1) == diagonal).sum()) for table in tables
        ),
        "own_item_rows": SEEDS * N_ITEMS,
        "itself": _switched(0, last[:FEW_SEEDS]),
        "next": _switched(
            1, [_run(seed, shift=1)[-1] for seed in range(FEW_SEEDS)]
        ),
        "opposite": _opposite(last),
        "query_key_cosine": min(
            F.cosine_similarity(W.W_Q[:N_ITEMS], W.W_K[:N_ITEMS]).min().item()
            for W in last
        ),
        "xavier_bound_512": math.sqrt(6 / (512 + 3 * 512)),
    }


def _run(
    seed: int,
    zero: bool = False,
    shift: int = 0,
    switch: Switch | None = None,
) -> list[Weights]:
    generator = torch.Generator().manual_seed(seed)
    W = draw_weights(10, 4, 3, 4, generator=generator)
    if zero:
        zeros = torch.zeros_like(W.W_Q)
        W = W._replace(W_Q=zeros, W_K=zeros)
    return train(W, STEPS, generator=generator, shift=shift, switch=switch)


def _switched(shift: int, runs: list[Weights]) -> dict[str, Any]:
    """Accuracy with each switch: thrown at the end, or from the start.

    The least and the largest over the seeds.
    """
    boards = draw_boards(
        1000, generator=torch.Generator().manual_seed(10**6), shift=shift
    )
    found: dict[str, Any] = {}
    for switch in SWITCHES:
        end = [accuracy(boards, W, switch) for W in runs]
        start = [
            accuracy(
                boards, _run(seed, shift=shift, switch=switch)[-1], switch
            )
            for seed in range(FEW_SEEDS)
        ]
        found[switch or "none"] = {
            name: {"min": min(values), "max": max(values)}
            for name, values in (("end", end), ("start", start))
        }
    return found


def _opposite(runs: list[Weights]) -> dict[str, int]:
    """Pairs of items with queries more than 120° apart; runs with one."""
    pairs = []
    for W in runs:
        unit = F.normalize(W.W_Q[:N_ITEMS], dim=1)
        pairs.append(int((unit @ unit.mT < -0.5).sum()) // 2)
    return {"runs": sum(n > 0 for n in pairs), "pairs": sum(pairs)}


def _attention(boards: Boards, W: Weights) -> float:
    _, weights = answer(boards.questions, boards.facts, W)
    on_fact = weights.gather(2, boards.asked.unsqueeze(-1))
    return on_fact.mean().item()


def _both(
    name: str, first: list[Weights], last: list[Weights]
) -> list[tuple[Tensor, Tensor]]:
    return [
        (getattr(a, name), getattr(b, name))
        for a, b in zip(first, last, strict=True)
    ]


def _cosine(a: Tensor, b: Tensor) -> float:
    return F.cosine_similarity(a.flatten(), b.flatten(), dim=0).item()


def _pairs(matrices: list[Tensor]) -> dict[str, float | int | str]:
    return _spread(
        [
            _cosine(a, b)
            for a, b in zip(matrices[::2], matrices[1::2], strict=True)
        ]
    )


def _spread(values: list[float]) -> dict[str, float | int | str]:
    return {
        "mean": mean(values),
        "se": stdev(values) / math.sqrt(len(values)),
        "n": len(values),
        "unit": "1",
    }
