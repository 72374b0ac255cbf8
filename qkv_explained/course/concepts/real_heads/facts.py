"""Numbers on the page `real-heads`: what measured.json holds."""

import json
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_name("measured.json")


def measured() -> dict[str, Any]:
    """The committed result of measure.py."""
    found: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return found


def facts() -> dict[str, Any]:
    """What heads of MiniLM and SmolLM2 do.

    Returns:
        Shares and counts; losses in nats a token.
    """
    return measured()
