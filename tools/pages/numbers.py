"""Numbers of the pages: looked up in result files, written as a reader does.

A page never types a measured number; it says `n("projection", "rank")`, and
this module reads docs/made/projection/.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from qkv_explained.languages import words
from tools.places import MADE, stamp

# What a topic's facts and its experiment leave in its folder.
FILES = ("numbers.json", "result.json")
NBSP = "\u00a0"


class MissingNumber(LookupError):
    """A page asks for a number that no result file holds."""


def value(name: str, path: str, data: Path = MADE) -> Any:
    """Return what a topic's results hold at `recall.shared.accuracy`, say.

    A number, a string, or a mapping with `mean`, `se`, `n`.

    Raises:
        MissingNumber: If there is no such file or path; says what is there.
    """
    there = [f for f in (data / name / one for one in FILES) if f.exists()]
    if not there:
        known = {f.parent.name for one in FILES for f in data.glob(f"*/{one}")}
        raise MissingNumber(
            f"{name}: no numbers in docs/made/{name} (there are those of "
            f"{', '.join(sorted(known))}); run: python -m tools.refresh facts")
    found: Any = {}
    for file in there:
        found |= _read(file, stamp(file))["values"]
    for depth, key in enumerate(path.split(".")):
        if isinstance(found, list) and key.isdigit() and int(key) < len(found):
            found = found[int(key)]
        elif isinstance(found, dict) and key in found:
            found = found[key]
        else:
            where = ".".join(path.split(".")[:depth]) or "values"
            keys = (", ".join(map(str, found))
                    if isinstance(found, dict) else repr(found))
            raise MissingNumber(
                f"{name}: no {key!r} under {where}; there: {keys}")
    return found


@lru_cache
def _read(file: Path, _stamp: tuple[int, int]) -> Any:
    return json.loads(file.read_text("utf-8"))


def write_number(
    number: float, lang: str, digits: int | None = None,
    percent: bool = False, sci: bool = False, sign: bool = False,
) -> str:
    """Write a number as a reader of the language does.

    Its habits are in qkv_explained/words: the decimal mark, what stands
    between thousands and what follows per cent. Minus is U+2212.

    Args:
        number: The number; with `percent`, a share (0.25 is 25 %).
        lang: The language.
        digits: Digits after the point; by default none for an integer and
            as many as it takes for three significant ones otherwise.
        percent: Multiply by 100 and add the sign of the language.
        sci: Write as `1.2 × 10⁻⁷`.
        sign: Put a plus before positive numbers.
    """
    number = float(number)
    if percent:
        number *= 100
    tail = ""
    if sci and number:
        mantissa, exponent = f"{number:.{1 if digits is None else digits}e}"\
            .split("e")
        raised = str(int(exponent)).translate(
            str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        text, tail = mantissa, f"{NBSP}×{NBSP}10{raised}"
    elif digits is not None:
        text = f"{number:,.{digits}f}"
    elif number == int(number):
        text = f"{int(number):,}"
    else:
        places = max(0, 2 - _magnitude(number))
        text = f"{number:,.{places}f}"
    if sign and number > 0:
        text = "+" + text
    text = text.replace("-", "−")
    habits = words(lang)["habits"]
    text = text.translate(str.maketrans(
        {",": habits["thousands"], ".": habits["decimal"]}))
    return text + tail + (habits["percent"] if percent else "")


def _magnitude(number: float) -> int:
    return int(f"{number:e}".split("e")[1])


def n(name: str, path: str, lang: str, data: Path = MADE,
      **how: Any) -> str:
    """Return a number of a result file as text; a mapping gives its mean."""
    found = value(name, path, data)
    if isinstance(found, str):
        return found
    if isinstance(found, dict):
        if "mean" not in found and "value" not in found:
            raise MissingNumber(
                f"{name}.json: {path} is not a number; it holds "
                f"{', '.join(map(str, found))}: name one of them")
        found = found.get("mean", found.get("value"))
    return write_number(found, lang, **how)


def pm(name: str, path: str, lang: str, data: Path = MADE,
       **how: Any) -> str:
    """Return `mean ± standard error` of a result file as text."""
    found = value(name, path, data)
    if not isinstance(found, dict) or "se" not in found:
        raise MissingNumber(
            f"{name}.json: {path} has no standard error; use n() for a "
            "number without spread")
    how.setdefault("digits", 2)
    mean = write_number(found["mean"], lang, **how)
    se = write_number(found["se"], lang, **how)
    if how.get("percent"):
        mean = mean.removesuffix(words(lang)["habits"]["percent"])
    return f"{mean}{NBSP}±{NBSP}{se}"
