"""Printing on consoles that cannot show every letter, and their language."""

from __future__ import annotations

import codecs
import locale
import os
import re
import sys
import unicodedata
from collections.abc import Mapping

from qkv_explained.languages import LANGUAGES, PIVOT, Lang, words

_PLAIN = {
    "ᵀ": "^T", "√": "sqrt ", "←": "<-", "⇒": "=>", "·": "*", "…": "...",
    "−": "-", "×": "x", "∂": "d", "η": "eta", "—": "-", "–": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"',
    "§": "section ", "≤": "<=", "≥": ">=", "≠": "!=", "±": "+/-",
    "∈": "in", "─": "-", "█": "#", "\u00a0": " ",
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Spell what an encoding lacks in plain characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelled = []
    for char in error.object[error.start:error.end]:
        base = unicodedata.normalize("NFKD", char)
        ascii_only = base.encode("ascii", "ignore").decode()
        spelled.append(_PLAIN.get(char) or ascii_only or "?")
    return "".join(spelled), error.end


codecs.register_error("qkv_plain", _plain)


def make_safe(stream: object) -> None:
    """Let a stream spell what it cannot show, instead of failing.

    Args:
        stream: Standard output or error; others are left alone.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="qkv_plain")


def can_show(lang: Lang, stream: object) -> bool:
    """Whether a stream's encoding has the letters of a language."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    try:
        words(lang)["habits"]["sample"].encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def language(
    environ: Mapping[str, str] | None = None,
    system: str | None = None,
) -> Lang:
    """The language that a reader's system is set to, English if another.

    Args:
        environ: Environment variables; those of the process if left out.
        system: The system's locale; asked for if left out.

    Returns:
        One of the site's languages.

    Examples:
        >>> language({"LANG": "ru_RU.UTF-8"}), language({"LANG": "fi_FI"})
        ('ru', 'en')
    """
    environ = os.environ if environ is None else environ
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return _of_locale(environ[variable])
    if system is None:
        system = locale.getlocale()[0] or ""
    return _of_locale(system)


def _of_locale(name: str) -> Lang:
    """Read "zh_CN.UTF-8" as POSIX and "Russian_Russia" as Windows has it."""
    lowered = name.lower()
    for lang in LANGUAGES:
        windows = words(lang)["english"].lower()
        if re.match(rf"{lang}([_.\-@]|$)|{windows}", lowered):
            return lang
    return PIVOT


def wrap(text: str, width: int = 78, indent: str = "") -> str:
    """Break text into lines, counting a Chinese character as two columns.

    Args:
        text: One paragraph.
        width: Columns of a line.
        indent: What each line begins with.

    Returns:
        The lines, joined.

    Examples:
        >>> print(wrap("one two three", 9))
        one two
        three
    """
    lines, line, used = [], "", 0
    for piece in re.findall(r"[^\s\u2e80-\uffff]+|\s+|.", text):
        columns = sum(
            2 if unicodedata.east_asian_width(c) in "WF" else 1
            for c in piece
        )
        closing = piece in "，。、；：？！”’）》】"
        fits = used + columns <= width - len(indent) or closing
        if line and not fits:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + columns
    return "\n".join(indent + part for part in [*lines, line.rstrip()])


def say(text: str = "") -> None:
    """Print a line on standard output."""
    print(text, file=sys.stdout)


def complain(text: str) -> None:
    """Print a line on standard error, after what was printed before."""
    sys.stdout.flush()
    print(text, file=sys.stderr)
