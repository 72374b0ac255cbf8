"""Train the sentence models on several seeds and write what they do.

    python -m qkv_explained.models.measure docs/made/attention/result.json

A stopped run goes on where it was.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from tqdm import tqdm

from qkv_explained.lab.runs import RunFile, versions
from qkv_explained.lab.training import one_thread
from qkv_explained.models import grammar
from qkv_explained.models.training import (
    Setting,
    Sizes,
    cut,
    measure,
    train,
)

SEEDS = 6
ENOUGH = 0.95  # a model of this accuracy is counted as one that can
CLEAR = 0.5  # a head that gives a noun more than this looks at it
CHOSEN = (
    "Shipped is the seed whose layer 1 gives the right noun the largest "
    "mean weight, in both layers seeing both sides; values.<lang>.shipped"
)
# What each layer sees; the first is what is shipped.
SEES = (
    ("both", "both"), ("both",), ("left",), ("left", "left"),
    ("right", "left"),
)  # fmt: skip


def settings() -> list[Setting]:
    """Everything that is trained, in order."""
    found = []
    for lang in grammar.languages():
        found += [Setting(lang, sees) for sees in SEES]
        found.append(Setting(lang, positions=False))
        if len(grammar.grammar(lang).pronouns) > 1:
            found += [Setting(lang, sees, pairs="same") for sees in SEES[:2]]
    return sorted(found, key=lambda one: SEES.index(one.sees))


def main(path: Path) -> None:
    """Train what is missing and write the file.

    Args:
        path: The result file.
    """
    plan = settings()
    identity = {
        "experiment": "sentence-models", "seeds": list(range(SEEDS)),
        "sizes": asdict(Sizes()),
        "setting": {
            key: value for key, value in asdict(Setting("en")).items()
            if key in ("steps", "lr", "decay", "batch")
        },
    }  # fmt: skip
    command = f"python -m qkv_explained.models.measure {path.as_posix()}"
    file = RunFile(path, identity, command)
    names = {s: [f"{s.name}/{seed}" for seed in range(SEEDS)] for s in plan}
    left = [s for s in plan if not set(names[s]) <= set(file.runs)]
    total = sum(s.steps for s in left)
    with one_thread(), tqdm(total=total, unit="step") as bar:
        for setting in left:
            bar.set_description(setting.name)
            begun = time.perf_counter()
            trained = train(setting, range(SEEDS), bar.update)
            file.record(
                dict(zip(names[setting], (
                    _measured(setting, weights) for weights in trained
                ), strict=True)),
                time.perf_counter() - begun,
            )
    file.save(values=summary(file.runs), versions=versions("torch"),
              chosen=CHOSEN)  # fmt: skip


def _measured(setting: Setting, weights: Any) -> dict[str, float]:
    found = measure(setting, weights)
    if setting.sees == SEES[0]:
        found |= {f"cut.{k}": v for k, v in cut(setting, weights).items()}
    return found


def summary(runs: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """What a page quotes: means, and counts of seeds.

    Args:
        runs: What each run measured, by `<setting>/<seed>`.

    Returns:
        For each setting, with "_" for "-" and "." for "/": means with
        standard errors, `solved`, how many seeds reach an accuracy of
        `ENOUGH`, and `looks`, how many heads of each layer give the noun
        more than `CLEAR`.
    """
    values: dict[str, Any] = {"seeds": SEEDS, "enough": ENOUGH}
    for setting in settings():
        found = [runs[f"{setting.name}/{seed}"] for seed in range(SEEDS)]
        into: dict[str, Any] = values
        for part in setting.name.replace("-", "_").split("/"):
            into = into.setdefault(part, {})
        for key in found[0]:
            numbers = [one[key] for one in found]
            inner = into
            *first, last = key.split(".")
            for part in first:
                inner = inner.setdefault(part, {})
            inner[last] = {
                "mean": mean(numbers),
                "se": stdev(numbers) / SEEDS**0.5,
                "n": SEEDS, "unit": "1",
                "least": min(numbers), "most": max(numbers),
            }  # fmt: skip
        into["solved"] = sum(one["accuracy"] >= ENOUGH for one in found)
        for layer in range(len(setting.sees)):
            into[str(layer)]["looks"] = sum(
                one[f"{layer}.noun"] > CLEAR for one in found
            )
    for lang in grammar.languages():
        found = [runs[f"{Setting(lang).name}/{s}"] for s in range(SEEDS)]
        values[lang]["shipped"] = max(
            range(SEEDS), key=lambda seed: found[seed]["1.noun"]
        )
    return values


if __name__ == "__main__":
    main(Path(sys.argv[1]))
