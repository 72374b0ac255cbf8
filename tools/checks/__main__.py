"""Look over the content: `python -m tools.checks [part of a path …]`.

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
    notebooks,
    numbers,
    parity,
    predictions,
    readme,
    report,
    results,
    snippets,
    terms,
)
from tools.pages.reader import ROOT

QUICK: dict[str, Callable[[Path], list[Problem]]] = {
    "fences": fences.problems,
    "snippets": snippets.on_pages,
    "parity": parity.problems,
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
}


def main(names: list[str]) -> int:
    """Print what the quick checks find."""
    if {"-h", "--help"} & set(names):
        print(__doc__)
        return 0
    count = 0
    for name, check in QUICK.items():
        found = [
            problem
            for problem in check(ROOT)
            if not names or any(one in str(problem) for one in names)
        ]
        if found:
            print(f"\n{name}\n{report(found)}")
        count += len(set(found))
    print(f"\n{count or 'no'} problems")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
