"""Names that were typed: find them, or say which are nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UnknownName(LookupError):
    """A name that is not there, with the nearest ones that are.

    Attributes:
        name: What was asked for.
        known: Every name that would have been found.
        nearest: The known names most like it, best first; may be empty.
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        self.nearest = nearest(name, self.known)
        hint = self.nearest or self.known
        super().__init__(f"no {name!r} here; nearest: {', '.join(hint)}")


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names most like a name, best first, at most three.

    Args:
        name: What was typed.
        known: The names that exist.

    Returns:
        Up to three of them; empty when none is like it.

    Examples:
        >>> nearest("projektion", ["origins", "projection"])
        ('projection',)
    """
    lowered = name.strip().lower().replace("_", "-")
    choices = list(known)
    close = difflib.get_close_matches(lowered, choices, n=3, cutoff=0.55)
    parts = [
        choice
        for choice in choices
        if choice not in close and lowered and lowered in choice
    ]
    return tuple([*close, *parts][:3])
