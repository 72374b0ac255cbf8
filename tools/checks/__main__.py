"""Look over the content: `python -m tools.checks [part of a path …]`.

`--list` prints all checks, what each guards and the defects planted for it.

The quick checks only, in a few seconds: what they find on the files named,
or anywhere. The tests run these too, and all the others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools.checks import (
    Problem,
    claims,
    commands,
    course,
    docstrings,
    drawings,
    fences,
    formula_facts,
    freshness,
    gates,
    notebooks,
    numbers,
    parity,
    predictions,
    prose_parity,
    readme,
    report,
    results,
    snippets,
    stated,
    table,
    terms,
    words,
)
from tools.places import ROOT

QUICK: dict[str, Callable[[Path], list[Problem]]] = {
    "fences": fences.problems,
    "snippets": snippets.on_pages,
    "parity": parity.problems,
    "facts between the languages": prose_parity.problems,
    "facts stated once": stated.problems,
    "freshness": freshness.problems,
    "map": course.problems,
    "numbers": numbers.problems,
    "results": results.problems,
    "figures": drawings.problems,
    "questions": predictions.problems,
    "docstrings": docstrings.problems,
    "formulas": formula_facts.problems,
    "terms": terms.problems,
    "claims": claims.problems,
    "commands": commands.problems,
    "notebooks": notebooks.problems,
    "readme": readme.problems,
    "table": table.problems,
    "languages": words.problems,
    "gates": gates.problems,
}


def main(names: list[str]) -> int:
    """Print what the quick checks find."""
    if "--list" in names:
        print(table.text(ROOT))
        return 0
    if {"-h", "--help"} & set(names):
        print(__doc__)
        return 0
    count = 0
    for name, check in QUICK.items():
        found = [problem for problem in check(ROOT) if not names or any(
            one in str(problem) for one in names)]
        if found:
            print(f"\n{name}\n{report(found)}")
        count += len(set(found))
    print(f"\n{count or 'no'} problems")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
