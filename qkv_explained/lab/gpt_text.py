"""The text that a GPT is trained on: the reader's own, or one of ours."""

from __future__ import annotations

import codecs
import tomllib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from qkv_explained.lab.markov import Source
from qkv_explained.languages import PIVOT, Lang

TEXTS = Path(__file__).resolve().parent / "texts"
SENTENCES = 4000
FEWEST = 1000  # characters of a text
MOST = 5_000_000  # characters that are read of a larger file
LETTERS = 4000  # different characters that a model tells apart
OTHER = "\ufffd"  # stands for all that are rarer
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class Refused(Exception):
    """What cannot be done; the reader's language has the words for it.

    Attributes:
        key: The message, in the table `gpt` of a language's words.
        values: What stands in its braces.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Text:
    """A text and what is known of it.

    Attributes:
        content: The text.
        letters: Its different characters, sorted.
        source: Where a text of ours comes from; None for a reader's.
        cut: Whether the file goes on after the content.
        rare: How many characters of the file became `OTHER`.
    """

    content: str
    letters: str
    source: Source | None = None
    cut: bool = False
    rare: int = 0

    @property
    def mark(self) -> str:
        """The same for the same text, and for no other."""
        return sha256(self.content.encode()).hexdigest()


def our_text(lang: Lang) -> Text:
    """Sentences of a known source, in the reader's language.

    Args:
        lang: The language; English where there is no grammar for it.

    Returns:
        The text, the same every time, with its source.
    """
    path = TEXTS / f"{lang}.toml"
    if not path.exists():
        path = TEXTS / f"{PIVOT}.toml"
    source = Source(tomllib.loads(path.read_text("utf-8")))
    content = source.text(SENTENCES, seed=0)
    return Text(content, "".join(sorted(set(content))), source)


def read_text(path: Path, encoding: str | None = None) -> Text:
    r"""A reader's own text.

    Args:
        path: A file of plain text.
        encoding: What it is written in; UTF-8 if left out, or what the mark
            at its beginning says.

    Returns:
        The text, with line ends as `\\n`.

    Raises:
        Refused: If it is missing, no file, too short, binary, or in another
            encoding.
    """
    if not path.exists():
        raise Refused("no_file", path=path)
    if path.is_dir():
        raise Refused("is_folder", path=path)
    if not path.is_file():
        raise Refused("no_plain_file", path=path)
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MOST + 1)
    except OSError as error:
        raise Refused("unreadable", path=path, why=error.strerror) from None
    content = _decoded(path, raw, encoding)
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    cut = len(raw) > 4 * MOST or len(content) > MOST
    content = content[:MOST]
    if len(content) < FEWEST or not content.strip():
        key = "short" if content.strip() else "empty"
        raise Refused(key, path=path, count=len(content), fewest=FEWEST)
    counted = Counter(content)
    common = {letter for letter, _ in counted.most_common(LETTERS)}
    rare = sum(n for letter, n in counted.items() if letter not in common)
    if rare:
        content = "".join(c if c in common else OTHER for c in content)
    return Text(content, "".join(sorted(set(content))), None, cut, rare)


def _decoded(path: Path, raw: bytes, encoding: str | None) -> str:
    """The bytes as text."""
    name = encoding
    if name is None:
        found = [name for mark, name in _MARKS if raw.startswith(mark)]
        name = found[0] if found else "utf-8"
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError:
        raise Refused("no_encoding", name=name) from None
    if b"\0" in raw[:100_000] and name in ("utf-8", "utf-8-sig"):
        raise Refused("binary", path=path)
    try:
        # The last letter may be cut in two where only a part was read.
        return decoder.decode(raw, final=len(raw) <= 4 * MOST)
    except UnicodeDecodeError as error:
        raise Refused("wrong_encoding", path=path, encoding=name,
                      place=error.start) from None  # fmt: skip
