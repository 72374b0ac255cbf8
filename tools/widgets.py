"""What a page shows where a widget will stand: the same as a table.

Readers without scripts keep it; with scripts the element replaces it. The
words are the widget's own, from docs/assets/widgets/strings.<lang>.json.
"""

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qkv_explained.shapes import attention_shapes
from tools.numbers import write_number

STRINGS = (Path(__file__).resolve().parent.parent
           / "docs" / "assets" / "widgets")

X = (1, 2, 0, 1)
W = ((1, 0), (0, 1), (2, 1), (1, -1))


def html_of(name: str, lang: str) -> str:
    """Return the element of a widget with its fallback inside.

    Args:
        name: `shapes`, `project` or `heads`.
        lang: "zh", "en" or "ru".

    Raises:
        ValueError: If there is no such widget; names those that there are.
    """
    if name not in FALLBACKS:
        raise ValueError(f"widget {name!r}: unknown; there are "
                         f"{', '.join(FALLBACKS)}")
    words = json.loads((STRINGS / f"strings.{lang}.json").read_text("utf-8"))
    attributes, table = FALLBACKS[name](words[name], lang)
    return (f'\n<div class="widget" data-search-exclude>\n<qkv-{name}'
            f"{attributes}>{table}</qkv-{name}>\n</div>\n")


def _table(title: str, head: list[str], rows: list[list[str]]) -> str:
    cells = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in head)
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td>{html.escape(c)}</td>" for c in row[1:]) + "</tr>"
        for row in rows)
    return (f"<table><caption>{html.escape(title)}</caption><thead><tr>"
            f"{cells}</tr></thead><tbody>{body}</tbody></table>")


def _shapes(words: dict[str, Any], lang: str) -> tuple[str, str]:
    sizes = attention_shapes(512, 8, n_q=10)
    rows = []
    for step in sizes.steps():
        shape = " × ".join(write_number(n, lang) for n in step.shape)
        axes = ", ".join(step.axes)
        count = write_number(step.weights, lang) if step.weights else ""
        rows.append([step.name, f"({axes}) = {shape}", count])
    head = [words["tensor"], words["shape"], words["parameters"]]
    return "", _table(words["title"], head, rows)


def _project(words: dict[str, Any], lang: str) -> tuple[str, str]:
    q = [sum(x * row[j] for x, row in zip(X, W, strict=True))
         for j in range(2)]
    head = ["x", *(words["column"].replace("{j}", str(j + 1))
                   for j in range(2))]
    rows = [[write_number(x, lang), *(write_number(w, lang) for w in row)]
            for x, row in zip(X, W, strict=True)]
    rows.append(["q = x W_Q", *(write_number(value, lang) for value in q)])
    numbers = " ".join(str(w) for row in W for w in row)
    return (f' data-x="{" ".join(map(str, X))}" data-w="{numbers}"',
            _table(words["title"], head, rows))


def _heads(words: dict[str, Any], lang: str) -> tuple[str, str]:
    rows = []
    for n_heads in (1, 2, 4, 8, 16, 32, 64):
        rows.append([write_number(n, lang) for n in (
            n_heads, 512 // n_heads, 512 * 512, 64 // n_heads, 512 * 64)])
    return ' data-heads="8"', _table(words["title"], words["table"], rows)


FALLBACKS: dict[str, Callable[[dict[str, Any], str], tuple[str, str]]] = {
    "shapes": _shapes, "project": _project, "heads": _heads,
}
