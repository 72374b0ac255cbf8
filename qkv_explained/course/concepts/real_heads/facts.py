"""Numbers on the page `real-heads`: what measured.json holds."""

import json
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_name("measured.json")
DRAWN = {"drawn", "row", "average_row", "tokens", "packages"}


def measured() -> dict[str, Any]:
    """The committed result of measure.py."""
    found: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return found


def told(part: Any) -> Any:
    """A part of the result as pages read it: a head has two numbers."""
    if isinstance(part, list):
        return dict(zip(("layer", "number"), part, strict=True))
    if isinstance(part, dict):
        return {name: told(value) for name, value in part.items()
                if name not in DRAWN or not isinstance(value, (list, dict))}
    return part


def facts() -> dict[str, Any]:
    """What heads of MiniLM and SmolLM2 do.

    Returns:
        Shares and counts; losses in nats a token.
    """
    found: dict[str, Any] = told(measured())
    return found
