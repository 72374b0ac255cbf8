"""Imports that every build needs, made once: the fork server's preload.

Only third-party code, so that an edit of this project's is always seen.
"""

import contextlib
import importlib
import logging

HEAVY = (
    "mkdocs.commands.build", "mkdocs.config", "mkdocs.livereload",
    "material.plugins.search.plugin", "mkdocs_macros.plugin",
    "mkdocstrings", "mkdocstrings_handlers.python", "mkdocs_jupyter.plugin",
    "pymdownx.superfences", "pymdownx.arithmatex", "pymdownx.tabbed",
    "pygments.lexers.python", "pygments.formatters.html", "bs4", "nbformat",
)
for _name in HEAVY:
    with contextlib.suppress(ImportError):
        importlib.import_module(_name)

with contextlib.suppress(ImportError):
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
