"""What a page can ask for in `{{ … }}`: numbers, figures, cards, ledgers.

Loaded by mkdocs-macros-plugin, and by Zensical's macros extension, which
takes the same module. The functions that do the work are below
`define_env` and know nothing of either.
"""

import functools
import html
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.exceptions import PluginError
from mkdocs_macros.errors import format_error

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from qkv_explained import bibliography  # noqa: E402
from qkv_explained.course import Concept  # noqa: E402
from qkv_explained.languages import Lang, words  # noqa: E402
from tools.pages import formulas, ledger, mapping, numbers  # noqa: E402
from tools.places import DOCS, figure_file  # noqa: E402
from tools.refresh.figures import own_words  # noqa: E402
from tools.site import api as reference  # noqa: E402
from tools.site import exercises, rootpages, widgets  # noqa: E402
from tools.site.address import base_url  # noqa: E402


def define_env(env: Any) -> None:
    """Register the macros (the entry point that the plugin looks for)."""

    def lang() -> Lang:
        found: Lang = env.conf["theme"]["language"]
        return found

    def path() -> str:
        return page_path(env.page)

    names: list[str] = []

    def macro(function: Callable[..., str]) -> None:
        names.append(function.__name__)
        env.macro(function, function.__name__)

    @macro
    def n(name: str, key: str, **how: Any) -> str:
        text = numbers.n(name, key, lang(), **how)
        verdicts: dict[str, str] = words(lang())["verdicts"]
        return verdicts.get(text, text)

    @macro
    def verdict(name: str, badge: bool = False) -> str:
        found: str = words(lang())["verdicts"][name]
        return ledger.badge(name, lang()) if badge else found

    @macro
    def claim(number: int) -> str:
        return ledger.link(number, to_source(path()))

    @macro
    def pm(name: str, key: str, **how: Any) -> str:
        return numbers.pm(name, key, lang(), **how)

    @macro
    def f(name: str, display: bool = False) -> str:
        return formulas.f(name, lang(), display)

    @macro
    def figure(name: str, alt: str = "", caption: str = "") -> str:
        return figure_html(name, alt, caption, lang())

    @macro
    def card(name: str) -> str:
        return card_html(course()[name], lang(), path())

    @macro
    def concept_list() -> str:
        return concept_list_markdown(lang(), path())

    @macro
    def api(part: str) -> str:
        return reference.markdown(part, lang(), to_source(path()))

    @macro
    def claim_table() -> str:
        return ledger.table_html(lang(), path())

    @macro
    def exercise(name: str) -> str:
        return exercises.markdown(name, lang())

    @macro
    def widget(name: str) -> str:
        return widgets.html_of(name, lang())

    # The plugin's own words name neither line nor remedy.
    for kind in (Exception, TemplateSyntaxError):
        format_error.register(kind, functools.partial(explain, names))


def explain(macros: list[str], error: Exception, markdown: str,
            page: Any) -> NoReturn:
    """Say where a page asks for what is not there, and what to write.

    `markdown` is the page without its front matter, `macros` what it may ask
    for. The build ends with these words.
    """
    line = getattr(error, "lineno", 1)
    frame = error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    written = markdown.splitlines()[line - 1].strip()
    whole = Path(page.file.abs_src_path).read_text("utf-8")
    line += whole.count("\n") - markdown.count("\n")
    said = f"{page.file.abs_src_path}:{line}: {error}\n    {written}"
    if isinstance(error, TemplateError):
        said += (
            "\nTwo braces call a macro, one of: " + ", ".join(sorted(macros))
            + ". For braces of TeX put a space between them, { {ij} };\nfor "
            "braces of code, {% raw %} before and {% endraw %} after it.")
    raise PluginError(said) from error


@functools.cache
def course() -> dict[str, Concept]:
    """The map as the pages are now, once a build, by the topics' ids."""
    return {entry.id: entry for entry in mapping.compute()}


def page_path(page: Any) -> str:
    """The page's source path, below its language's folder."""
    file = getattr(page, "file", None)
    found: str = file.src_uri if file is not None else page.path
    return found


def to_source(path: str) -> str:
    """The way from a page's source file to its language's folder."""
    return "../" * path.count("/")


def figure_html(name: str, alt: str, caption: str, lang: Lang) -> str:
    """A figure: an `img` that the hook replaces by the drawing itself.

    Its text alternative is the page's, or else what its module's `alt` says.
    """
    word = words(lang)["page"]
    drawing = figure_file(name, f"{lang}.svg")
    if not drawing.exists():
        raise ValueError(
            f"figure {name!r}: {drawing.relative_to(ROOT).as_posix()} is "
            f"missing; run: python -m tools.refresh figures {name}")
    alt = alt or own_words(drawing.read_text("utf-8"))
    if not alt:
        raise ValueError(
            f"figure {name!r}: no text alternative; say alt=\"…\", or give "
            "its module alt(labels)")
    source = f"site:{drawing.relative_to(DOCS).as_posix()}"
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
    data = figure_file(name, f"{lang}.json")
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
        f'<details class="quiet as-table"><summary>{title}'
        f'</summary><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></details>")


def card_html(concept: Concept, lang: Lang, path: str) -> str:
    """The concept card: what the map says of a page, and its downloads."""
    word = words(lang)["page"]
    colon = words(lang)["habits"]["colon"].strip()
    back = to_source(path)
    stem = Path(concept.page).stem
    place = f"site:{concept.page.removesuffix('.md')}"

    def link(other: Concept) -> str:
        return f"[{other.titles[lang]}]({back}{other.page})"

    rows = [
        (word["idea"], concept.ideas[lang]),
        (word["prerequisites"],
         ", ".join(link(course()[p]) for p in concept.prerequisites)
         or word["none"]),
        (word["module"],
         f"[`{concept.module}`]({back}{api_page(concept)}"
         f"#{concept.module})"),
        (word["snippets"], " ".join(
            f"`{s}.py`" for s in concept.snippets)),
        (word["tests"], " ".join(f"`{t}`" for t in concept.tests)),
        (word["sources"], "; ".join(
            f"[{bibliography.label(s.key, lang)}]"
            f"({back}reference/sources.md#{s.key})"
            + (f", {bibliography.place(s.where, lang)}" if s.where else "")
            for s in concept.sources)),
        (word["install"],
         f"`pip install {base_url()}{rootpages.WHEEL}`"),
    ]
    body = "\n".join(f"{term}{colon}\n:   {text}\n" for term, text in rows)
    return f"""
<details class="quiet card" data-search-exclude markdown="1">
<summary>{word["card"]}</summary>
<p class="card-actions">
<button type="button" class="md-button" data-copy-script="{stem}.py">\
{word["copy_script"]}</button>
<a class="md-button" href="{place}/{stem}.py" download>{word["script"]}</a>
<a class="md-button" href="{place}/{stem}.ipynb" download>{word["notebook"]}</a>
<a class="md-button" href="{place}.md">{word["markdown"]}</a>
</p>

{body}
</details>
"""


def api_page(concept: Concept) -> str:
    """The reference page that documents a concept's module."""
    library = concept.module in reference.modules("library")
    return f"reference/api/{'attention' if library else 'training'}.md"


def concept_list_markdown(lang: Lang, path: str) -> str:
    """All concepts and myths as a list of links, in reading order."""
    back = to_source(path)
    return "\n" + "\n".join(
        f"{i}. [{c.titles[lang]}]({back}{c.page}): {c.ideas[lang]}"
        for i, c in enumerate(course().values(), 1)) + "\n"
