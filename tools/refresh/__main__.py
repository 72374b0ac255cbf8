"""Make again what is committed and comes from code.

    python -m tools.refresh                    all of the following
    python -m tools.refresh map                the map, for the wheel
    python -m tools.refresh exercises          their tasks, for the wheel
    python -m tools.refresh outputs [names]    what snippets print
    python -m tools.refresh facts [names]      numbers that pages state
    python -m tools.refresh figures [names]    drawings, in each language
    python -m tools.refresh notebooks [names]  notebooks with their outputs
    python -m tools.refresh readme             what the READMEs print
    python -m tools.refresh formulas           formulas (needs Node)

and, only when they are named:

    python -m tools.refresh pictures           screenshots (needs Chromium)
    python -m tools.refresh pins FILES         these translations follow the
                                               English pages as they are now

A name is a part of a file's path, such as `projection` or `by_hand`.
`--check` writes nothing, says what differs and fails if anything does.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from tools.pages import heads, mapping, pins
from tools.places import ROOT
from tools.refresh import (
    exercises,
    facts,
    figures,
    notebooks,
    outputs,
    readme,
)
from tools.refresh.jobs import Job

FAILS = "cannot be made: "
# What whoever is still writing a topic has to see, with the file it names.
CANNOT = (outputs.SnippetFails, notebooks.NotebookFails, mapping.BadTopic,
          heads.LacksHead, NotImplementedError)
KINDS: dict[str, Callable[[Path], list[Job]]] = {
    "map": mapping.jobs,
    "exercises": exercises.jobs,
    "outputs": outputs.jobs,
    "facts": facts.jobs,
    "figures": figures.jobs,
    "notebooks": notebooks.jobs,
    "readme": readme.jobs,
}


def refresh(
    kind: str, names: list[str], write: bool, root: Path = ROOT
) -> list[str]:
    """Make files of one of `KINDS` again, all or those of some names.

    Returns:
        A line for every file that differs (or did).
    """
    chosen = [job for job in KINDS[kind](root) if job.matches(names)]
    if names and not chosen:
        raise SystemExit(f"{kind}: nothing is named {' or '.join(names)}")
    said = []
    quiet = None if len(chosen) > 1 else True
    for job in tqdm(chosen, kind, leave=False, disable=quiet):
        name = job.path.relative_to(root).as_posix()
        try:
            found = job.run(write)
        except CANNOT as error:
            found = f"{FAILS}{error}"
        if found:
            said.append(f"{name}: {found}")
    return said


def _formulas(names: list[str], write: bool) -> list[str]:
    """Render the formulas; without Node they are left, and it says so."""
    from tools.refresh import formulas
    from tools.site.build import BuildFailed
    from tools.site.finish.formulas import RENDERED

    if not write:
        return formulas.problems(formulas.used())
    old = RENDERED.read_bytes() if RENDERED.exists() else b""
    try:
        formulas.write(formulas.used())
    except (formulas.NodeMissing, BuildFailed, ValueError) as error:
        return [f"docs/made/formulas.json: {FAILS}{error}"]
    new = RENDERED.read_bytes() if RENDERED.exists() else b""
    name = RENDERED.relative_to(ROOT).as_posix()
    return [f"{name}: differs"] if new != old else []


def _pins(names: list[str], write: bool) -> list[str]:
    if write and not names:
        raise SystemExit(
            "Name the translations that you have brought up to date: python "
            "-m tools.refresh pins docs/ru/concepts/projection.md")
    if write:
        return [f"{n}: follows now" for n in names if pins.pin(Path(n))]
    from tools.checks import freshness

    return [str(problem) for problem in freshness.problems(ROOT)]


def _pictures(names: list[str], write: bool) -> list[str]:
    """Take the screenshots; two browsers differ, so nothing is compared."""
    from tools.refresh import pictures

    if not write:
        raise SystemExit("pictures are not compared; look at them")
    return pictures.take()


# What is more than writing some texts.
APART: dict[str, Callable[[list[str], bool], list[str]]] = {
    "formulas": _formulas, "pictures": _pictures, "pins": _pins}


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.refresh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=[*KINDS, *APART])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args(argv)
    said: list[str] = []
    for kind in [args.what] if args.what else [*KINDS, "formulas"]:
        make = APART.get(kind) or functools.partial(refresh, kind)
        said += make(args.names, not args.check)
    failed = [line for line in said if FAILS in line]
    for line in said:
        print(line if args.check or line in failed else f"wrote {line}")
    if not said:
        print("Nothing to do: all is what the code gives.")
    return 1 if failed or (args.check and said) else 0


if __name__ == "__main__":
    sys.exit(main())
