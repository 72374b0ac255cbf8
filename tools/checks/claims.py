"""The claim ledger: every claim is whole, and its evidence is there.

A claim is whole when it stands in all languages, each in its own letters. Its
evidence is there when the page and heading, the tests, the snippets, the
result and the literature that it names exist.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from qkv_explained.languages import words
from tools.checks import Problem, relative
from tools.pages import ledger, numbers
from tools.pages.ledger import VERDICTS
from tools.pages.reader import LANGS

FILE = "docs/claims.yml"
_KEYS = {
    "id", "source", "claim", "verdict", "result", "exactly", "evidence",
    "literature",
}  # fmt: skip


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find claims that are not whole, or whose evidence is not there."""
    path = root / FILE
    if not path.exists():
        return []
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = []
    seen: list[int] = []
    for claim in loaded["claims"]:
        number = claim.get("id")
        said = [*_whole(claim, langs), *_evidence(claim, root, langs)]
        if number in seen:
            said.append("this number is taken; claims keep their numbers")
        elif seen and number < max(seen):
            said.append("claims stand in the order of their numbers")
        seen.append(number)
        found += [Problem(FILE, 0, f"claim {number}: {one}") for one in said]
    return found + list(_marks(loaded["claims"], root))


def marked(path: Path) -> dict[str, set[int]]:
    """The claims that each test of a file says it carries."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: {
            number.value
            for mark in node.decorator_list
            if isinstance(mark, ast.Call)
            and ast.unparse(mark.func) == "pytest.mark.claim"
            for number in mark.args
            if isinstance(number, ast.Constant)
            and isinstance(number.value, int)
        }
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def _marks(claims: list[dict[str, Any]], root: Path) -> Iterator[Problem]:
    """Where a claim names a test that does not name it, or the reverse."""
    named: dict[tuple[str, str], set[int]] = {}
    for claim in claims:
        for check in (claim.get("evidence") or {}).get("checks", []):
            file, _, name = str(check).partition("::")
            if name:
                named.setdefault((file, name), set()).add(claim["id"])
    said: dict[tuple[str, str], set[int]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for name, carried in marked(path).items():
            said[relative(path, root), name] = carried
    for (file, name), carried in sorted(said.items()):
        wanted = named.get((file, name), set())
        for number in sorted(wanted - carried):
            message = (
                f"{name} is evidence of claim {number} and does not say so. "
                f"Write @pytest.mark.claim({number}) before it, if it is"
            )
            yield Problem(file, 0, message)
        for number in sorted(carried - wanted):
            message = (
                f"{name} says that it carries claim {number}, which does not "
                f"name it in {FILE}. Add it there, or take the mark away"
            )
            yield Problem(file, 0, message)


def _whole(claim: dict[str, Any], langs: tuple[str, ...]) -> Iterator[str]:
    for key in sorted(set(claim) - _KEYS):
        yield f"{key} is unknown; there are {', '.join(sorted(_KEYS))}"
    for key in ("claim", "exactly"):
        for lang in langs:
            text = str((claim.get(key) or {}).get(lang) or "")
            if not re.search(words(lang)["habits"]["letters"], text):
                yield f"write {key} in {lang}, in its own letters"
    if bool(claim.get("verdict")) == bool(claim.get("result")):
        yield "give a verdict, or the result that holds one, not both"
    elif claim.get("verdict") and claim["verdict"] not in VERDICTS:
        yield f"verdict {claim['verdict']!r} is none of {', '.join(VERDICTS)}"


def _evidence(
    claim: dict[str, Any], root: Path, langs: tuple[str, ...]
) -> Iterator[str]:
    found = claim.get("evidence") or {}
    page, _, anchor = str(found.get("page", "")).partition("#")
    if not page or not anchor:
        yield "evidence: name a page and a heading, page.md#heading"
    for lang in langs:
        path = root / "docs" / lang / page
        if not path.is_file():
            yield f"evidence: docs/{lang}/{page} is not there"
        elif not _heading(path, anchor):
            yield f"evidence: docs/{lang}/{page} has no heading {{#{anchor}}}"
        sources = root / "docs" / lang / "reference" / "sources.md"
        keys = [f"note-{claim.get('source')}", *claim.get("literature", [])]
        for key in keys:
            if sources.is_file() and not _heading(sources, key):
                yield f"docs/{lang}/reference/sources.md lacks {{#{key}}}"
    if not found.get("checks"):
        yield "evidence: name the test or snippet that carries it in checks"
    for check in found.get("checks", []):
        if not _exists(str(check), root):
            yield f"evidence: {check} is not there"
    if claim.get("result"):
        yield from _verdict(claim)


def _heading(page: Path, anchor: str) -> bool:
    text = page.read_text(encoding="utf-8")
    return bool(re.search(rf"\{{ ?#{re.escape(anchor)} ?\}}", text))


def _exists(check: str, root: Path) -> bool:
    """Whether a test file, a test in it (file::name) or a snippet exists."""
    file, _, name = check.partition("::")
    if file.startswith("course/"):
        file = f"qkv_explained/{file}"
    path = root / file
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8")
    return not name or bool(re.search(rf"^def {name}\(", text, re.M))


def _verdict(claim: dict[str, Any]) -> Iterator[str]:
    try:
        ledger.verdict(claim)
    except (numbers.MissingNumber, ValueError) as error:
        yield f"result: {error}"
