"""What is changed in the theme's own script and styles, and why.

The theme is pinned. Each change names the text that it replaces, and a build
fails where that text is not found, so that an update cannot lose one.

At the start of every page the theme restyled the whole document five times,
which was most of the time that a phone spent on the page:

- navigation.instant makes every address absolute; where it does so to the
  stylesheet's link, the stylesheet is loaded and applied once more;
- it adds a `<meta name="color-scheme">`, and to fill it restyles everything;
  `html:has(…)` in site.css says the same without one;
- `[data-md-color-switching] *` turns off transitions while colours change:
  setting the attribute restyles everything, and it is set at every start;
- `table:not([class])` and `table:not([class]) td > :first-child` depend on
  whether a class *is there*, so that any change of any class restyles what
  is below. Tables get a class when the page is built (`tools.site.finish.tables`).
"""

import re
from functools import lru_cache
from pathlib import Path

import material

ASSETS = Path(material.__file__).parent / "templates" / "assets"
SCRIPT = next((ASSETS / "javascripts").glob("bundle.*.min.js"))

_CHANGES = (
    ('M("[href], [src]",e))for(let r of["href","src"])',
     'M("[href]:not([rel=stylesheet]), [src]",e))'
     'for(let r of["href","src"])'),
    # Pages are compared by what is in their heads: the one stylesheet is the
    # same from whichever depth it is addressed.
    ("t.set(r.outerHTML,r)",
     't.set(r.rel==="stylesheet"?r.href.split("/").pop():r.outerHTML,r)'),
    ('x("meta",{name:"color-scheme"})', 'x("meta",{name:"unused-scheme"})'),
)
_SWITCHING = re.compile(
    r"\[data-md-color-switching\] \*[^{}]*\{[^{}]*\}")
PLAIN = "table.plain"
_NO_CLASS = "table:not([class])"


class ThemeChanged(RuntimeError):
    """The theme is not the one that the changes were made for."""


def _told(found: int, what: str) -> None:
    if found != 1:
        raise ThemeChanged(
            f"the theme's {what} is there {found} times, not once: see what "
            "the new version does instead, and mend tools/site/retheme.py (or pin "
            "the old version of mkdocs-material again)")


@lru_cache
def script(text: str | None = None) -> str:
    """Return the theme's script as this site runs it.

    Raises:
        ThemeChanged: If what is to be replaced is not there exactly once.
    """
    text = text if text is not None else SCRIPT.read_text("utf-8")
    for old, new in _CHANGES:
        _told(text.count(old), f"script: `{old}`")
        text = text.replace(old, new)
    return text


def styles(text: str) -> str:
    """Return the theme's styles as this site uses them.

    Raises:
        ThemeChanged: If what is to be replaced is not there.
    """
    text, found = _SWITCHING.subn("", text)
    _told(found, "rule for [data-md-color-switching]")
    _told(min(text.count(_NO_CLASS), 1), f"rules for `{_NO_CLASS}`")
    return text.replace(_NO_CLASS, PLAIN)
