"""The kinds of verdict, and rules that give one from compared numbers.

Every comparison leaves room for chance: two standard errors, and a margin
below which a difference would not matter. What stays inside that room is
open, and a verdict never rests on it.
"""

# --8<-- [start:imports]
import math
from collections.abc import Mapping
from typing import Any, Literal

Outcome = Literal["holds", "loses", "open"]
Values = Mapping[str, Any]
# --8<-- [end:imports]

# What may be said of a claim. Rules in code give the first, second, third
# and seventh; the others are given by people, with their reasons.
KINDS = (
    "true", "false", "conditional", "half", "imprecise", "metaphor", "open",
    "not_well_posed",
)
Kind = Literal["true", "false", "conditional", "open"]


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


def raised(number: Values) -> bool | None:
    """Whether a number is above zero; None if more seeds would be needed.

    Args:
        number: ``{"mean", "se"}``.

    Returns:
        True if mean − 2 se > 0, False if mean + 2 se ≤ 0, else None.
    """
    if number["mean"] - 2 * number["se"] > 0:
        return True
    return False if number["mean"] + 2 * number["se"] <= 0 else None


def works(
    plain: Mapping[str, Outcome],
    repaired: Mapping[str, Outcome] | None = None,
) -> Kind:
    """Of a claim that something works.

    Args:
        plain: By task, how it does.
        repaired: The same with a repair that the claim does not speak of.

    Returns:
        "true" if it holds in every task. "false" if it loses in every one
        and the repair helps in none. "conditional" if it clearly loses in
        one task, and clearly holds in one, plain or repaired. Else "open".

    Examples:
        >>> works({"a": "holds", "b": "loses"}), works({"a": "open"})
        ('conditional', 'open')
    """
    outcomes = [*plain.values(), *(repaired or {}).values()]
    if set(plain.values()) == {"holds"}:
        return "true"
    if set(outcomes) == {"loses"}:
        return "false"
    if "loses" in plain.values() and "holds" in outcomes:
        return "conditional"
    return "open"


def always(outcomes: Mapping[str, Outcome]) -> Kind:
    """Of a claim that says always, only or never.

    Args:
        outcomes: By task, whether the claim holds there.

    Returns:
        "false" if it clearly loses in one task, "true" if it holds in
        every one, else "open".

    Examples:
        >>> always({"a": "holds", "b": "loses"}), always({"a": "open"})
        ('false', 'open')
    """
    if "loses" in outcomes.values():
        return "false"
    return "true" if set(outcomes.values()) == {"holds"} else "open"
