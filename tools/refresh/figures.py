"""Draw the figures: `python -m tools.refresh figures [names]`.

One SVG a language in docs/made/<topic>, and one JSON table beside it where
the figure has one. What is committed is compared with what the code draws by
content (shapes and words, numbers to 0.6 of a unit), since two processors
may differ in the last digit.
"""

import functools
import inspect
import json
import operator
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from types import ModuleType
from typing import Any

from qkv_explained.languages import LANGUAGES, PIVOT, words
from tools import places
from tools.pages import heads, mapping
from tools.places import ROOT
from tools.refresh.jobs import Job

_WORDS = re.compile(r">[^<]+<")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def labels(name: str, lang: str) -> dict[str, str]:
    """Return what a figure says in a language.

    Its own words stand in the front matter of the page that shows it
    (`LacksHead` if of none). To them come the decimal mark, and the titles
    of the pages by their ids.
    """
    own = heads.figure_words(lang)
    if name not in own:
        raise heads.LacksHead(
            f"docs/{lang}: no page has the words of the figure {name}. "
            f"Write them into the front matter of the page that shows it, "
            f"as docs/{PIVOT} does: figures: {{{name}: {{…}}}}")
    titles = {one.id: one.titles[lang] for one in mapping.compute()}
    return titles | {"point": words(lang)["habits"]["decimal"]} | own[name]


def render(name: str, lang: str) -> tuple[str, str | None]:
    """Draw one figure: its SVG, and its table as JSON (or None)."""
    from qkv_explained.course.drawing.svg import to_svg

    module = load(name)
    said = labels(name, lang)
    mark = said["point"]
    given = _given(name, module)
    svg = to_svg(module.draw(said, *given), name)
    if hasattr(module, "alt"):
        alt = escape(module.alt(said), quote=False)
        svg = svg.replace(">", f"><title>{alt}</title>", 1)
    svg = _WORDS.sub(lambda m: _decimals(m[0], mark), svg)
    if not hasattr(module, "table"):
        return svg, None
    head, rows = module.table(said, *given)
    table = {"head": head, "rows": [
        [_decimals(str(cell), mark) for cell in row] for row in rows]}
    return svg, json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _given(name: str, module: ModuleType) -> list[Any]:
    """The result file, for a figure that shows what was measured."""
    if "result" not in inspect.signature(module.draw).parameters:
        return []
    path = places.figure_file(name, "svg").with_name("result.json")
    return [json.loads(path.read_text("utf-8"))]


def _decimals(text: str, mark: str) -> str:
    """Write decimal points as the language writes them."""
    return re.sub(r"(?<=\d)\.(?=\d)", mark, text)


def own_words(svg: str) -> str:
    """The text alternative that a drawing brings along, or nothing."""
    found = re.match(r"<svg[^>]*><title>([^<]*)</title>", svg)
    return unescape(found[1]) if found else ""


def same_figure(one: str, other: str, tolerance: float = 0.6) -> bool:
    """Tell whether two SVG texts show the same thing.

    Everything but the numbers must be equal, and numbers (coordinates,
    colours' hexadecimal digits excepted) may differ by `tolerance` units of
    1/72 inch; numbers inside `<text>` must be equal.
    """
    if _WORDS.findall(one) != _WORDS.findall(other):
        return False
    if _NUMBER.sub("0", one) != _NUMBER.sub("0", other):
        return False
    a, b = _NUMBER.findall(one), _NUMBER.findall(other)
    return all(abs(float(x) - float(y)) <= tolerance
               for x, y in zip(a, b, strict=True))


def load(name: str) -> ModuleType:
    """Import the module that draws a figure."""
    known = places.figure_modules()
    if name not in known:
        raise ValueError(
            f"figure {name!r}: unknown; there are {', '.join(known)}")
    return places.load(known[name])


@functools.lru_cache(maxsize=8)
def _rendered(name: str, lang: str) -> tuple[str, str | None]:
    return render(name, lang)


def jobs(root: Path = ROOT) -> list[Job]:
    """One job for every drawing and every table, in each language."""
    kinds: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
        ("svg", same_figure), ("json", operator.eq))
    return [Job(places.figure_file(name, f"{lang}.{ending}", root),
                functools.partial(_part, name, lang, index), same)
            for name in places.figure_modules(root) for lang in LANGUAGES
            for index, (ending, same) in enumerate(kinds)]


def _part(name: str, lang: str, index: int) -> str:
    return _rendered(name, lang)[index] or ""


def left_over(root: Path = ROOT) -> list[Path]:
    """Drawings and tables that no module makes."""
    known = {job.path for job in jobs(root)}
    found = (root / places.MADE_BELOW).glob("*/*.*.*")
    return sorted(path for path in found if path not in known)
