"""What the search index is given before a reader's browser fetches it.

The habits of the languages, one `docs/assets/data/search.<lang>.json` each,
go into every index: whoever reads Russian types English words too. And a
formula becomes what a reader would type (`d_k`, `√d_k`), for the results
show the text as it stands in the index.

A file of habits has `ignored`, the words that only make a question, and, if
words of the language have endings, `letters`, the language's letters as in a
regular expression, and `endings`: lists of [pattern, replacement], applied
one after the other; each list makes one stem. Words with a stem in common
are found by one another.
"""

import json
import re
from pathlib import Path
from typing import Any

from tools.places import ASSETS

HABITS = ASSETS / "data"

FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
SIGNS = {
    "top": "ᵀ", "times": "×", "cdot": "·", "dots": "…", "to": "→",
    "le": "≤", "ge": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "pm": "±",
    "partial": "∂", "infty": "∞", "sum": "Σ", "in": "∈", "leftarrow": "←",
    "Rightarrow": "⇒", "mapsto": "↦", "lVert": "‖", "rVert": "‖",
    "alpha": "α", "eta": "η", "sigma": "σ", "lambda": "λ", "mathbb": "",
    "quad": " ", "qquad": " ", "ln": "ln", "max": "max", "log": "log",
}


def habits(folder: Path = HABITS) -> list[dict[str, Any]]:
    """Return the habits of all languages that have a file of them."""
    return [json.loads(file.read_text("utf-8"))
            for file in sorted(folder.glob("search.*.json"))]


def readable(tex: str) -> str:
    r"""Write a formula as one types it: `\sqrt{d_k}` becomes `√d_k`."""
    tex = re.sub(r"\\(?:text|operatorname|math\w+)\s*\{([^{}]*)\}", r"\1", tex)
    tex = re.sub(r"_\{(\w+)\}", r"_\1", tex)
    before = ""
    while before != tex:
        before = tex
        tex = re.sub(r"\\sqrt\s*\{([^{}]*)\}", r"√\1", tex)
        tex = re.sub(r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}",
                     r"\1 / \2", tex)
        tex = re.sub(r"(?<![\\_^])\{([^{}]*)\}", r"\1", tex)
    tex = tex.replace(r"^\top", "ᵀ").replace(r"\sqrt", "√")
    tex = re.sub(r"\\([A-Za-z]+)", lambda name: SIGNS.get(name[1], ""), tex)
    tex = re.sub(r"\\[,;:! ]|&amp;|\\\\", " ", tex)
    return re.sub(r"\s+", " ", re.sub(r"[{}\\]", "", tex)).strip()


def teach(file: Path) -> None:
    """Give an index the habits of the languages, and readable formulas."""
    index = json.loads(file.read_text("utf-8"))
    index["config"]["habits"] = habits()
    for doc in index["docs"]:
        for part in ("title", "text"):
            doc[part] = FORMULA.sub(
                lambda found: readable(found[1] or found[2]), doc[part])
    file.write_text(json.dumps(index, ensure_ascii=False,
                               separators=(",", ":")), "utf-8")
