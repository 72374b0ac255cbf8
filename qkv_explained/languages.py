"""The languages: each is one file of words and habits, ``words/<lang>.toml``.

Whoever adds a language adds a file there and edits no code. What a file
lacks is named, with the file, when it is asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

FOLDER = Path(__file__).resolve().parent / "words"
HOME = "qkv_explained/words"

# What the others are translated from, and what a reader of none gets.
PIVOT = "en"

Lang: TypeAlias = str


class MissingWord(LookupError):
    """A language's file lacks a word; the message names both."""

    def __str__(self) -> str:
        """The message as it is, without the quotes of a KeyError."""
        return str(self.args[0])


class UnknownLanguage(LookupError):
    """There is no file for a language; the message names those there are."""


class Words(dict[str, Any]):
    """A part of a language's file; asked for what it lacks, it says so."""

    def __init__(self, content: dict[str, Any], file: str, where: str) -> None:
        self.file = file
        self.where = where
        super().__init__({
            key: Words(value, file, f"{where}{key}.")
            if isinstance(value, dict) else value
            for key, value in content.items()
        })

    def __missing__(self, key: str) -> Any:
        raise MissingWord(
            f"{self.file}: has no {self.where}{key}. Write it there; "
            f"{HOME}/{PIVOT}.toml says it in English")


@cache
def _read(path: Path, _stamp: int) -> Words:
    file = f"{HOME}/{path.name}"
    try:
        return Words(tomllib.loads(path.read_text("utf-8")), file, "")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: is not TOML: {error}") from error


def known(folder: Path = FOLDER) -> tuple[Lang, ...]:
    """The languages that have a file, in their order.

    Args:
        folder: Where the files are.

    Returns:
        Their codes, such as ``"en"``; the first is the site's own.
    """
    codes = sorted(path.stem for path in folder.glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: words(code, folder)["order"]))


def words(lang: Lang, folder: Path = FOLDER) -> Words:
    """The words and habits of a language.

    Args:
        lang: Its code, such as ``"en"``.
        folder: Where the files are.

    Returns:
        The file's tables.

    Raises:
        UnknownLanguage: If there is no such file.

    Examples:
        >>> words("ru")["habits"]["decimal"]
        ','
    """
    path = folder / f"{lang}.toml"
    if not path.exists():
        there = ", ".join(sorted(one.stem for one in folder.glob("*.toml")))
        raise UnknownLanguage(
            f"no language {lang!r} here: {HOME}/{lang}.toml is missing "
            f"(there are {there})")
    return _read(path, path.stat().st_mtime_ns)


def listed(names: Iterable[str], lang: Lang) -> str:
    """Names in a row, as a sentence has them.

    Args:
        names: What there is to choose from.
        lang: The language of the sentence.

    Returns:
        The names with commas, and the language's "or" before the last.

    Examples:
        >>> listed(["a", "b", "c"], "en")
        'a, b or c'
    """
    habits = words(lang)["habits"]
    *first, last = names
    start = str(habits["comma"]).join(first)
    return f"{start}{habits['or']}{last}" if first else last


def leaves(part: Words) -> Iterator[tuple[str, str]]:
    """Every text of a part with its place.

    Args:
        part: A language's words, or a table of them.

    Yields:
        The key, with the tables around it, and the text.
    """
    for key, value in part.items():
        where = f"{part.where}{key}"
        if isinstance(value, Words):
            yield from leaves(value)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield f"{where}[{index}]", str(item)
        else:
            yield where, str(value)


LANGUAGES: tuple[Lang, ...] = known()
DEFAULT: Lang = LANGUAGES[0]
