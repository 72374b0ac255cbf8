"""Names of sources and places in them, as the package's bibliography has them.

A key is also the anchor of the work on the page of sources.
"""

from qkv_explained import bibliography


def name(key: str, lang: str) -> str:
    """Return a source's name in running text, such as "Gros 2024".

    Args:
        key: The anchor on the bibliography page, such as `vaswani2017`.
        lang: The language.

    Returns:
        Authors and year, or the number of a note.
    """
    return bibliography.label(key, lang)


def place(where: str, lang: str) -> str:
    """Return ", §3.2" for a place in a source, "" for the whole of it."""
    return f", {bibliography.place(where, lang)}" if where else ""
