"""Trains what a result file does not hold yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from qkv_explained.myths.exam import measure, portrait
from qkv_explained.myths.lab import Init, Lab, train
from qkv_explained.myths.plan import (
    FIRST_EXAM_SEED,
    FIRST_TUNING_SEED,
    LARGE,
    LONGER,
    Setting,
    Size,
    run_name,
)
from qkv_explained.myths.variants import VARIANTS, Variant
from qkv_explained.runs import RunFile

PORTRAYED = "cycle"  # the lab whose attention weights are kept for pictures


class Runner:
    """Goes through a plan; every finished run is on disk at once.

    Attributes:
        plan: What to train.
        reported: The seeds that are reported.
        file: Where finished runs are kept.
        tick: Called with the number of model-steps just done.
        tell: Called with what is being trained.
    """

    def __init__(
        self, plan: Size, seeds: int, file: RunFile,
        tick: Callable[[int], Any], tell: Callable[[str], Any],
    ) -> None:
        self.plan, self.file = plan, file
        self.tick, self.tell = tick, tell
        self.reported = range(seeds)

    def everything(self) -> dict[str, Setting]:
        """Tune and report every variant in every lab.

        Returns:
            The chosen setting by "lab variant", and by "lab variant large"
            the best one that has the largest embeddings.
        """
        chosen = {}
        for lab, lrs in self.plan.labs:
            for variant in VARIANTS:
                merit = self.tune(lab, variant, lrs)
                best = max(merit, key=lambda s: merit[s])
                chosen[f"{lab.name} {variant.name}"] = best
                self.report(lab, variant, lab.steps, best)
                if variant.name in LONGER:
                    steps = lab.steps * self.plan.longer
                    self.report(lab, variant, steps, best)
                if variant.name in LARGE:
                    top = max(self.plan.stds)
                    merit = {s: m for s, m in merit.items() if s.std == top}
                    best = max(merit, key=lambda s: merit[s])
                    chosen[f"{lab.name} {variant.name} large"] = best
                    self.report(lab, variant, lab.steps, best)
        return chosen

    def tune(
        self, lab: Lab, variant: Variant, lrs: Sequence[float]
    ) -> dict[Setting, tuple[float, float]]:
        """Accuracy and, where that is equal, less loss, by setting.

        The seeds are not those that are reported.

        Args:
            lab: The task.
            variant: How the model makes its keys.
            lrs: The learning rates to try.

        Returns:
            For each setting, accuracy and minus the loss (nats), each
            summed over the seeds of tuning: the larger pair is better.
        """
        first = FIRST_TUNING_SEED
        starts = [
            Init(std, seed)
            for std in self.plan.stds
            for seed in range(first, first + self.plan.tuning_seeds)
        ]
        merit: dict[Setting, tuple[float, float]] = {}
        for lr in lrs:
            found = self.runs(lab, variant, lab.steps, lr, starts)
            for start, numbers in zip(starts, found, strict=True):
                setting = Setting(lr, start.std)
                right, minus_loss = merit.get(setting, (0.0, 0.0))
                merit[setting] = (
                    right + numbers["accuracy"], minus_loss - numbers["loss"]
                )
        return merit

    def report(
        self, lab: Lab, variant: Variant, steps: int, setting: Setting
    ) -> None:
        """Have the runs that are reported with a setting.

        Args:
            lab: The task.
            variant: How the model makes its keys.
            steps: How many steps to train.
            setting: The learning rate and the spread of the first weights.
        """
        starts = [Init(setting.std, seed) for seed in self.reported]
        self.runs(lab, variant, steps, setting.lr, starts)

    def runs(
        self, lab: Lab, variant: Variant, steps: int, lr: float,
        starts: Sequence[Init],
    ) -> list[dict[str, float]]:
        """What runs measured; those that are missing are trained together.

        Args:
            lab: The task.
            variant: How the model makes its keys.
            steps: How many steps to train.
            lr: The learning rate.
            starts: Seed and spread of the first weights of each run.

        Returns:
            The numbers of each run by name, in the order of `starts`.
        """
        names = [run_name(lab, variant, steps, lr, s) for s in starts]
        missing = [
            (name, start)
            for name, start in zip(names, starts, strict=True)
            if name not in self.file.runs
        ]
        self.tell(f"{lab.name} {variant.name}")
        self.tick(steps * (len(names) - len(missing)))
        if missing:
            self.train(lab, variant, steps, lr, missing)
        return [self.file.runs[name] for name in names]

    def train(
        self, lab: Lab, variant: Variant, steps: int, lr: float,
        missing: Sequence[tuple[str, Init]],
    ) -> None:
        """Train and examine models, and keep what they showed.

        Args:
            lab: The task.
            variant: How the model makes its keys.
            steps: How many steps to train.
            lr: The learning rate.
            missing: Name and start of each run, trained side by side.
        """
        begun = time.perf_counter()
        starts = [start for _, start in missing]
        models = train(lab, variant, lr, steps, starts, self.tick)
        measured = {}
        for (name, start), model in zip(missing, models, strict=True):
            exam = FIRST_EXAM_SEED + start.seed
            found = measure(lab, variant, model, exam)
            # Six digits are more than a thousand sequences can tell.
            measured[name] = {k: float(f"{v:.6g}") for k, v in found.items()}
            if (lab.name, start.seed, steps) == (PORTRAYED, 0, lab.steps):
                maps = self.file.content.setdefault("maps", {})
                maps[variant.name] = portrait(lab, variant, model, exam)
        self.file.record(measured, time.perf_counter() - begun)
