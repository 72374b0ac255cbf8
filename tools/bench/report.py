"""What was measured, as JSON and as BENCH.md, which is made from it."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.places import ROOT

DATA = ROOT / "docs" / "made" / "bench.json"
REPORT = ROOT / "BENCH.md"
HEAD = """\
# Measurements

What the project promises about itself, and what was measured. Repeat it with
`make bench`, or a part with `python -m tools.bench <section>`; the numbers
are in [bench.json](docs/made/bench.json). Times depend on the machine.
This file is written by the command; do not edit it.

## Bars
"""


@dataclass
class Bar:
    """A promise (`limit`), what was measured (`value`), and on which page."""

    what: str
    limit: float
    value: float
    unit: str = ""
    at_least: bool = False
    where: str = ""

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        if self.at_least:
            return self.value >= self.limit
        return self.value <= self.limit


@dataclass
class Section:
    """What one section measured: bars, a table, numbers by name."""

    title: str
    how: str
    bars: list[Bar] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numbers: dict[str, Any] = field(default_factory=dict)

    def as_json(self, name: str, seconds: float) -> dict[str, Any]:
        """The section as it is kept, with the machine, which is not named."""
        info = Path("/proc/cpuinfo")
        lines = info.read_text().split("\n") if info.exists() else []
        models = [one.split(":", 1)[1].strip() for one in lines
                  if one.startswith("model name")]
        return {
            **asdict(self),
            "bars": [{**asdict(bar), "kept": bar.kept} for bar in self.bars],
            "command": f"python -m tools.bench {name}",
            "machine": {
                "processor": (models or [platform.machine()])[0],
                "cores": os.cpu_count(),
                "system": f"{platform.system()} {platform.machine()}",
                "python": platform.python_version(),
            },
            "measured": datetime.now(UTC).date().isoformat(),
            "seconds": round(seconds, 1),
        }


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median and range, as text."""
    return (f"{statistics.median(values):.{digits}f} "
            f"({min(values):.{digits}f}–{max(values):.{digits}f})")


def write(kept: dict[str, Any]) -> None:
    """Write both files."""
    # Where pages look numbers up: {{ n("bench", "mha.time_ratio") }}.
    kept["values"] = {name: one["numbers"]
                      for name, one in kept["sections"].items()}
    DATA.write_text(
        json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    REPORT.write_text(text(kept), "utf-8")


def text(kept: dict[str, Any]) -> str:
    """The whole of BENCH.md."""
    sections = kept["sections"].values()
    return "\n".join([HEAD, summary(sections), *map(chapter, sections)])


def summary(sections: Iterable[dict[str, Any]]) -> str:
    """All bars, in a table."""
    rows = []
    for section in sections:
        for bar in section["bars"]:
            sign = "≥" if bar["at_least"] else "≤"
            rows.append([
                f"{section['title']}: {bar['what']}",
                f"{sign} {number(bar['limit'])} {bar['unit']}".strip(),
                f"{number(bar['value'])} {bar['unit']}".strip(),
                "yes" if bar["kept"] else "**no**",
                bar["where"],
            ])
    head = ["what", "bar", "measured", "kept", "on"]
    return table(head, rows) + "\n"


def chapter(section: dict[str, Any]) -> str:
    """One section."""
    made = section["machine"]
    return "\n".join([
        f"## {section['title']}\n",
        section["how"] + "\n",
        *([table(section["head"], section["rows"]) + "\n"]
          if section["rows"] else []),
        f"`{section['command']}` · {section['measured']} · "
        f"{made['processor']}, {made['cores']} cores, {made['system']}, "
        f"Python {made['python']} · took {section['seconds']:.0f} s\n",
    ])


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, first column to the left, the others to the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in [head, rule, *rows])


def number(value: float) -> str:
    """A number with the digits that matter."""
    if value == int(value):
        return f"{value:.0f}"
    digits = 4 if abs(value) >= 100 else 3 if abs(value) >= 0.01 else 1
    return f"{value:.{digits}g}"
