"""The reference of the package: one entry for every public module.

Which page a module stands on follows from where it is: the library below
qkv_explained, the experiments in lab and in the myths' folders, and the
machine (map, bibliography, command line).
"""

from __future__ import annotations

from pathlib import Path

from tools.pages import mapping
from tools.places import ROOT

# Modules at the top of the package that compute nothing about attention.
MACHINE = ("cli", "bibliography", "course", "languages", "names")


def modules(part: str, root: Path = ROOT) -> list[str]:
    """The public modules of "library", "lab" or "machine", by dotted names.

    Those of topics come in the order of the course, then the others by name.
    """
    package = root / "qkv_explained"
    top = [path.stem for path in package.glob("[!_]*.py")]
    top += [path.parent.name for path in package.glob("*/__init__.py")]
    lab = [*package.glob("lab/[!_]*.py"), *package.glob("lab/real/[!_]*.py"),
           *package.glob("course/myths/*/[!_]*.py")]
    found = {
        "library": [one for one in top if one not in (*MACHINE, "lab")],
        "lab": [".".join(path.relative_to(package).with_suffix("").parts)
                for path in lab if path.name != "facts.py"],
        "machine": [*(one for one in top if one in MACHINE),
                    "course.drawing.pictures"],
    }
    if part not in found:
        raise ValueError(f"api({part!r}): there is no such part; there are "
                         f"{', '.join(found)}")
    topics = [one.module for one in mapping.compute(root)]
    names = {f"qkv_explained.{one}" for one in found[part]}
    first = [one for one in dict.fromkeys(topics) if one in names]
    return [*first, *sorted(names - set(first))]


def markdown(part: str, lang: str, back: str, root: Path = ROOT) -> str:
    """The entries of a part, for mkdocstrings to fill.

    For each module a heading, a link to the topic's page where there is one
    (`back` is the way to the language's folder), and mkdocstrings' own mark.
    """
    pages = {one.module: one for one in mapping.compute(root)}
    lines = []
    for name in modules(part, root):
        # The contents beside the page have room for two names.
        short = ".".join(name.split(".")[1:][-2:])
        anchor = short.replace(".", "-").replace("_", "-")
        lines.append(f"## `{short}` {{#module-{anchor}}}\n")
        if name in pages:
            page = pages[name]
            lines.append(f"→ [{page.titles[lang]}]({back}{page.page})\n")
        lines.append(f"::: {name}\n")
    return "\n" + "\n".join(lines)
