"""The result of the experiment on Q = K as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLUMNS = (
    ("Q ≠ K", "separate", ()),
    ("Q = K", "shared", ()),
    ("longer", "shared", ("longer",)),
    ("no self", "shared_no_self", ()),
    ("swapped", "separate", ("swapped",)),
    ("evened", "separate", ("evened",)),
)
CLAIMS = {
    "4": "The model works with Q = K",
    "5": "The difference only weakens links that are not needed",
    "6": "Query and key have no separate roles",
}


def report(result: Mapping[str, Any]) -> str:
    """Write the accuracies and the verdicts.

    Args:
        result: What the result file holds.

    Returns:
        A table with mean ± standard error for each lab, and a line for
        each claim.

    Examples:
        >>> cell({"mean": 0.5, "se": 0.02})
        '0.50 ± 0.02'
    """
    values = result["values"]
    lines = [
        f"Share of right answers, {values['seeds']} seeds, "
        "mean ± standard error",
        f"{'':8}" + "".join(f"{title:>14}" for title, _, _ in COLUMNS),
    ]
    for lab in ("cycle", "couples", "recall"):
        cells = []
        for _, variant, under in COLUMNS:
            found = values[lab][variant]
            for key in under:
                found = found[key]
            cells.append(f"{cell(found['accuracy']):>14}")
        lines.append(f"{lab:8}" + "".join(cells))
    lines += [
        "longer: trained further; no self: no token attends to itself;",
        "swapped: W_Q and W_K exchanged after training; evened: without",
        "their difference.",
    ]
    for number, claim in CLAIMS.items():
        verdict = values["claims"][number]["verdict"]
        lines.append(f"Claim {number}, “{claim}”: {verdict}")
    return "\n".join(lines)


def cell(accuracy: Mapping[str, float]) -> str:
    """One mean with its standard error."""
    return f"{accuracy['mean']:.2f} ± {accuracy['se']:.2f}"
