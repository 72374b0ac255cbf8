"""The map: which code, page, figure and source belongs to each topic.

The map is computed, from the pages, order.toml and each topic's folder, by
tools/pages/mapping.py in a checkout, and stands for the installed package in
map.json, which `make refresh` writes. Reading it needs no torch.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qkv_explained.languages import LANGUAGES, Lang
from qkv_explained.names import UnknownName, nearest

__all__ = [
    "CONCEPTS",
    "LANGUAGES",
    "MYTHS",
    "Concept",
    "Lang",
    "Myth",
    "Source",
    "UnknownName",
    "everything",
    "from_data",
    "get",
    "get_myth",
    "ids",
    "nearest",
    "topic_path",
]



@dataclass(frozen=True)
class Source:
    """One place in the literature.

    Attributes:
        key: An anchor of the bibliography, such as ``"vaswani2017"``.
        where: The section or equation, such as ``"§3.2.2"``.
    """

    key: str
    where: str = ""


@dataclass(frozen=True)
class Concept:
    """One idea and all that shows it.

    Attributes:
        id: The name in addresses and on the command line.
        titles: The page's title in each language.
        ideas: The idea in one sentence in each language.
        formula: The formula in plain characters, with its shapes.
        module: The module that defines it.
        snippets: Names of its snippets, in the order of the page.
        page: Its page, relative to a language's folder.
        figures: Names of its figures.
        widgets: Names of its widgets.
        notebooks: Paths of its notebooks, relative to a language's folder.
        prerequisites: Ids of what should be read before it.
        tests: Paths of the tests that guard it.
        sources: Where the idea is stated.
    """

    id: str
    titles: Mapping[str, str]
    ideas: Mapping[str, str]
    formula: str
    module: str
    snippets: tuple[str, ...]
    page: str
    figures: tuple[str, ...]
    widgets: tuple[str, ...]
    notebooks: tuple[str, ...]
    prerequisites: tuple[str, ...]
    tests: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def folder(self) -> str:
        """Its folder, below ``qkv_explained/course``."""
        kind = self.page.split("/", 1)[0]
        return f"{kind}/{self.id.replace('-', '_')}"


@dataclass(frozen=True)
class Myth(Concept):
    """A popular claim, and the experiment that settles it.

    Attributes:
        claims: Numbers of the claims in the ledger that it settles.
    """

    claims: tuple[int, ...]


def from_data(data: Mapping[str, Any]) -> Concept:
    """One entry of the map from plain data, as map.json holds it.

    Args:
        data: The fields of a `Concept`, or of a `Myth` if it has `claims`.

    Returns:
        The entry.
    """
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in data.items()
    }
    fields["sources"] = tuple(Source(**one) for one in data["sources"])
    return (Myth if "claims" in data else Concept)(**fields)


@functools.cache
def everything() -> tuple[Concept, ...]:
    """All concepts and myths, in reading order."""
    text = (files(__name__) / "map.json").read_text(encoding="utf-8")
    return tuple(from_data(entry) for entry in json.loads(text)["topics"])


if TYPE_CHECKING:
    CONCEPTS: tuple[Concept, ...]
    MYTHS: tuple[Myth, ...]


def __getattr__(name: str) -> Any:
    """CONCEPTS and MYTHS, read when first asked for.

    What computes the map imports this module before there is a map.json.
    """
    if name in ("CONCEPTS", "MYTHS"):
        return _of_kind(name == "MYTHS")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@functools.cache
def _of_kind(myths: bool) -> tuple[Concept, ...]:
    return tuple(e for e in everything() if isinstance(e, Myth) is myths)


def ids() -> tuple[str, ...]:
    """The ids of all concepts and myths, in reading order."""
    return tuple(entry.id for entry in everything())


def get(name: str) -> Concept:
    """Find a concept or a myth by its id.

    Underscores count as hyphens, and case does not matter, so that a
    module's name is found as well.

    Args:
        name: An id such as ``"weight-dimensions"``.

    Returns:
        The entry of the map.

    Raises:
        UnknownName: If there is none; it names the nearest ids.

    Examples:
        >>> get("multi_head").module
        'qkv_explained.multi_head'
    """
    return _find(name, everything())


def get_myth(name: str) -> Myth:
    """Find a myth by its id; raises UnknownName like `get`."""
    found = _find(name, _of_kind(True))
    assert isinstance(found, Myth)
    return found


def _find(name: str, entries: Sequence[Concept]) -> Concept:
    wanted = name.strip().lower().replace("_", "-")
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise UnknownName(name, (entry.id for entry in entries))


def topic_path(entry: Concept, *parts: str) -> Any:
    """A file of a topic's folder, such as ("snippets", "by_hand.py").

    Args:
        entry: The topic.
        *parts: Names below its folder.

    Returns:
        The path, as `importlib.resources` gives it.
    """
    return files(__name__).joinpath(*entry.folder.split("/"), *parts)
