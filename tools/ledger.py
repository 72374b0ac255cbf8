"""The claim ledger: docs/claims.yml as a table on a page and as claims.json.

A verdict stands in the file, except where an experiment gives it: such a
claim names a place in a result file instead, and the verdict is read there.
"""

import html
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools import bibliography, numbers
from tools.words import VERDICTS, WORDS

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "claims.yml"


def claims(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the claims, each with its verdict filled in.

    Raises:
        ValueError: If a verdict is not one of the known ones.
    """
    if not file.exists():
        return []
    loaded: list[dict[str, Any]] = [
        {**claim, "verdict": verdict(claim)}
        for claim in _load(file, file.stat().st_mtime_ns)["claims"]]
    return loaded


@lru_cache
def _load(file: Path, _stamp: int) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def verdict(claim: dict[str, Any]) -> str:
    """Return a claim's verdict, from its result file where it names one."""
    if claim.get("result"):
        name, path = claim["result"].split(":", 1)
        found = numbers.value(name, path)
        found = found.get("verdict") if isinstance(found, dict) else found
    else:
        found = claim["verdict"]
    if found not in VERDICTS:
        raise ValueError(
            f"docs/claims.yml, claim {claim['id']}: verdict {found!r} is "
            f"none of {', '.join(VERDICTS)}")
    return str(found)
