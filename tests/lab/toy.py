"""A second experiment: whether a model that does not see its input works.

All that a new experiment needs is here; nothing of `lab` is copied.
"""

from dataclasses import dataclass

import torch

from qkv_explained.lab.experiment import Column, Experiment
from qkv_explained.lab.plan import Further, Plan
from qkv_explained.lab.task import Task
from qkv_explained.lab.verdicts import compare, works

N = 5  # symbols


@dataclass(frozen=True)
class Eyes:
    name: str
    see: bool


def task(name, answer, steps):
    """One symbol in, one out: `answer` of it."""

    def draw_weights(variant, setting, generator):
        std = setting["std"]
        weights = {"bias": std * torch.randn(N, generator=generator)}
        if variant.see:
            weights["table"] = std * torch.randn(N, N, generator=generator)
        return weights

    def draw_batch(many, generator):
        symbols = torch.randint(N, (many, 1), generator=generator)
        return symbols, answer(symbols)

    def forward(weights, symbols, variant):
        logits = weights["bias"].expand(*symbols.shape, N)
        if variant.see:
            logits = logits + weights["table"][symbols]
        return logits, torch.ones(*symbols.shape, 1)

    return Task(
        name, steps, 32, draw_weights, draw_batch, forward,
        lambda weights, attention, symbols: {}, {"chance": 1 / N},
    )


def plan(name="quick", steps=20, seeds=3):
    """Two tasks: the next symbol, and always the same one."""
    grid = {"lr": (0.3, 0.5), "std": (0.1, 1.0)}
    return Plan(
        name,
        (
            (task("next", lambda x: (x + 1) % N, steps), grid),
            (task("same", lambda x: x * 0 + 2, steps), grid),
        ),
        (Eyes("seeing", True), Eyes("blind", False)),
        tuning_seeds=2, seeds=seeds,
        further=(
            Further("longer", ("blind",), longer=2),
            Further("large", ("blind",), only={"std": 1.0}),
        ),
    )


def verdicts(values):
    """Claim 99: a model works without seeing its input."""
    plain = {
        task: compare(
            values[task]["blind"]["accuracy"],
            values[task]["seeing"]["accuracy"],
        )
        for task in ("next", "same")
    }
    return {"99": {"verdict": works(plain), "plain": plain}}


EXPERIMENT = Experiment(
    name="blind",
    plans={"quick": plan(), "full": plan("full", seeds=5)},
    verdicts=verdicts,
    columns=(
        Column("seeing", "seeing"), Column("blind", "blind"),
        Column("longer", "blind", "longer"),
    ),
    portrayed="same",
)
