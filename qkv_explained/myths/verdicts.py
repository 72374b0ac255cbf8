"""From numbers to verdicts on the claims about Q = K, by rule.

Every comparison leaves room for chance: two standard errors, and a margin
below which a difference would not matter.
"""

# --8<-- [start:imports]
import math
from collections.abc import Mapping
from typing import Any, Literal

Outcome = Literal["holds", "loses", "open"]
Values = Mapping[str, Any]
# --8<-- [end:imports]

Kind = Literal["true", "false", "conditional"]

LABS = ("cycle", "couples", "recall")


# --8<-- [start:compare]
MARGIN = 0.05  # share of answers


def compare(changed: Values, usual: Values) -> Outcome:
    """Does a changed model do as well as the usual one?

    ``gap = usual − changed``, its standard error from both

    Args:
        changed: ``{"mean", "se"}`` of a share of right answers.
        usual: The same for the model to measure against.

    Returns:
        "loses" if gap − 2 se > 0.05, "holds" if gap + 2 se < 0.05, else
        "open": more seeds would be needed.

    Raises:
        ValueError: If there is no standard error, as with a single seed.

    Examples:
        >>> compare({"mean": 0.6, "se": 0.02}, {"mean": 0.99, "se": 0.01})
        'loses'
    """
    if changed["se"] is None or usual["se"] is None:
        raise ValueError(
            "se: got None; a verdict needs the spread of at least two seeds"
        )
    gap = usual["mean"] - changed["mean"]
    room = 2 * math.hypot(changed["se"], usual["se"])
    if gap - room > MARGIN:
        return "loses"
    return "holds" if gap + room < MARGIN else "open"


# --8<-- [end:compare]


def works_with_shared(values: Values) -> dict[str, Any]:
    """Claim 4: the model works with Q = K.

    True if Q = K holds in every lab. False if it loses in every lab and
    excluding self-attention repairs none. Otherwise conditional.

    Args:
        values: Of the result file; see `shared_qk.run`.

    Returns:
        The `verdict`, and for each lab how Q = K compares with Q ≠ K: as it
        is (`plain`), when no token may attend to itself, in both
        (`self_excluded`), and with as many parameters (`equal_size`).
    """

    def outcomes(
        changed: str, usual: str, *under: str
    ) -> dict[str, Outcome]:
        found = {}
        for lab in LABS:
            one, other = values[lab][changed], values[lab][usual]
            for key in under:
                one, other = one[key], other[key]
            found[lab] = compare(one["accuracy"], other["accuracy"])
        return found

    plain = outcomes("shared", "separate")
    excluded = outcomes("shared_no_self", "separate_no_self")
    kind: Kind = "conditional"
    if set(plain.values()) == {"holds"}:
        kind = "true"
    elif {*plain.values(), *excluded.values()} == {"loses"}:
        kind = "false"
    return {
        "verdict": kind,
        "plain": plain,
        "self_excluded": excluded,
        "equal_size": outcomes("shared_double", "separate"),
        "longer": outcomes("shared", "separate", "longer"),
        "large": outcomes("shared", "separate", "large"),
    }


def only_weakens(values: Values) -> dict[str, Any]:
    """Claim 5: the difference only weakens links that are not needed.

    A lab contradicts it if the trained difference raises the scores of the
    needed links (lift − 2 se > 0 logits) and the model loses without it.
    The claim says *only*, so one such lab makes it false. True if every
    lab holds without the difference; otherwise conditional.

    Args:
        values: Of the result file; see `shared_qk.run`.

    Returns:
        The `verdict`; for each lab with measured scores how the model does
        without the difference (`evened`), and where it contradicts.
    """
    evened, against = {}, []
    for lab in ("cycle", "couples"):
        found = values[lab]["separate"]
        evened[lab] = compare(
            found["evened"]["accuracy"], found["accuracy"]
        )
        lift = found["lift"]
        raises = lift["mean"] - 2 * lift["se"] > 0
        if evened[lab] == "loses" and raises:
            against.append(lab)
    return _universal(against, evened) | {"evened": evened}


def no_roles(values: Values) -> dict[str, Any]:
    """Claim 6: query and key have no separate roles.

    Without roles, exchanging W_Q and W_K in a trained model would change
    nothing. A lab contradicts the claim if the model loses by it. One such
    lab makes it false, as the claim says *no*; true if every lab holds.

    Args:
        values: Of the result file; see `shared_qk.run`.

    Returns:
        The `verdict`; for each lab how the model does with W_Q and W_K
        exchanged (`swapped`), and where it contradicts.
    """
    swapped = {
        lab: compare(
            values[lab]["separate"]["swapped"]["accuracy"],
            values[lab]["separate"]["accuracy"],
        )
        for lab in LABS
    }
    against = [lab for lab in LABS if swapped[lab] == "loses"]
    return _universal(against, swapped) | {"swapped": swapped}


def _universal(
    against: list[str], outcomes: Mapping[str, Outcome]
) -> dict[str, Any]:
    kind: Kind = "conditional"
    if against:
        kind = "false"
    elif set(outcomes.values()) == {"holds"}:
        kind = "true"
    return {"verdict": kind, "against": against}


def verdicts(values: Values) -> dict[str, dict[str, Any]]:
    """The verdicts on claims 4, 5 and 6, by the claim's number."""
    return {
        "4": works_with_shared(values),
        "5": only_weakens(values),
        "6": no_roles(values),
    }
