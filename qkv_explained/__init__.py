"""Query, key and value in attention, as code that can be run and checked.

Importing the package is instant, because it imports nothing: each module is
loaded when it is first used, and torch with the first that computes.

Examples:
    >>> import qkv_explained
    >>> qkv_explained.get("projection").module
    'qkv_explained.projection'
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qkv_explained.course import (
        CONCEPTS,
        LANGUAGES,
        MYTHS,
        Concept,
        Myth,
        Source,
        UnknownName,
        get,
    )
    from qkv_explained.shapes import (
        AttentionShapes,
        ShapeError,
        attention_shapes,
    )

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "CONCEPTS",
    "LANGUAGES",
    "MYTHS",
    "AttentionShapes",
    "Concept",
    "Myth",
    "ShapeError",
    "Source",
    "UnknownName",
    "attention_shapes",
    "get",
]

# The module in which each public name lives.
_HOME = {
    "CONCEPTS": "course",
    "LANGUAGES": "languages",
    "MYTHS": "course",
    "AttentionShapes": "shapes",
    "Concept": "course",
    "Myth": "course",
    "ShapeError": "shapes",
    "Source": "course",
    "UnknownName": "course",
    "attention_shapes": "shapes",
    "get": "course",
}

# Every module of the library and every part of the package, by its file.
_MODULES = tuple(
    found.name
    for found in iter_modules(__path__)
    if not found.name.startswith("_")
)


def __getattr__(name: str) -> Any:
    """Import a public name or a module when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Every public name and module, loaded or not."""
    return sorted({*globals(), *__all__, *_MODULES})
