"""Render the formulas: `python -m tools.refresh formulas` (needs Node).

Builds the site with its TeX left alone, collects the formulas, has KaTeX
render each once, and writes docs/made/formulas.json, which builds
copy from, and KaTeX's fonts with just the characters that are shown (this
needs fonttools and brotli, which `make test` installs). `--check` says which
formulas are missing or no longer used, without Node.
"""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.places import ROOT
from tools.site.finish import formulas

KATEX = Path(__file__).resolve().parent / "katex"
VENDOR = ROOT / "docs" / "assets" / "vendor" / "katex"
# The fonts that only a class of KaTeX's own chooses.
OWN = {"KaTeX_AMS-Regular": "mathbb", "KaTeX_Math-Italic": "mathnormal"}


class NodeMissing(RuntimeError):
    """Node or KaTeX is not there; the message says how to get them."""


def used(site: Path | None = None) -> set[str]:
    """Return the keys of all formulas of a site, built with QKV_MATH=tex."""
    if site is not None:
        return set().union(set(), *(
            formulas.formulas(page.read_text("utf-8"))
            for page in site.rglob("*.html")))
    from tools.site.build import build

    with tempfile.TemporaryDirectory() as folder:
        os.environ["QKV_MATH"] = "tex"
        try:
            build(Path(folder) / "site", strict=False)
        finally:
            del os.environ["QKV_MATH"]
        return used(Path(folder) / "site")


def render(keys: set[str], whole: bool = False) -> dict[str, Any]:
    """Have KaTeX render formulas; return what formulas.json holds.

    With `whole` every element that KaTeX makes is kept; else those are left
    out without which a formula looks the same (katex/lean.mjs).

    Raises:
        NodeMissing: If Node or KaTeX is not installed.
        ValueError: If KaTeX refuses a formula; says which and why.
    """
    node = program("node")
    if not (KATEX / "node_modules" / "katex").is_dir():
        subprocess.run([program("npm"), "install", "--no-package-lock",
                        "--silent", "--no-audit", "--no-fund"],
                       cwd=KATEX, check=True)
    asked = [{"key": k, "tex": k[2:], "display": k[0] == "D"}
             for k in sorted(keys)]
    done = subprocess.run([node, "render.mjs", *["--whole"] * whole],
                          cwd=KATEX, text=True,
                          input=json.dumps(asked), capture_output=True)
    if done.returncode:
        raise ValueError(f"KaTeX refuses:\n{done.stderr.strip()}")
    made: dict[str, Any] = json.loads(done.stdout)
    made["characters"] = characters(made["formulas"].values())
    return made


def program(name: str) -> str:
    """Where a program of Node's is."""
    found = shutil.which(name)
    if found is None:
        raise NodeMissing(f"{name}: not found; install Node 20 or newer")
    return found


def problems(keys: set[str]) -> list[str]:
    """Return what is missing from the committed file, or left over in it."""
    known = set(formulas.rendered())
    fix = "run: python -m tools.refresh formulas"
    return ([f"math.json: not rendered yet: {k[2:]}; {fix}"
             for k in sorted(keys - known)]
            + [f"math.json: no page has it any more: {k[2:]}; {fix}"
               for k in sorted(known - keys)])


def characters(formulas: Iterable[str]) -> dict[str, str]:
    """Return the characters that rendered formulas show, by font of `OWN`.

    Under "" stand those that any other font may have to show.
    """
    shown: dict[str, set[str]] = {"": set(), **{font: set() for font in OWN}}
    for formula in formulas:
        visible = re.sub(r"<math.*?</math>", "", formula, flags=re.S)
        for classes, text in re.findall(
                r'<(?:span class="([^"]*)"|)[^>]*>([^<]+)',
                visible):
            font = next((font for font, name in OWN.items()
                         if name in classes.split()), "")
            shown[font].update(html.unescape(text))
    return {font: "".join(sorted(texts)) for font, texts in shown.items()}


def vendor(used_characters: dict[str, str]) -> None:
    """Put KaTeX's stylesheet and its woff2 fonts into the assets.

    A font keeps only the characters that some formula shows in it: whole,
    the fonts of one page weigh more than its text.
    """
    source = KATEX / "node_modules" / "katex" / "dist"
    (VENDOR / "fonts").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "katex.min.css", VENDOR / "katex.min.css")
    shutil.copyfile(KATEX / "node_modules" / "katex" / "LICENSE",
                    VENDOR / "LICENSE")
    from fontTools import subset

    options = subset.Options(flavor="woff2", notdef_outline=True)
    for path in sorted((source / "fonts").glob("*.woff2")):
        font = subset.load_font(str(path), options)
        cutter = subset.Subsetter(options)
        cutter.populate(
            text=used_characters.get(path.stem, used_characters[""]) + " ")
        cutter.subset(font)
        subset.save_font(font, str(VENDOR / "fonts" / path.name), options)


def write(keys: set[str]) -> None:
    """Render formulas; write formulas.json, and the fonts of what it shows."""
    made = render(keys)
    vendor(made["characters"])
    formulas.RENDERED.parent.mkdir(parents=True, exist_ok=True)
    formulas.RENDERED.write_text(dump(made), "utf-8")


def dump(made: dict[str, Any]) -> str:
    """Return the text of formulas.json: a formula a line, for diffs."""
    return json.dumps(made, ensure_ascii=False, indent=0) + "\n"
