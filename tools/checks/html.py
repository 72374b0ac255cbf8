"""Valid HTML, said by two validators that know different things.

vnu is the Nu Html Checker, which the HTML standard's own authors use (Java);
html-validate is stricter about accessibility and structure (Node). Both come
from npm, pinned in tests/browser/package-lock.json.
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
from urllib.parse import unquote, urlsplit

from tools.checks import Problem, relative
from tools.site.finish import formulas

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "tests" / "browser"
VNU = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
VALIDATE = (HOME / "node_modules" / "html-validate" / "bin"
            / "html-validate.mjs")
CONFIG = HOME / "html-validate.json"
FETCH = "npm ci --prefix tests/browser"
NODE = (20, 19)
TIMEOUT = 300


@dataclass(frozen=True)
class Exempt:
    """A quirk of the theme that is let pass, and why.

    Attributes:
        tool: "vnu" or "html-validate".
        message: What the tool says: a regular expression.
        source: What stands there: a regular expression.
        reason: Why it does no harm, and why it is not mended here.
    """

    tool: str
    message: str
    source: str
    reason: str


@dataclass(frozen=True)
class Finding:
    """What a validator says of a place.

    Attributes:
        tool: "vnu" or "html-validate".
        path: The file, relative to the site.
        line: The line in it.
        message: What the validator says.
        source: What stands there.
    """

    tool: str
    path: str
    line: int
    message: str
    source: str

    def exempted_by(self, one: Exempt) -> bool:
        """Whether an exemption covers this."""
        return (one.tool == self.tool
                and re.search(one.message, self.message) is not None
                and re.search(one.source, self.source) is not None)


EXEMPT = (
    Exempt(
        "html-validate", r"<input> element has <label> but <label> has no "
        r"text", r'id="__(search|drawer)"',
        "The theme opens its search and its drawer with two hidden check "
        "boxes. Nobody tabs to them: they are display: none, and what a "
        "reader meets is the button or label with a name of its own."),
    Exempt(
        "html-validate", r'"rel" attribute cannot be used on <a> in this '
        r'context: <a> does not allow rel="edit"', r'rel="edit"',
        "The theme marks “edit this page” with a registered microformat; "
        "the Nu Html Checker accepts it."),
)


class ToolMissing(RuntimeError):
    """A validator is not there; the message says how to get it."""


def vnu_missing() -> str:
    """Say what is missing to run vnu; empty if nothing is."""
    if shutil.which("java") is None:
        return ("no Java found, which vnu needs; install one (Debian, "
                "Ubuntu: apt install default-jre-headless; macOS: brew "
                "install openjdk)")
    if not VNU.is_file():
        return f"vnu is not installed; run: {FETCH}"
    return ""


def validate_missing() -> str:
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
    last as in the first, and half of what the validators would read: from
    the second time on only its text stays, in lines as before.

    Args:
        site: The built site.

    Yields:
        A folder with its pages, at the same places.
    """
    formulas = sorted(formulas.rendered().values(), key=len, reverse=True)
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
            for formula in formulas:
                if formula in text:
                    first = not repeated(formula)
                    before, found, after = text.partition(formula)
                    kept = before + (found if first else "formula")
                    text = kept + after.replace(formula, "formula")
            copy = Path(folder) / page.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, "utf-8")
        yield Path(folder)


def vnu(site: Path) -> list[Finding]:
    """Return the errors that vnu finds in a built site.

    Raises:
        ToolMissing: If Java or vnu is not installed.
    """
    missing = vnu_missing()
    if missing:
        raise ToolMissing(missing)
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "json",
         "--skip-non-html", str(site)],
        capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False)
    # One line of JSON; Java may print warnings of its own before it.
    said = [line for line in done.stderr.split("\n")
            if line.startswith('{"version"')]
    if not said:
        raise RuntimeError(f"vnu did not answer:\n{done.stderr[:2000]}")
    found = []
    for one in json.loads(said[-1])["messages"]:
        if one["type"] == "info":
            continue
        path = Path(unquote(urlsplit(one.get("url", "")).path))
        found.append(Finding(
            "vnu", relative(path.resolve(), site.resolve()),
            one.get("lastLine", 0), one["message"], one.get("extract", "")))
    return found


def validate(site: Path) -> list[Finding]:
    """Return the errors that html-validate finds in a built site.

    Raises:
        ToolMissing: If Node or html-validate is not installed.
    """
    missing = validate_missing()
    if missing:
        raise ToolMissing(missing)
    # Into a file: Node ends before a pipe has taken a long answer.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            ["node", str(VALIDATE), "--config", str(CONFIG), "--formatter",
             "json", "**/*.html"],
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
        lines = path.read_text("utf-8").split("\n")
        for one in file["messages"]:
            line = one["line"]
            source = lines[line - 1] if 0 < line <= len(lines) else ""
            found.append(Finding(
                "html-validate", relative(path.resolve(), site.resolve()),
                line, f"{one['message']} ({one['ruleId']})", source))
    return found


def problems(findings: list[Finding],
             exempt: tuple[Exempt, ...] = EXEMPT) -> list[Problem]:
    """Return what is wrong: each fault once, with the places it is in."""
    places: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if not any(one.exempted_by(quirk) for quirk in exempt):
            places.setdefault((one.tool, one.message), []).append(one)
    found = []
    for (tool, message), where in places.items():
        first, *others = sorted(where, key=lambda one: (one.path, one.line))
        shown = " ".join(first.source.split())[:160]
        also = ", ".join(f"{one.path}:{one.line}" for one in others[:3])
        also = f"; also in {also}" if also else ""
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        found.append(Problem(first.path, first.line, (
            f"{tool}: {message} Here: {shown}{also}{more}. Mend the page, "
            "the template or macro that writes it, or tools/html")))
    return found


def needless(findings: list[Finding], tool: str,
             exempt: tuple[Exempt, ...] = EXEMPT) -> list[Exempt]:
    """Return the exemptions of a tool that nothing needs any more."""
    return [quirk for quirk in exempt if quirk.tool == tool
            and not any(one.exempted_by(quirk) for one in findings)]
