"""An experiment: all that differs from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qkv_explained.lab.exam import Models
from qkv_explained.lab.plan import Plan, settled
from qkv_explained.lab.task import Weights
from qkv_explained.lab.verdicts import KINDS, Values

UNITS = {
    "accuracy": "share of answers",
    "loss": "nats",
    "rows_right": "share of rows",
    "most_rows_right": "rows",
    "needed": "attention weight",
    "reverse": "attention weight",
    "own": "attention weight",
    "lift": "logits",
}  # of what every examination and the tasks of the lab measure
SHARES = {"share of answers", "share of rows", "attention weight"}


def as_it_is(variant: Any, weights: Weights) -> Models:
    """Nothing is made of a trained model: it alone is examined.

    Args:
        variant: What is compared.
        weights: The trained model.

    Returns:
        The model, without a prefix.
    """
    return {"": weights}


def nothing_more(variant: Any, weights: Weights) -> dict[str, float]:
    """No number of the weights themselves.

    Args:
        variant: What is compared.
        weights: The trained model.

    Returns:
        Nothing.
    """
    return {}


@dataclass(frozen=True)
class Column:
    """A column of the report.

    Attributes:
        title: As it is, or a key of the command line's words.
        variant: Whose accuracy it shows.
        under: The name of a further setting or a change, or nothing.
    """

    title: str
    variant: str
    under: str = ""


@dataclass(frozen=True)
class Experiment:
    """What is trained and measured, and what follows from the numbers.

    Attributes:
        name: The myth's id, such as "shared-qk".
        plans: By its name, how much is trained; "quick" and "full".
        verdicts: The rule: values of the result file → by the claim's
            number a mapping with a `verdict`, and what it rests on.
        columns: Of the report.
        models: (variant, trained weights) → what is examined, by the
            prefix of its results; "" for the model as it is.
        about: (variant, trained weights) → numbers of the weights.
        units: The unit of each number that is measured.
        portrayed: The task whose mean attention weights are kept.
        protocol: To be raised when a change of code changes numbers.
        packages: Whose versions the result file states.
    """

    name: str
    plans: Mapping[str, Plan]
    verdicts: Callable[[Values], dict[str, dict[str, Any]]]
    columns: tuple[Column, ...]
    models: Callable[[Any, Weights], Models] = as_it_is
    about: Callable[[Any, Weights], dict[str, float]] = nothing_more
    units: Mapping[str, str] = field(default_factory=lambda: UNITS)
    portrayed: str = ""
    protocol: int = 1
    packages: tuple[str, ...] = ("torch",)

    def identity(self, plan: Plan) -> dict[str, Any]:
        """What a result file must share with a plan to be gone on with.

        Args:
            plan: How much is trained.

        Returns:
            Plain data, equal for equal experiments.
        """
        return {
            "experiment": self.name,
            "size": plan.name,
            "settings": settled(plan, self.protocol),
        }

    def command(self, plan: Plan, seeds: int) -> str:
        """The command that makes the result file, but for --out.

        Args:
            plan: How much is trained.
            seeds: How many seeds are reported.

        Returns:
            What to type.
        """
        return (
            f"python -m qkv_explained myth {self.name} "
            f"--size {plan.name} --seeds {seeds}"
        )

    def judge(self, values: Values) -> dict[str, dict[str, Any]]:
        """Apply the rule.

        Args:
            values: Of the result file.

        Returns:
            The verdicts by the claim's number.

        Raises:
            ValueError: If the rule gives what is no verdict.
        """
        found = self.verdicts(values)
        for claim, said in found.items():
            if said["verdict"] not in KINDS:
                raise ValueError(
                    f"claim {claim}: {said['verdict']!r} is no verdict; "
                    f"there are {', '.join(KINDS)}"
                )
        return found
