"""The figures of the site: one module each, drawn from code or results.

A figure's module has a function `draw(labels)` that returns a matplotlib
figure and, for heat maps and other pictures whose numbers matter,
`table(labels)` with the same numbers. The labels are in the front matter of
the page that shows the figure.
"""

import importlib
import pkgutil
from types import ModuleType


def names() -> list[str]:
    """Return the ids of all figures, sorted, such as `landing-map`."""
    return sorted(
        m.name.replace("_", "-")
        for m in pkgutil.iter_modules(__path__)
        if not m.name.startswith("_")
    )


def load(name: str) -> ModuleType:
    """Import a figure's module.

    Args:
        name: The figure's id, such as `projection-by-hand`.

    Returns:
        The module, with `draw`.

    Raises:
        ValueError: If there is no such figure.
    """
    if name not in names():
        raise ValueError(
            f"figure {name!r}: unknown; there are {', '.join(names())}"
        )
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
