"""What a widget shows without scripts, and the element that replaces it.

`{{ widget("shapes") }}` puts `<qkv-shapes>` on a page, with a table inside
that says the same for one set of sizes. With scripts, the module of the
widget in docs/assets/widgets replaces the table; its words are the same file.
"""

import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from qkv_explained.languages import words
from qkv_explained.shapes import attention_shapes
from tools.pages.numbers import write_number
from tools.places import ASSETS

# The example of concepts/projection: four numbers in, two out.
X = (1, 2, 0, 1)
W_Q = ((1, 0), (0, 1), (2, 1), (1, -1))
HEADS = (1, 2, 4, 8, 16, 32, 64, 512)
D_MODEL, NOTE = 512, 64
_SUBSCRIPT = re.compile(r"([A-Za-z]+_[A-Za-z_]+)")


def html_of(name: str, lang: str) -> str:
    """Return the HTML of a widget in a language."""
    if name not in FALLBACKS:
        raise ValueError(
            f"widget {name!r}: there is none; known: {', '.join(FALLBACKS)}")
    data, inside = FALLBACKS[name](words(lang)["widgets"][name], lang)
    attributes = "".join(
        f' data-{key}="{html.escape(value)}"' for key, value in data.items())
    # A div around it, since Markdown takes an element that it does not know
    # for a part of a paragraph.
    return (f'\n<div class="widget" data-search-exclude>\n'
            f"<qkv-{name}{attributes}>{inside}</qkv-{name}>\n</div>\n")


def strings(lang: str) -> str:
    """Return what the scripts say in a language, as the file they load."""
    return json.dumps(words(lang)["widgets"], ensure_ascii=False,
                      indent=1) + "\n"


def shapes(t: dict[str, Any], lang: str) -> tuple[dict[str, str], str]:
    """Every shape at d_model = 512 with 8 heads."""
    layer = attention_shapes(512, 8, n_q=10)
    rows = []
    for step in layer.steps():
        role = step.name.removeprefix("W_")
        kind = f' class="is-{role.lower()}"' if role in "QKV" else ""
        formula = (f' <span class="qkv-formula">= {_math(step.formula)}'
                   "</span>" if step.formula else "")
        size = " × ".join(write_number(n, lang) for n in step.shape)
        count = write_number(step.weights, lang) if step.weights else ""
        rows.append(
            f'<tr{kind}><th scope="row"><span class="qkv-name">'
            f"{_math(step.name)}</span>{formula}</th>"
            f'<td><span class="qkv-shape">({size})</span>'
            f"<code>({', '.join(step.axes)})</code></td>"
            f"<td>{count}</td></tr>")
    sums = "".join(
        f'<tr><th scope="row" colspan="2">{_math(t[key])}</th>'
        f"<td>{write_number(number, lang)}</td></tr>"
        for key, number in (("sum", layer.weights), ("biases", layer.biases),
                            ("cache", layer.cache_per_token)))
    head = [t["tensor"], t["shape"], t["parameters"]]
    return ({"d-model": "512", "heads": "8", "tokens": "10"},
            _table("qkv-table", t["title"], head, "".join(rows), sums))


def project(t: dict[str, Any], lang: str) -> tuple[dict[str, str], str]:
    """The worked example: x, W_Q, every product, q."""
    columns = range(len(W_Q[0]))
    head = ["x", *(t["column"].format(j=j + 1) for j in columns)]
    rows = "".join(
        f"<tr><td>{write_number(x, lang)}</td>" + "".join(
            f"<td>{write_number(w, lang)}</td>" for w in row) + "</tr>"
        for x, row in zip(X, W_Q, strict=True))
    q = [sum(x * row[j] for x, row in zip(X, W_Q, strict=True))
         for j in columns]
    last = (f'<tr><th scope="row" class="is-q">{_math("q = x W_Q")}</th>'
            + "".join(f'<td class="is-q">{write_number(n, lang)}</td>'
                      for n in q) + "</tr>")
    data = {"x": " ".join(map(str, X)),
            "w": " ".join(str(w) for row in W_Q for w in row)}
    return data, _table("qkv-grid", t["title"], head, rows, last)


def heads(t: dict[str, Any], lang: str) -> tuple[dict[str, str], str]:
    """d_k and the parameters of W_Q, in the paper and in the note."""
    def width(columns: int, n_heads: int) -> str:
        if columns % n_heads:
            return "—"
        return write_number(columns // n_heads, lang)

    rows = "".join(
        f'<tr><th scope="row">{write_number(h, lang)}</th>' + "".join(
            f"<td>{cell}</td>" for cell in (
                width(D_MODEL, h), write_number(D_MODEL * D_MODEL, lang),
                width(NOTE, h), write_number(D_MODEL * NOTE, lang)))
        + "</tr>" for h in HEADS)
    return {"heads": "8"}, _table(
        "qkv-numbers", t["title"], t["table"], rows, "")


def _table(kind: str, title: str, head: Sequence[str], rows: str,
           foot: str) -> str:
    cells = "".join(f'<th scope="col">{_math(h)}</th>' for h in head)
    last = f"<tfoot>{foot}</tfoot>" if foot else ""
    return (f'<table class="{kind}"><caption class="qkv-title">'
            f"{_math(title)}</caption><thead><tr>{cells}</tr></thead>"
            f"<tbody>{rows}</tbody>{last}</table>")


def _math(text: str) -> str:
    """Text with its subscripts: `W_Q` becomes W with a low Q."""
    parts = []
    for i, part in enumerate(_SUBSCRIPT.split(text)):
        if i % 2:
            base, low = part.split("_", 1)
            parts.append(f"<var>{base}<sub>{low}</sub></var>")
        else:
            parts.append(html.escape(part, quote=False))
    return "".join(parts)


FALLBACKS: dict[str, Callable[
    [dict[str, Any], str], tuple[dict[str, str], str]]] = {
    "shapes": shapes, "project": project, "heads": heads}
