"""The myth “the model works with Q = K”, measured.

Three tasks (a directed cycle, couples, associative recall) and six ways of
making K. For each, the learning rate and the size of the embeddings are
tuned on one set of seeds, and the result is reported on another.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from torch import Tensor

from qkv_explained.course.myths.shared_qk.verdict import verdicts
from qkv_explained.lab.experiment import UNITS, Column, Experiment
from qkv_explained.lab.plan import Further, Plan
from qkv_explained.lab.tasks.lookup import couples, cycle, lookup_task
from qkv_explained.lab.tasks.recall import recall_task
from qkv_explained.lab.variants import Variant
from qkv_explained.roles import swap_roles, symmetry, without_difference

# Q = K saves one matrix, so two controls keep the count equal: Q ≠ K with
# half d_k has as many parameters as Q = K, and Q = K with double d_k as
# many as Q ≠ K. The last but two gives Q ≠ K the escape that Q = K gets.
VARIANTS = (
    Variant("separate"),
    Variant("shared", shared=True),
    Variant("separate_no_self", self_excluded=True),
    Variant("shared_no_self", shared=True, self_excluded=True),
    Variant("separate_half", width=0.5),
    Variant("shared_double", shared=True, width=2.0),
)


def further(longer: int) -> tuple[Further, ...]:
    """What is also reported.

    Args:
        longer: Factor on the steps for the training that goes on.

    Returns:
        Trained on past the usual steps; and with the largest embeddings
        only, at their best learning rate.
    """
    return (
        Further("longer", ("separate", "shared"), longer=longer),
        Further(
            "large", ("separate", "shared", "shared_no_self"),
            only={"std": 1.0},
        ),
    )


STDS = (0.1, 0.3, 1.0)
FULL = Plan(
    "full",
    (
        (
            lookup_task("cycle", cycle(7), 800, 32),
            {"lr": (3e-3, 1e-2, 3e-2), "std": STDS},
        ),
        (
            lookup_task("couples", couples(8), 800, 32),
            {"lr": (3e-3, 1e-2, 3e-2), "std": STDS},
        ),
        (
            recall_task("recall", 8, 16, 500, 64),
            {"lr": (1e-3, 3e-3, 1e-2), "std": STDS},
        ),
    ),
    VARIANTS, tuning_seeds=2, seeds=10, further=further(4),
)
QUICK = Plan(
    "quick",
    (
        (
            lookup_task("cycle", cycle(5), 100, 32),
            {"lr": (3e-2,), "std": STDS[1:]},
        ),
        (
            lookup_task("couples", couples(4), 100, 32),
            {"lr": (3e-2,), "std": STDS[1:]},
        ),
        (
            recall_task("recall", 2, 4, 200, 64),
            {"lr": (3e-3,), "std": STDS[1:]},
        ),
    ),
    VARIANTS, tuning_seeds=1, seeds=3, further=further(2),
)


def changed(
    variant: Variant, weights: dict[str, Tensor]
) -> dict[str, dict[str, Tensor]]:
    """A model as it is, and for Q ≠ K after each operation on W_Q, W_K.

    Args:
        variant: How the model makes its keys.
        weights: The trained model.

    Returns:
        Models by the prefix of their results: "" as it is, "swapped_" with
        W_Q and W_K exchanged, "evened_" without what tells them apart.
    """
    models = {"": weights}
    if not variant.shared:
        models["swapped_"] = swap_roles(weights)
        models["evened_"] = without_difference(weights)
    return models


def mean_symmetry(
    variant: Variant, weights: Mapping[str, Tensor]
) -> dict[str, float]:
    """How symmetric the heads of a model with Q ≠ K are.

    Args:
        variant: How the model makes its keys.
        weights: The trained model.

    Returns:
        `symmetry`, the mean over the heads, from −1 to 1; nothing for
        Q = K, where it is 1.
    """
    if variant.shared:
        return {}
    heads = [name[3:] for name in weights if name.startswith("W_Q")]
    found = (symmetry(weights["W_Q" + h], weights["W_K" + h]) for h in heads)
    return {"symmetry": fmean(found)}


EXPERIMENT = Experiment(
    name="shared-qk",
    plans={"quick": QUICK, "full": FULL},
    verdicts=verdicts,
    columns=(
        Column("Q ≠ K", "separate"),
        Column("Q = K", "shared"),
        Column("myth_longer", "shared", "longer"),
        Column("myth_no_self", "shared_no_self"),
        Column("myth_swapped", "separate", "swapped"),
        Column("myth_evened", "separate", "evened"),
    ),
    models=changed,
    about=mean_symmetry,
    units=UNITS | {"symmetry": "score from −1 to 1"},
    portrayed="cycle",
)
