"""The last pass over a page's HTML. String work only: it must be quick."""

import re

from qkv_explained.languages import words
from tools.site.finish import code, drawings, formulas, tables

# Stressed words in other letters than the page's: a title, an example.
_EM = re.compile(r"<em>([^<]*)</em>")
# An address in HTML that counts from the language's root: a builder changes
# relative ones, each in its own way, and leaves what has a scheme alone.
_SITE = re.compile(r'(href|src)="site:([^"]*)"')
_ALIGN = re.compile(r'<(t[hd]) style="text-align: (\w+);?">')


def page(text: str, name: str, lang: str, math: bool = True) -> str:
    """Finish a page's HTML; `name` is its source path, for messages.

    Without `math` the TeX stays instead of the rendered formulas.
    """
    text = _SITE.sub(rf'\1="{up(name)}\2"', text)
    text = _ALIGN.sub(r'<\1 class="to-\2">', text)
    # The theme's two check boxes carry an attribute that HTML forbids there.
    for box in ("drawer", "search"):
        kept = f' type="checkbox" id="__{box}"'
        text = text.replace(f'{kept} autocomplete="off"', kept)
    # And writes an empty tabindex at a section of the navigation.
    text = text.replace(' tabindex=""', "")
    text = _mark_foreign(text, lang)
    text = tables.wrap(text)
    text = code.fold(code.lighten(text), lang)
    text = code.with_buttons(text, lang)
    text = code.reachable(text)
    text = drawings.inline(text)
    if math:
        text = formulas.put_in(text, name)
    return text


def _mark_foreign(text: str, lang: str) -> str:
    """Let the styles tell what is stressed in other letters.

    Latin letters slant; dots below them, as Chinese stresses, look like dirt.
    """
    own = re.compile(words(lang)["habits"]["letters"], re.I)
    return _EM.sub(lambda match: match[0] if own.search(match[1]) else
                   f'<em class="foreign">{match[1]}</em>', text)


def up(name: str) -> str:
    """The way from a page's address to its language's root."""
    stem = name.rsplit(".", 1)[0]
    last = stem.rsplit("/", 1)[-1]
    return "../" * (stem.count("/") + (last not in ("index", "404")))
