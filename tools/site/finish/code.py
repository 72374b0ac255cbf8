"""Code blocks: fewer elements, docstrings folded, the copy button, the keys.

The theme's script would put each button in, one forced layout a block; in
the page from the start they cost nothing, and nothing moves. It measures a
block when it is first seen (`content.lazy`), and takes those that need not
scroll out of the keyboard's way.
"""

import re
from html import escape, unescape

from qkv_explained.languages import words
from tools.pages import docstrings

# Tokens in the colour of plain text: names, punctuation, operators, blanks.
# They are two thirds of a block's elements, and every one is styled and
# laid out.
_PLAIN = re.compile(r'<span class="(?:n|p|o|w)">([^<]*)</span>')
# Neither an output nor a signature, of which nobody wants a copy, nor a
# session: its prompts would be copied too, and do not run.
_BLOCK = re.compile(
    r'(<div class="(?!output |doc-signature )(?![^"]* output )[^"]*highlight">'
    r'(?:<span class="filename">[^<]*</span>)?)<pre(?: id="[^"]*")?>'
    r'(?:<span></span>)?<code>(?!<span class="gp">)')
_CODE = re.compile(r"(<pre\b[^>]*>(?:(?!</pre>).)*?<code)((?: [^>]*)?>)(.*?)"
                   r"(?=</code></pre>)", re.S)
# A block of Python as the highlighter leaves it: one line of HTML a line.
_PYTHON = re.compile(
    r'(<div class="(?:language-python )?highlight">'
    r'(?:<span class="filename">[^<]*</span>)?<pre[^>]*><code>)'
    r"((?:(?!</code>).)*)(</code></pre>)(</div>)", re.S)
# Letters in a line of code on a small phone.
NARROW = 32


def lighten(text: str) -> str:
    """Drop the elements of code that change nothing."""
    return _PLAIN.sub(r"\1", text).replace(
        "<pre><span></span><code>", "<pre><code>")


def fold(text: str, lang: str) -> str:
    """Put the docstrings of a block below its code, folded."""
    word = escape(words(lang)["page"]["docstring"])
    word += words(lang)["habits"]["colon"]

    def put(match: re.Match[str]) -> str:
        head, body, end, close = match.groups()
        found = docstrings.found(unescape(re.sub("<[^>]*>", "", body)))
        below = "".join(
            f'<details class="quiet docstring"><summary>{word}<code>{one.name}'
            f"</code></summary><pre><code>{escape(one.text, quote=False)}\n"
            "</code></pre></details>" for one in found)
        return head + docstrings.without(body, found) + end + below + close

    return _PYTHON.sub(put, text)


def with_buttons(text: str, lang: str) -> str:
    """Put a copy button into each block that a reader may want to run."""
    label = escape(words(lang)["page"]["copy_label"])
    number = 0

    def put(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        # Not of the <pre>, whose id the theme's script counts anew.
        block = f"code-{number}"
        return (f'{match[1]}<pre><span class="md-code__nav">'
                f'<button type="button" class="md-code__button" '
                f'title="{label}" data-clipboard-target="#{block}" '
                f'data-md-type="copy"></button></span><code id="{block}">')

    return _BLOCK.sub(put, text)


def reachable(text: str) -> str:
    """Let the keyboard reach each block that may have to scroll."""

    def put(match: re.Match[str]) -> str:
        lines = unescape(re.sub("<[^>]*>", "", match[3])).splitlines()
        wide = max(map(len, lines), default=0) > NARROW
        tabindex = ' tabindex="0"' if wide else ""
        return f"{match[1]}{tabindex}{match[2]}{match[3]}"

    return _CODE.sub(put, text)
