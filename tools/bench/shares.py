"""Build one language and print the seconds that each part of it took.

    python -m tools.bench.shares en

Every plugin, hook and Markdown extension that does real work is timed from
outside; what happens inside another part is taken off that part.
"""

from __future__ import annotations

import functools
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS: dict[str, float] = defaultdict(float)
_inside: list[str] = []
_since = 0.0


def _switch(to: str | None) -> None:
    """Charge the time that has gone by to the innermost part."""
    global _since
    now = time.process_time()
    if _inside:
        SECONDS[_inside[-1]] += now - _since
    _since = now
    if to is None:
        _inside.pop()
    else:
        _inside.append(to)


def charged(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function so that its time is charged to a part."""

    @functools.wraps(work)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        _switch(part)
        try:
            return work(*args, **kwargs)
        finally:
            _switch(None)

    return wrapper


def watch() -> None:
    """Wrap what does the work."""
    import jinja2
    import markdown
    import mkdocs.plugins
    import mkdocstrings

    register = mkdocs.plugins.PluginCollection._register_event

    def registering(
        self: Any, event: str, method: Any, plugin_name: str | None = None
    ) -> None:
        name = (plugin_name or "?").removeprefix("material/")
        part = f"plugin {name}"
        if "hooks" in name:
            part = "our hooks (math, figures, exports, policy)"
        if not isinstance(method, mkdocs.plugins.CombinedEvent):
            method = charged(part, method)
        register(self, event, method, plugin_name)

    collection: Any = mkdocs.plugins.PluginCollection
    collection._register_event = registering
    works: list[tuple[Any, str, str]] = [
        (markdown.Markdown, "convert", "Markdown"),
        (jinja2.Template, "render", "theme's templates"),
        (mkdocstrings.AutoDocProcessor, "run", "plugin mkdocstrings"),
    ]
    for owner, name, part in works:
        setattr(owner, name, charged(part, getattr(owner, name)))


def main(lang: str) -> int:
    """Build, and print the parts as JSON."""
    _switch("imports and configuration")
    from tools import warm  # noqa: F401
    from tools.build import build_language

    watch()
    with tempfile.TemporaryDirectory() as folder:
        _switch("reading, writing, copying")
        build_language(lang, Path(folder), strict=False)
        _switch(None)
    _switch(None)
    print(json.dumps(SECONDS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
