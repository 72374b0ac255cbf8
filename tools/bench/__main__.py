"""Measure the project's bars and write them down.

python -m tools.bench               every section, about half an hour
python -m tools.bench build mha     these sections
python -m tools.bench --quick mha   few repetitions, nothing kept
python -m tools.bench --report      write BENCH.md from the JSON again
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from tools.bench import attention, pages, report, site
from tools.bench.report import DATA, Section

SECTIONS: dict[str, Callable[[bool], Section]] = {
    "build": site.build,
    "edit": site.edit,
    "pages": pages.weigh,
    "lighthouse": pages.judge,
    "mha": attention.compare,
}


def main(argv: list[str] | None = None) -> int:
    """Measure the sections that were asked for; they join those kept."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="section",
                        help=f"of {', '.join(SECTIONS)}; default: all")
    parser.add_argument("--quick", action="store_true",
                        help="few repetitions; nothing is kept")
    parser.add_argument("--report", action="store_true",
                        help="only write BENCH.md from what is kept")
    args = parser.parse_args(argv)
    unknown = set(args.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; "
                     f"known: {', '.join(SECTIONS)}")
    kept: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    if args.report:
        report.write(kept)
        return 0
    broken = 0
    for name in args.sections or SECTIONS:
        print(f"{name} …", flush=True)
        start = time.perf_counter()
        section = SECTIONS[name](args.quick)
        made = section.as_json(name, time.perf_counter() - start)
        broken += sum(not bar["kept"] for bar in made["bars"])
        print(report.chapter(made), report.summary([made]), sep="\n")
        if not args.quick:
            found = {**kept["sections"], name: made}
            kept["sections"] = {n: found[n] for n in SECTIONS if n in found}
            report.write(kept)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
