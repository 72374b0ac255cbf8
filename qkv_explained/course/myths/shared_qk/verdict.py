"""The rules of the verdicts on the claims about Q = K."""

from __future__ import annotations

from typing import Any

from qkv_explained.lab.verdicts import (
    Kind,
    Outcome,
    Values,
    always,
    compare,
    raised,
    works,
)

TASKS = ("cycle", "couples", "recall")


def works_with_shared(values: Values) -> dict[str, Any]:
    """Claim 4: the model works with Q = K.

    True if Q = K holds in every task. False if it loses in every task and
    excluding self-attention repairs none. Conditional if it loses in one
    task, and in one it holds or is repaired. Otherwise open.

    Args:
        values: Of the result file.

    Returns:
        The `verdict`, and for each task how Q = K compares with Q ≠ K: as
        it is (`plain`), when no token may attend to itself, in both
        (`self_excluded`), with as many parameters (`equal_size`), trained
        on (`longer`) and from the largest embeddings (`large`).
    """

    def outcomes(
        changed: str, usual: str, *under: str
    ) -> dict[str, Outcome]:
        found = {}
        for task in TASKS:
            one, other = values[task][changed], values[task][usual]
            for key in under:
                one, other = one[key], other[key]
            found[task] = compare(one["accuracy"], other["accuracy"])
        return found

    plain = outcomes("shared", "separate")
    excluded = outcomes("shared_no_self", "separate_no_self")
    return {
        "verdict": works(plain, excluded),
        "plain": plain,
        "self_excluded": excluded,
        "equal_size": outcomes("shared_double", "separate"),
        "longer": outcomes("shared", "separate", "longer"),
        "large": outcomes("shared", "separate", "large"),
    }


def only_weakens(values: Values) -> dict[str, Any]:
    """Claim 5: the difference only weakens links that are not needed.

    A task contradicts it if the trained difference raises the scores of the
    needed links and the model loses without it. The claim says *only*, so
    one such task makes it false. True if every task holds without the
    difference. Conditional if some lose without it though it clearly
    raises nothing that they need. Where a comparison is open, or whether
    the difference raises what a task loses, the verdict is open.

    Args:
        values: Of the result file.

    Returns:
        The `verdict`; for each task with measured scores how the model does
        without the difference (`evened`), and where it contradicts.
    """
    evened: dict[str, Outcome] = {}
    claim: dict[str, Outcome] = {}
    for task in ("cycle", "couples"):
        found = values[task]["separate"]
        evened[task] = compare(
            found["evened"]["accuracy"], found["accuracy"]
        )
        if evened[task] == "loses":
            up = raised(found["lift"])
            answers: dict[bool | None, Outcome] = {
                True: "loses", False: "holds", None: "open",
            }
            claim[task] = answers[up]
        else:
            claim[task] = evened[task]
    kind: Kind = always(claim)
    if kind == "true" and "loses" in evened.values():
        kind = "conditional"
    against = [task for task in claim if claim[task] == "loses"]
    return {"verdict": kind, "against": against, "evened": evened}


def no_roles(values: Values) -> dict[str, Any]:
    """Claim 6: query and key have no separate roles.

    Without roles, exchanging W_Q and W_K in a trained model would change
    nothing. A task contradicts the claim if the model loses by it. One such
    task makes it false, as the claim says *no*; true if every task holds;
    otherwise open.

    Args:
        values: Of the result file.

    Returns:
        The `verdict`; for each task how the model does with W_Q and W_K
        exchanged (`swapped`), and where it contradicts.
    """
    swapped = {
        task: compare(
            values[task]["separate"]["swapped"]["accuracy"],
            values[task]["separate"]["accuracy"],
        )
        for task in TASKS
    }
    against = [task for task in TASKS if swapped[task] == "loses"]
    return {
        "verdict": always(swapped), "against": against, "swapped": swapped
    }


def verdicts(values: Values) -> dict[str, dict[str, Any]]:
    """The verdicts on claims 4, 5 and 6, by the claim's number."""
    return {
        "4": works_with_shared(values),
        "5": only_weakens(values),
        "6": no_roles(values),
    }
