"""Begin a topic or a language: the files it needs, each with a start.

    python -m tools.new concept softmax    a page, code, a test, a figure
    python -m tools.new myth one-head      the same, with an experiment
    python -m tools.new language de        how a language is written

What only an author knows is left empty or raises an error that names it, so
that `python -m tools.checks` and the tests say what to write where. Nothing
is overwritten.
"""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from string import Template

from qkv_explained import languages
from qkv_explained.languages import HOME, LANGUAGES, PIVOT
from tools.pages import reader
from tools.pages.mapping import ORDER, listed
from tools.places import ROOT

STARTS = Path(__file__).resolve().parent / "starts"
IDS = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# The headings that a new page takes over from the last page of its kind, so
# that no language's words stand here.
HEADINGS = ("by_hand", "real_size", "result")


class Refused(ValueError):
    """What was asked for cannot be begun; says why and what to do."""


def new(kind: str, name: str, root: Path = ROOT) -> list[str]:
    """Write what a "concept", a "myth" or a "language" begins with.

    Returns:
        The files that were written, and those that have a line more.

    Raises:
        Refused: If the name will not do, or a file is there already; then
            nothing is written.
    """
    check(kind, name)
    if kind == "language":
        write({f"{HOME}/{name}.toml": language(root)}, root)
        return [f"{HOME}/{name}.toml"]
    files = topic(kind, name, root)
    order = in_order(f"{kind}s/{name}", root)
    write(files, root)
    (root / ORDER).write_text(order, encoding="utf-8", newline="\n")
    return [*files, f"{ORDER.as_posix()} (a line more)"]


def check(kind: str, name: str) -> None:
    """Refuse a name that no address or no module can have."""
    if kind == "language":
        if not re.fullmatch(r"[a-z]{2,3}", name):
            raise Refused(f"{name}: a language is named by its code of two or "
                          "three letters, such as de")
        return
    if not IDS.fullmatch(name):
        raise Refused(f"{name}: an id is small letters, digits and single "
                      "hyphens, such as kv-cache")
    module = name.replace("-", "_")
    taken = {*sys.stdlib_module_names, *packages_distributions()}
    if keyword.iskeyword(module) or module in taken:
        raise Refused(f"{name}: Python or a library has this name; choose "
                      f"another, such as {name}-of-attention")


def topic(kind: str, name: str, root: Path = ROOT) -> dict[str, str]:
    """The files of a concept or a myth, by their paths."""
    module = name.replace("-", "_")
    said = {"id": name, "module": module}
    files = {}
    for path in sorted((STARTS / kind).rglob("*.start")):
        where = path.relative_to(STARTS / kind).with_suffix("").as_posix()
        text = Template(path.read_text(encoding="utf-8"))
        files[where.replace("TOPIC", module)] = text.substitute(said)
    page = Template((STARTS / f"{kind}.md").read_text(encoding="utf-8"))
    model = [one for one in listed(root) if one.startswith(f"{kind}s/")][-1]
    for lang in LANGUAGES:
        words = said | borrowed(root / "docs" / lang / f"{model}.md")
        files[f"docs/{lang}/{kind}s/{name}.md"] = page.substitute(words)
    return files


def borrowed(path: Path) -> dict[str, str]:
    """The words of a page that every page of its kind has."""
    page = reader.read(path)
    texts = {heading.id: re.split("[:：]", heading.text)[0]
             for heading in page.headings}
    reveal = re.search(r'^\?\?\? answer "(.*)"', page.text, re.M)
    found = {key: texts.get(key.replace("_", "-"), "") for key in HEADINGS}
    return found | {"reveal": reveal[1] if reveal else ""}


def in_order(page: str, root: Path = ROOT) -> str:
    """The text of order.toml with a page more, after the last of its kind."""
    text = (root / ORDER).read_text(encoding="utf-8")
    kind = page.split("/")[0]
    if page in listed(root):
        raise Refused(f"{page}: {ORDER.as_posix()} lists it already")
    *_, last = re.finditer(rf'"{kind}/[^"]*"', text)
    return f'{text[:last.end()]},\n  "{page}"{text[last.end():]}'


def language(root: Path = ROOT) -> str:
    """How English is written, as the start of another language's file."""
    text = (root / HOME / f"{PIVOT}.toml").read_text(encoding="utf-8")
    head = text[text.index("# The place"):text.index("[site]")]
    last = max(
        int(languages.words(lang, root / HOME)["order"])
        for lang in languages.known(root / HOME)
    )
    head = re.sub(r"(?m)^order = .*", f"order = {last + 1}", head)
    return re.sub(r'(?m)^(name|english|locale) = ".*?"', r'\1 = ""', head)


def write(files: dict[str, str], root: Path = ROOT) -> None:
    """Write files that are not there yet, or none."""
    there = [name for name in files if (root / name).exists()]
    if there:
        raise Refused(
            f"{', '.join(there)}: is there already, and nothing was written. "
            "Go on with it, choose another name, or delete it first")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.new", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["concept", "myth", "language"])
    parser.add_argument("name")
    args = parser.parse_args(argv)
    try:
        written = new(args.kind, args.name)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(f"wrote {name}" for name in written))
    print("What to write in them: python -m tools.checks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
