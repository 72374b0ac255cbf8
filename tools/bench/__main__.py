"""Measure the project's bars and write them down.

python -m tools.bench               every section, about an hour
python -m tools.bench build mha     these sections
python -m tools.bench --quick mha   few repetitions: does it run?
python -m tools.bench --report      write BENCH.md from the JSON again
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tools.bench import attention, build, checks, edit, pages, report
from tools.bench.common import ROOT, Section, machine, say

DATA = ROOT / "docs" / "assets" / "data" / "bench.json"
REPORT = ROOT / "BENCH.md"
SECTIONS: dict[str, Callable[[bool], Section]] = {
    "build": build.bench,
    "growth": build.bench_growth,
    "edit": edit.bench,
    "pages": pages.bench,
    "lighthouse": pages.bench_lighthouse,
    "tests": checks.bench,
    "snippet": checks.bench_snippet,
    "mha": attention.bench,
}


def load() -> dict[str, Any]:
    """Return what earlier runs left."""
    if DATA.exists():
        stored: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
        return stored
    return {"name": "bench", "command": "python -m tools.bench"}


def store(name: str, section: Section, seconds: float) -> None:
    """Merge a section into the JSON, in one piece, and write the report."""
    stored = load()
    sections = stored.setdefault("sections", {})
    sections[name] = {
        **section.as_json(),
        "command": f"python -m tools.bench {name}",
        "machine": machine(),
        "measured": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds, 1),
    }
    stored["sections"] = {
        known: sections[known] for known in SECTIONS if known in sections
    }
    # Where pages look numbers up: {{ n("bench", "mha.time_ratio") }}.
    stored["values"] = {
        key: value["numbers"] for key, value in stored["sections"].items()
    }
    write(stored)


def write(stored: dict[str, Any]) -> None:
    """Write both files."""
    partial = DATA.with_suffix(".partial")
    partial.write_text(
        json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    partial.replace(DATA)
    REPORT.write_text(report.text(stored), "utf-8")


def main(argv: list[str] | None = None) -> int:
    """Measure the sections that were asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="section",
                        help=f"of {', '.join(SECTIONS)}; default: all")
    parser.add_argument("--quick", action="store_true",
                        help="few repetitions; nothing is stored")
    parser.add_argument("--report", action="store_true",
                        help="only write BENCH.md from what is stored")
    args = parser.parse_args(argv)
    unknown = set(args.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; "
                     f"known: {', '.join(SECTIONS)}")
    if args.report:
        write(load())
        return 0
    broken = 0
    for name in args.sections or SECTIONS:
        say(f"{name} …")
        start = time.perf_counter()
        section = SECTIONS[name](args.quick)
        for bar in section.bars:
            broken += not bar.kept
            say(f"  {report.verdict(bar.__dict__ | {'kept': bar.kept})}")
        if args.quick:
            say(report.table(section.head, section.rows))
        else:
            store(name, section, time.perf_counter() - start)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
