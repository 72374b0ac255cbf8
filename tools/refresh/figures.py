"""Draw the figures: `python -m tools.refresh figures [ids]`.

One SVG a language in docs/assets/figures, and one JSON table beside it where
the figure has one. `--check` compares what is committed with what the code
draws, by content (shapes and words, numbers to 0.6 of a unit), since two
processors may differ in the last digit. `--png ID FILE` gives a picture to
look at.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from tools.checks import after_looking

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "assets" / "figures"
LANGS = ("zh", "en", "ru")
_WORDS = re.compile(r">[^<]+<")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def render(name: str, lang: str) -> tuple[str, str | None]:
    """Draw one figure: its SVG, and its table as JSON (or None)."""
    from qkv_explained.course import drawing
    from qkv_explained.course.drawing.svg import to_svg

    module = drawing.load(name)
    words = module.LABELS[lang]
    svg = to_svg(module.draw(words), name)
    if lang == "ru":
        svg = _WORDS.sub(lambda m: _commas(m[0]), svg)
    if not hasattr(module, "table"):
        return svg, None
    head, rows = module.table(words)
    if lang == "ru":
        rows = [[_commas(str(cell)) for cell in row] for row in rows]
    table = {"head": head, "rows": rows}
    return svg, json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _commas(text: str) -> str:
    """Write decimal points as Russian writes them."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text)


def same_figure(one: str, other: str, tolerance: float = 0.6) -> bool:
    """Tell whether two SVG texts show the same thing.

    Everything but the numbers must be equal, and numbers (coordinates,
    colours' hexadecimal digits excepted) may differ by `tolerance` units of
    1/72 inch; numbers inside `<text>` must be equal.
    """
    def words(svg: str) -> list[str]:
        return re.findall(r">([^<]+)<", svg)

    if words(one) != words(other):
        return False
    if _NUMBER.sub("0", one) != _NUMBER.sub("0", other):
        return False
    a, b = _NUMBER.findall(one), _NUMBER.findall(other)
    return all(abs(float(x) - float(y)) <= tolerance
               for x, y in zip(a, b, strict=True))


def stale(names: list[str] | None = None) -> list[str]:
    """Return a message for every figure that code no longer draws."""
    from qkv_explained.course import drawing

    found = []
    for name in names or drawing.names():
        for lang in LANGS:
            svg, table = render(name, lang)
            path = OUT / f"{name}.{lang}.svg"
            fix = f"python -m tools.refresh figures {name}"
            if not path.exists():
                found.append(f"{path.relative_to(ROOT)}: missing; run: {fix}")
            elif not same_figure(path.read_text("utf-8"), svg):
                found.append(f"{path.relative_to(ROOT)}: differs from what "
                             f"the code draws. {after_looking(fix)}")
            data = OUT / f"{name}.{lang}.json"
            if table is not None and (
                    not data.exists() or data.read_text("utf-8") != table):
                found.append(f"{data.relative_to(ROOT)}: differs from the "
                             f"figure's table; {fix}")
    if names is None:
        known = set(drawing.names())
        for path in sorted(OUT.glob("*.*.*")):
            if path.name.split(".")[0] not in known:
                found.append(f"{path.relative_to(ROOT)}: no module draws it; "
                             "delete the file")
    return found


def write(names: list[str] | None = None) -> list[Path]:
    """Write figures that changed; return the files written."""
    from qkv_explained.course import drawing

    OUT.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names or drawing.names():
        for lang in LANGS:
            svg, table = render(name, lang)
            path = OUT / f"{name}.{lang}.svg"
            old = path.read_text("utf-8") if path.exists() else ""
            if not old or not same_figure(old, svg, 0.0):
                path.write_text(svg, "utf-8")
                written.append(path)
            data = OUT / f"{name}.{lang}.json"
            if table is not None and (
                    not data.exists() or data.read_text("utf-8") != table):
                data.write_text(table, "utf-8")
                written.append(data)
    return written


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.refresh.figures",
                                     description=__doc__)
    parser.add_argument("--write", nargs="*", metavar="ID")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--png", nargs=2, metavar=("ID", "FILE"))
    parser.add_argument("--lang", default="en", choices=LANGS)
    args = parser.parse_args(argv)
    if args.png:
        import matplotlib

        from qkv_explained.course import drawing

        module = drawing.load(args.png[0])
        matplotlib.rcParams["font.family"] = [
            "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP"]
        module.draw(module.LABELS[args.lang]).savefig(
            args.png[1], dpi=150, facecolor="white")
    elif args.check:
        problems = stale()
        print("\n".join(problems) or "all figures are what the code draws")
        return 1 if problems else 0
    else:
        for path in write(args.write or None):
            print("wrote", path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
