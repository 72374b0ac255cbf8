"""README.md and its translations: equal in structure, true in every path.

That the code in them prints what they show, tools/refresh/readme.py sees to.
"""

from __future__ import annotations

import re
from pathlib import Path

from qkv_explained.languages import PIVOT
from tools.checks import Problem
from tools.places import ROOT
from tools.refresh.readme import MOST, PICTURES, READMES

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_LANGUAGE = re.compile(r"--lang \w+")
_CODE_OF_LANGUAGE = re.compile(r"<[^>]+>")


def problems(root: Path) -> list[Problem]:
    """Find where the READMEs differ, and what they name that is not there."""
    pivot = skeleton((root / READMES[PIVOT]).read_text("utf-8"))
    found = []
    for lang, name in READMES.items():
        if not (root / name).exists():
            continue  # The check of languages names it.
        text = (root / name).read_text("utf-8")
        for number, (here, there) in enumerate(
            zip(skeleton(text), pivot, strict=False), 1
        ):
            if here != there:
                message = (
                    f"part {number} is {here}, but {there} in README.md; "
                    "they say the same, each in its language"
                )
                found.append(Problem(name, 0, message))
                break
        else:
            more = len(skeleton(text)) - len(pivot)
            if more:
                message = f"{abs(more)} parts {'more' if more > 0 else 'less'}"
                found.append(Problem(name, 0, f"{message} than README.md"))
        found += [Problem(name, 0, said) for said in dangling(text, root)]
        found += [Problem(name, 0, said) for said in _picture(lang, root)]
    return found


def skeleton(text: str) -> list[str]:
    """What is the same in every language, in order."""
    parts: list[str] = []

    def fence(match: re.Match[str]) -> str:
        body = match[2]
        if match[1] == "console":
            body = _LANGUAGE.sub("--lang x", body.splitlines()[0])
        parts.append(f"{match[1]}: {body.strip()}")
        return f"@@{len(parts) - 1}"

    lines = _FENCE.sub(fence, text).splitlines()
    found = []
    for line in lines:
        code = sorted(
            _CODE_OF_LANGUAGE.sub("<>", one) for one in _CODE.findall(line)
        )
        links = sorted(
            re.sub(rf"/({'|'.join(READMES)})\.png$", "/x.png", link)
            for link in _LINK.findall(line)
            if link not in READMES.values()
        )
        held = [*code, *links]
        if line.startswith("@@"):
            found.append(parts[int(line[2:])])
        elif line.startswith("#"):
            found.append(f"heading {line.split(' ')[0]}")
        elif line.startswith(("|", "- ", "![")):
            found.append(f"{line[:2].strip()} with {', '.join(held)}")
        elif line.strip():
            found.append(f"a paragraph with {', '.join(held) or 'words'}")
    return found


def dangling(text: str, root: Path) -> list[str]:
    """Paths, targets of make, and modules that do not exist."""
    found = [
        f"links to {link}, which does not exist"
        for link in _LINK.findall(text)
        if not link.startswith("http") and not (root / link).exists()
    ]
    targets = set(
        re.findall(r"(?m)^(\w+):", (root / "Makefile").read_text("utf-8"))
    )
    for code in _CODE.findall(text):
        for target in re.findall(r"^make (\w+)", code):
            if target not in targets:
                found.append(f"`{code}`: the Makefile has no {target}")
        for module in re.findall(r"-m (tools[\w.]+)", code):
            path = root / module.replace(".", "/")
            if not path.is_dir() and not path.with_suffix(".py").exists():
                found.append(f"`{code}`: there is no {module}")
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
