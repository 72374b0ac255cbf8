"""Every formula of the built pages is rendered, and none is left over."""

from __future__ import annotations

from pathlib import Path

from tools.checks import Problem, relative, webpage
from tools.site.finish import formulas

FILE = "docs/made/formulas.json"
FIX = "run: python -m tools.formulas --write"


def problems(site: Path, rendered: dict[str, str]) -> list[Problem]:
    """Find formulas that are still TeX, or rendered for no page.

    Args:
        site: The built site.
        rendered: KaTeX's output by formula, as committed.
    """
    found = []
    texts = []
    for path in webpage.pages(site):
        text = path.read_text(encoding="utf-8")
        texts.append(text)
        for key in sorted(formulas.formulas(text)):
            message = f"shows TeX for the formula {key[2:]}; {FIX}"
            found.append(Problem(relative(path, site), 0, message))
    everything = "\n".join(texts)
    for key, output in rendered.items():
        if output not in everything:
            message = f"no page has the formula {key[2:]} any more; {FIX}"
            found.append(Problem(FILE, 0, message))
    return found
