"""README.md and its translations: equal in structure, true in every path.

That the code in them prints what they show, tools/refresh/readme.py sees to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qkv_explained.languages import PIVOT
from tools.checks import Problem, listed
from tools.places import ROOT
from tools.refresh.readme import MOST, PICTURES, READMES

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_LANGUAGE = re.compile(r"--lang \w+")
_CODE_OF_LANGUAGE = re.compile(r"<[^>]+>")


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find where the READMEs differ, and what they name that is not there."""
    pivot = skeleton((root / READMES[PIVOT]).read_text("utf-8"))
    for lang, name in READMES.items():
        if (root / name).exists():  # else the check of languages names it.
            text = (root / name).read_text("utf-8")
            for said in (*differing(skeleton(text), pivot),
                         *dangling(text, root), *_picture(lang, root)):
                yield Problem(name, 0, said)


def differing(here: list[str], there: list[str]) -> list[str]:
    """The first part in which a README is not README.md."""
    pairs = enumerate(zip(here, there, strict=False), 1)
    for number, (one, other) in pairs:
        if one != other:
            return [f"part {number} is {one}, but {other} in README.md; "
                    "they say the same, each in its language"]
    more = len(here) - len(there)
    word = "more" if more > 0 else "less"
    return [f"{abs(more)} parts {word} than README.md"] if more else []


def skeleton(text: str) -> list[str]:
    """What is the same in every language, in order."""
    parts: list[str] = []

    def fence(match: re.Match[str]) -> str:
        body = match[2]
        if match[1] == "console":
            body = _LANGUAGE.sub("--lang x", body.splitlines()[0])
        parts.append(f"{match[1]}: {body.strip()}")
        return f"@@{len(parts) - 1}"

    found = []
    for line in _FENCE.sub(fence, text).splitlines():
        code = sorted(_CODE_OF_LANGUAGE.sub("<>", one)
                      for one in _CODE.findall(line))
        links = sorted(re.sub(rf"/({'|'.join(READMES)})\.png$", "/x.png", link)
                       for link in _LINK.findall(line)
                       if link not in READMES.values())
        held = ", ".join([*code, *links])
        if line.startswith("@@"):
            found.append(parts[int(line[2:])])
        elif line.startswith("#"):
            found.append(f"heading {line.split(' ')[0]}")
        elif line.startswith(("|", "- ", "![")):
            found.append(f"{line[:2].strip()} with {held}")
        elif line.strip():
            found.append(f"a paragraph with {held or 'words'}")
    return found


def dangling(text: str, root: Path) -> list[str]:
    """Paths that do not exist; commands are looked at in commands.py."""
    found = [
        f"links to {link}, which does not exist"
        for link in _LINK.findall(text)
        if not link.startswith("http") and not (root / link).exists()
    ]
    for row in re.findall(r"(?m)^\| (`[^|]+`) \|", text):
        for path_name in _CODE.findall(row):
            if " " not in path_name and not (root / path_name).exists():
                found.append(f"the map names {path_name}, which is not there")
    return found


def _picture(lang: str, root: Path) -> list[str]:
    path = root / PICTURES.relative_to(ROOT) / f"{lang}.png"
    if not path.is_file():
        return [f"{path.name}: no picture; run: python -m "
                "tools.refresh pictures"]
    if path.stat().st_size > MOST:
        return [f"{path.name}: {path.stat().st_size:,} bytes, and the most "
                f"is {MOST:,}"]
    return []
