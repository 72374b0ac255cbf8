"""Names of sources, read from the headings of the bibliography page."""

import re
from functools import lru_cache
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
_HEADING = re.compile(r"^#+ +(.+?) +\{ *#([\w-]+) *\}\s*$", re.M)


def name(key: str, lang: str) -> str:
    """Return a source's name as the bibliography of a language heads it.

    Args:
        key: The anchor on the bibliography page, such as `vaswani2017`.
        lang: "zh", "en" or "ru".

    Returns:
        The heading, up to a colon or a full stop that ends the name.
    """
    found = _headings(lang).get(key)
    if found:
        return re.split(r"[:：.。](?:\s|$)", found, maxsplit=1)[0]
    match = re.fullmatch(r"([a-z-]+?)-?(\d+)", key)
    return f"{match[1].capitalize()} {match[2]}" if match else key


def place(where: str, lang: str) -> str:
    """Return ", §3.2" for the map's "section 3.2", or "" where it is prose.

    The map is written in English; only what needs no translation (numbers
    of sections, equations, tables) is shown in the other languages.
    """
    if not where:
        return ""
    short = re.sub(r"[Ss]ections? ", "§", where)
    short = re.sub(r" and ", ", ", short) if "§" in short else short
    if lang == "en" or not re.search(r"[A-Za-z]{3}", short):
        return f", {short}"
    return ""


@lru_cache
def _headings(lang: str) -> dict[str, str]:
    page = DOCS / lang / "reference" / "sources.md"
    if not page.exists():
        return {}
    return {key: text for text, key in
            _HEADING.findall(page.read_text("utf-8"))}
