"""Valid HTML, as html-validate sees it.

It comes from npm, pinned in tools/browser/package-lock.json, and needs Node.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.checks import Problem, relative
from tools.places import ROOT
from tools.site.finish import formulas

HOME = ROOT / "tools" / "browser"
VALIDATE = (HOME / "node_modules" / "html-validate" / "bin"
            / "html-validate.mjs")
CONFIG = HOME / "html-validate.json"
FETCH = "npm ci --prefix tools/browser"
NODE = (20, 19)
TIMEOUT = 300


@dataclass(frozen=True)
class Exempt:
    """A quirk of the theme that is let pass, and why it does no harm.

    `message` and `source` are regular expressions: what the validator says,
    and what stands there.
    """

    message: str
    source: str
    reason: str


@dataclass(frozen=True)
class Finding:
    """What the validator says of a place, and what stands there."""

    path: str
    line: int
    message: str
    source: str

    def exempted_by(self, one: Exempt) -> bool:
        """Whether an exemption covers this."""
        return (re.search(one.message, self.message) is not None
                and re.search(one.source, self.source) is not None)


EXEMPT = (
    Exempt(
        r"<input> element has <label> but <label> has no "
        r"text", r'id="__(search|drawer)"',
        "The theme opens its search and its drawer with two hidden check "
        "boxes. Nobody tabs to them: they are display: none, and what a "
        "reader meets is the button or label with a name of its own."),
    Exempt(
        r'"rel" attribute cannot be used on <a> in this '
        r'context: <a> does not allow rel="edit"', r'rel="edit"',
        "The theme marks “edit this page” with a registered microformat, "
        "which the HTML standard allows."),
)


class ToolMissing(RuntimeError):
    """The validator is not there; the message says how to get it."""


def missing() -> str:
    """Say what is missing to run html-validate; empty if nothing is."""
    node = shutil.which("node")
    least = ".".join(map(str, NODE))
    if node is None:
        return f"no Node found, which html-validate needs; install {least}+"
    said = subprocess.run([node, "--version"], capture_output=True,
                          encoding="utf-8", check=False).stdout
    found = tuple(map(int, re.findall(r"\d+", said)[:2]))
    if found < NODE:
        return (f"Node {said.strip()} is too old for html-validate; install "
                f"{least} or newer")
    if not VALIDATE.is_file():
        return f"html-validate is not installed; run: {FETCH}"
    return ""


_CODE = re.compile(
    r"(<pre\b[^>]*>(?:<span></span>)?<code>)(.+?)(?=</code></pre>)", re.S)
_TAG = re.compile(r"<[^>]*>")


@contextlib.contextmanager
def thinned(site: Path) -> Iterator[Path]:
    """Give a copy of the pages in which nothing stands twice.

    A formula or a block of code that many pages share is as valid in the
    last as in the first, and half of what the validator would read: from
    the second time on only its text stays, in lines as before.
    """
    rendered = sorted(formulas.rendered().values(), key=len, reverse=True)
    seen: set[str] = set()

    def repeated(text: str) -> bool:
        if text in seen:
            return True
        seen.add(text)
        return False

    def code(match: re.Match[str]) -> str:
        again = repeated(match[2])
        return match[1] + (_TAG.sub("", match[2]) if again else match[2])

    with tempfile.TemporaryDirectory() as folder:
        for page in sorted(site.rglob("*.html")):
            text = _CODE.sub(code, page.read_text("utf-8"))
            for formula in rendered:
                if formula in text:
                    first = not repeated(formula)
                    before, found, after = text.partition(formula)
                    kept = before + (found if first else "formula")
                    text = kept + after.replace(formula, "formula")
            copy = Path(folder) / page.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, "utf-8")
        yield Path(folder)


def validate(site: Path, part: str = "") -> list[Finding]:
    """Return what html-validate finds in a built site, or in a part of it.

    Raises:
        ToolMissing: If Node or html-validate is not installed.
    """
    if lacks := missing():
        raise ToolMissing(lacks)
    # Into a file: Node ends before a pipe has taken a long answer.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            ["node", str(VALIDATE), "--config", str(CONFIG), "--formatter",
             "json", f"{part}/**/*.html" if part else "**/*.html"],
            cwd=site, stdout=said, stderr=subprocess.PIPE, encoding="utf-8",
            timeout=TIMEOUT, check=False)
        said.seek(0)
        answer = said.read()
    try:
        files: list[dict[str, Any]] = json.loads(answer)
    except json.JSONDecodeError as error:
        raise RuntimeError("html-validate did not answer:\n"
                           f"{answer[:1000]}{done.stderr[:1000]}"
                           ) from error
    found = []
    for file in files:
        path = site / file["filePath"]
        name = relative(path.resolve(), site.resolve())
        lines = dict(enumerate(path.read_text("utf-8").split("\n"), 1))
        found += [Finding(name, one["line"],
                          f"{one['message']} ({one['ruleId']})",
                          lines.get(one["line"], ""))
                  for one in file["messages"]]
    return found


def problems(findings: list[Finding],
             exempt: tuple[Exempt, ...] = EXEMPT) -> list[Problem]:
    """Return what is wrong: each fault once, with the places it is in."""
    places: dict[str, list[Finding]] = {}
    for one in findings:
        if not any(one.exempted_by(quirk) for quirk in exempt):
            places.setdefault(one.message, []).append(one)
    found = []
    for message, where in places.items():
        first, *others = sorted(where, key=lambda one: (one.path, one.line))
        shown = " ".join(first.source.split())[:160]
        also = ", ".join(f"{one.path}:{one.line}" for one in others[:3])
        also = f"; also in {also}" if also else ""
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        found.append(Problem(first.path, first.line, (
            f"html-validate: {message} Here: {shown}{also}{more}. Mend the "
            "page, the template or macro that writes it, or tools/html")))
    return found


def needless(findings: list[Finding],
             exempt: tuple[Exempt, ...] = EXEMPT) -> list[Exempt]:
    """Return the exemptions that nothing needs any more."""
    return [quirk for quirk in exempt if not any(
                one.exempted_by(quirk) for one in findings)]
