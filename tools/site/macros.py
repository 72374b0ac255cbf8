"""What a page can ask for in `{{ … }}`: numbers, figures, cards, ledgers.

Loaded by mkdocs-macros-plugin, and by Zensical's macros extension, which
takes the same module. The functions that do the work are below
`define_env` and know nothing of either.
"""

import html
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from qkv_explained.course import (  # noqa: E402
    CONCEPTS,
    MYTHS,
    Concept,
    Lang,
    Myth,
    get,
)
from tools.pages import bibliography, ledger, numbers  # noqa: E402
from tools.refresh import formulas  # noqa: E402
from tools.site import widgets  # noqa: E402
from tools.pages.words import VERDICTS, WORDS  # noqa: E402

FIGURES = ROOT / "docs" / "assets" / "figures"


def define_env(env: Any) -> None:
    """Register the macros (the entry point that the plugin looks for)."""

    def lang() -> Lang:
        found: Lang = env.conf["theme"]["language"]
        return found

    def path() -> str:
        return page_path(env.page)

    def macro(function: Callable[..., str]) -> None:
        env.macro(function, function.__name__)

    @macro
    def n(name: str, key: str, **how: Any) -> str:
        text = numbers.n(name, key, lang(), **how)
        return VERDICTS[text][lang()] if text in VERDICTS else text

    @macro
    def pm(name: str, key: str, **how: Any) -> str:
        return numbers.pm(name, key, lang(), **how)

    @macro
    def f(name: str, display: bool = False) -> str:
        return formulas.f(name, lang(), display)

    @macro
    def figure(name: str, alt: str, caption: str = "") -> str:
        return figure_html(name, alt, caption, lang(), path())

    @macro
    def card(name: str) -> str:
        return card_html(get(name), lang(), path())

    @macro
    def concept_list() -> str:
        return concept_list_markdown(lang(), path())

    @macro
    def claim_table() -> str:
        return ledger.table_html(lang(), path())

    @macro
    def widget(name: str) -> str:
        return widgets.html_of(name, lang())


def page_path(page: Any) -> str:
    """The page's source path, below its language's folder."""
    file = getattr(page, "file", None)
    found: str = file.src_uri if file is not None else page.path
    return found


def up(path: str) -> str:
    """The way from a page's address to its language's root."""
    stem = path.rsplit(".", 1)[0]
    depth = stem.count("/") + (0 if stem.endswith("index") else 1)
    return "../" * depth


def to_source(path: str) -> str:
    """The way from a page's source file to its language's folder."""
    return "../" * path.count("/")


def figure_html(name: str, alt: str, caption: str, lang: Lang,
                path: str) -> str:
    """A figure: an `img` that the hook replaces by the drawing itself."""
    word = WORDS[lang]
    if not (FIGURES / f"{name}.{lang}.svg").exists():
        raise ValueError(
            f"figure {name!r}: docs/assets/figures/{name}.{lang}.svg is "
            f"missing; run: python -m tools.refresh figures {name}")
    source = f"{up(path)}assets/figures/{name}.{lang}.svg"
    parts = [
        f'<figure class="drawing" id="fig-{name}" markdown="1">',
        f'<img src="{source}" alt="{html.escape(alt, quote=True)}">',
    ]
    if caption:
        parts.append(f'<figcaption markdown="span">{caption}</figcaption>')
    # Beside the figure: in HTML its caption must be its last child.
    parts.append(
        f'</figure>\n\n<div class="drawing-more" data-search-exclude>\n'
        f'<p><a href="{source}" download>{word["download_svg"]}</a></p>')
    data = FIGURES / f"{name}.{lang}.json"
    if data.exists():
        parts.append(_table_html(json.loads(data.read_text("utf-8")),
                                 word["as_table"]))
    parts.append("</div>")
    return "\n" + "\n".join(parts) + "\n"


def _table_html(table: dict[str, Any], title: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(str(h))}</th>'
                   for h in table["head"])
    rows = "".join(
        "<tr>" + f'<th scope="row">{html.escape(str(row[0]))}</th>'
        + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row[1:])
        + "</tr>"
        for row in table["rows"])
    return (
        f'<details class="as-table"><summary>{title}'
        f'</summary><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></details>")


def card_html(concept: Concept, lang: Lang, path: str) -> str:
    """The concept card: what the map says of a page, and its downloads."""
    word = WORDS[lang]
    colon = word["colon"].strip()
    back = to_source(path)
    stem = Path(concept.page).stem

    def link(other: Concept) -> str:
        return f"[{other.titles[lang]}]({back}{other.page})"

    rows = [
        (word["idea"], concept.ideas[lang]),
        (word["prerequisites"],
         ", ".join(link(get(p)) for p in concept.prerequisites)
         or word["none"]),
        (word["module"],
         f"[`{concept.module}`]({back}{api_page(concept)}"
         f"#{concept.module})"),
        (word["snippets"], " ".join(
            f"`{concept.snippet_dir}/{s}.py`" for s in concept.snippets)),
        (word["tests"], " ".join(f"`{t}`" for t in concept.tests)),
        (word["sources"], "; ".join(
            f"[{bibliography.name(s.key, lang)}]"
            f"({back}reference/sources.md#{s.key})"
            + bibliography.place(s.where, lang)
            for s in concept.sources)),
    ]
    body = "\n".join(f"{term}{colon}\n:   {text}\n" for term, text in rows)
    return f"""
<div class="card" data-search-exclude markdown="1">
<p class="card-actions">
<button type="button" class="md-button" data-copy-script="{stem}.py">\
{word["copy_script"]}</button>
<a class="md-button" href="{stem}.py" download>{word["script"]}</a>
<a class="md-button" href="{stem}.ipynb" download>{word["notebook"]}</a>
<a class="md-button" href="../{stem}.md">{word["markdown"]}</a>
</p>

??? card "{word["card"]}"
{_indent(body)}

</div>
"""


def api_page(concept: Concept) -> str:
    """The reference page that documents a concept's module."""
    training = isinstance(concept, Myth) or concept.id == "origins"
    return f"reference/api/{'training' if training else 'attention'}.md"


def _indent(text: str) -> str:
    return "\n".join("    " + line if line else "" for line in
                     text.split("\n"))


def concept_list_markdown(lang: Lang, path: str) -> str:
    """All concepts and myths as a list of links, in reading order."""
    back = to_source(path)
    return "\n" + "\n".join(
        f"{i}. [{c.titles[lang]}]({back}{c.page}): {c.ideas[lang]}"
        for i, c in enumerate((*CONCEPTS, *MYTHS), 1)) + "\n"
