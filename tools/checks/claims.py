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
from tools.checks import Problem, listed, relative
from tools.pages import ledger, numbers
from tools.pages.ledger import VERDICTS
from tools.pages.reader import LANGS

FILE = "docs/claims.yml"
_KEYS = {"id", "source", "claim", "verdict", "result", "exactly", "evidence",
         "literature"}


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find claims that are not whole, or whose evidence is not there."""
    path = root / FILE
    if not path.exists():
        return
    claims = yaml.safe_load(path.read_text(encoding="utf-8"))["claims"]
    seen: list[int] = []
    for claim in claims:
        number = claim.get("id")
        said = [*_whole(claim, langs), *_evidence(claim, root, langs)]
        if number in seen:
            said.append("this number is taken; claims keep their numbers")
        elif seen and number < max(seen):
            said.append("claims stand in the order of their numbers")
        seen.append(number)
        for one in said:
            yield Problem(FILE, 0, f"claim {number}: {one}")
    yield from _marks(claims, root)


def marked(path: Path) -> dict[str, set[int]]:
    """The claims that each test of a file says it carries."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: {
            number.value
            for mark in node.decorator_list if isinstance(mark, ast.Call)
            and ast.unparse(mark.func) == "pytest.mark.claim"
            for number in mark.args if isinstance(number, ast.Constant)
            and isinstance(number.value, int)}
        for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _marks(claims: list[dict[str, Any]], root: Path) -> Iterator[Problem]:
    """Where a claim names a test that does not name it, or the reverse."""
    named: dict[tuple[str, str], set[int]] = {}
    for claim in claims:
        for check in (claim.get("evidence") or {}).get("checks", []):
            file, _, name = str(check).partition("::")
            named.setdefault((file, name), set()).add(claim["id"])
    for path in sorted((root / "tests").rglob("test_*.py")):
        file = relative(path, root)
        for name, carried in sorted(marked(path).items()):
            wanted = named.get((file, name), set())
            for number in sorted(wanted - carried):
                yield Problem(file, 0, (
                    f"{name} is evidence of claim {number} and does not say "
                    f"so. Write @pytest.mark.claim({number}) before it, if "
                    "it is"))
            for number in sorted(carried - wanted):
                yield Problem(file, 0, (
                    f"{name} says that it carries claim {number}, which does "
                    f"not name it in {FILE}. Add it there, or take the mark "
                    "away"))


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
        name = f"docs/{lang}/{page}"
        if not (root / name).is_file():
            yield f"evidence: {name} is not there"
        elif not _heading(root / name, anchor):
            yield f"evidence: {name} has no heading {{#{anchor}}}"
        sources = f"docs/{lang}/reference/sources.md"
        keys = [f"note-{claim.get('source')}", *claim.get("literature", [])]
        for key in keys if (root / sources).is_file() else []:
            if not _heading(root / sources, key):
                yield f"{sources} lacks {{#{key}}}"
    if not found.get("checks"):
        yield "evidence: name the test or snippet that carries it in checks"
    for check in found.get("checks", []):
        if not _exists(str(check), root):
            yield f"evidence: {check} is not there"
    if claim.get("result"):
        try:
            ledger.verdict(claim)
        except (numbers.MissingNumber, ValueError) as error:
            yield f"result: {error}"


def _heading(page: Path, anchor: str) -> bool:
    text = page.read_text(encoding="utf-8")
    return bool(re.search(rf"\{{ ?#{re.escape(anchor)} ?\}}", text))


def _exists(check: str, root: Path) -> bool:
    """Whether a test file, a test in it (file::name) or a snippet exists."""
    file, _, name = check.partition("::")
    if file.startswith("course/"):
        file = f"qkv_explained/{file}"
    if not (root / file).is_file():
        return False
    text = (root / file).read_text(encoding="utf-8")
    return not name or bool(re.search(rf"^def {name}\(", text, re.M))
