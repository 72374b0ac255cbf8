"""Tables of the text: a class, and a box that scrolls where one is wide.

The theme's script would wrap them after the page is shown; built in, they
scroll without scripts, and nothing is laid out twice.
"""

import re

_TABLE = re.compile(r"<table>(.*?)</table>", re.S)


def wrap(text: str) -> str:
    """Give every table without a class the theme's two boxes."""
    return _TABLE.sub(
        r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
        r'<table class="plain">\1</table></div></div>', text)
