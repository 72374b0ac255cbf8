"""Build English and print the seconds that each part of it took.

    python -m tools.bench.shares                ours
    python -m tools.bench.shares plain.en.yml   another configuration

Every plugin, hook and Markdown extension that does real work is timed from
outside; what happens inside another part is taken off that part.
"""

from __future__ import annotations

import functools
import json
import logging
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

TEMPLATES, API = "theme's templates", "plugin mkdocstrings"
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
    elif to == TEMPLATES and API in _inside:
        _inside.append(API)  # it has templates of its own
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
        (jinja2.Template, "render", TEMPLATES),
        (mkdocstrings.AutoDocProcessor, "run", API),
    ]
    for owner, name, part in works:
        setattr(owner, name, charged(part, getattr(owner, name)))


def main(config: str | None = None) -> int:
    """Build, and print the parts as JSON."""
    _switch("imports")
    if config is None:
        from tools.site import warm  # noqa: F401
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from qkv_explained.languages import PIVOT
    from tools.site.config import load

    _switch(None)
    watch()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        _switch("reading, writing, copying")
        loaded = (load_config(config, site_dir=folder) if config
                  else load(PIVOT, site_dir=folder))
        loaded.plugins.on_startup(command="build", dirty=False)
        build(loaded)
        loaded.plugins.on_shutdown()
        _switch(None)
    print(json.dumps(SECONDS))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
