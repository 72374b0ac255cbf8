"""Result files of experiments: written whole, resumed, never overwritten.

A result file is JSON. `runs` holds what each finished training run
measured, `values` what a page quotes. A file grows run by run, so that a
stopped experiment goes on where it was.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any


class ResultFileError(ValueError):
    """A result file that cannot be gone on with; the text says what to do."""


def versions(*packages: str) -> dict[str, str]:
    """The versions that a result was made with.

    Args:
        *packages: Names of installed distributions.

    Returns:
        Python's version and that of each package.
    """
    found = {name: version(name) for name in packages}
    return {"python": platform.python_version(), **found}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file so that it is never seen half-written.

    Args:
        path: The file; its folder must exist.
        content: What to write; numbers must be finite.
    """
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    handle, name = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
    )
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        os.chmod(name, 0o644)  # mkstemp makes it readable by the owner only
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class RunFile:
    """The result file of one experiment, open for going on.

    Attributes:
        path: The file.
        content: All that it holds.
    """

    def __init__(
        self, path: Path, identity: Mapping[str, Any], again: str = ""
    ) -> None:
        """Open a result file, or begin one.

        Args:
            path: The file; need not exist, its folder must.
            identity: What makes runs comparable: experiment, size,
                settings. A file with another identity is refused.
            again: The command that makes the file.

        Raises:
            ResultFileError: If the file is damaged or of another
                experiment, or its folder does not exist.
        """
        if not path.absolute().parent.is_dir():
            raise ResultFileError(
                f"{path}: its folder does not exist; make it first"
            )
        self.path = path
        plain = json.loads(json.dumps(dict(identity)))
        if path.exists():
            self.content = self._read(plain)
        else:
            self.content = {**plain, "duration_s": 0.0, "runs": {}}
        self.content["command"] = again

    def _read(self, identity: Mapping[str, Any]) -> dict[str, Any]:
        advice = "move it away, or give another file with --out"
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if not isinstance(content["runs"], dict):
                raise TypeError
            content["duration_s"] = float(content["duration_s"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ResultFileError(
                f"{self.path} is not a whole result file; {advice}"
            ) from error
        for key, wanted in identity.items():
            if content.get(key) != wanted:
                raise ResultFileError(
                    f"{self.path} holds {key} {content.get(key)!r}, not "
                    f"{wanted!r}; {advice}"
                )
        return dict(content)

    @property
    def runs(self) -> dict[str, dict[str, float]]:
        """What each finished run measured, by the run's name."""
        runs: dict[str, dict[str, float]] = self.content["runs"]
        return runs

    def record(
        self, measured: Mapping[str, Mapping[str, float]], seconds: float
    ) -> None:
        """Keep finished runs, on disk, before anything else happens.

        Args:
            measured: What each run measured, by the run's name.
            seconds: How long they took together.
        """
        for name, numbers in measured.items():
            self.runs[name] = dict(numbers)
        self.content["duration_s"] += seconds
        self.save()

    def save(self, **parts: Any) -> None:
        """Write the file, with these parts set or replaced."""
        self.content.update(parts)
        write_json(self.path, self.content)
