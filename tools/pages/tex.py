r"""Work out what a formula of the pages says: TeX, read as arithmetic.

`statements(tex, world)` evaluates a formula with numbers for its letters and
says of each relation in it whether it holds. The letters are keys of the
world, without `\text`: `W_Q`, `d_model`. What is an array there may carry
indices that are numbers or keys: with `s`, `i` and `j` known, so is `s_{ij}`.

    juxtaposition, \cdot     product of numbers or matrices, scalar product
    (n, d)\,(d, k)           product of shapes
    h \times (n, d)          the shape (h, n, d)
    \in \mathbb{R}^{n \times d}   the left sides have this shape
    \to                      the tuples are world["\to"], one after the other
    \leftarrow               the right side is world["\leftarrow"]

In a world with "general", sides without letters are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from tools.pages.texvalue import TexError, Tuple, World, cut, tokens, work_out

_SEPARATOR = re.compile(r"\\q?quad(?![A-Za-z])|\\\\|\\Rightarrow")
_FRAME = re.compile(r"\\(?:begin|end)\{aligned\}")
RELATIONS = (
    "=", "<", ">", r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq",
    r"\in", r"\to", r"\leftarrow", r"\approx", r"\equiv", "≤", "≥",
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One relation of a formula, and whether it holds.

    `holds` is None where a letter is unknown; `why` says what is unknown, or
    what the two sides are.
    """

    text: str
    holds: bool | None
    why: str = ""


def parts(tex: str) -> Iterator[list[str]]:
    """The statements of a formula, as tokens."""
    for piece in _SEPARATOR.split(_FRAME.sub(" ", tex)):
        held: list[str] = []
        for one in cut(tokens(piece.strip().rstrip(".")), {","}):
            # "W_Q, W_K \in …" is one statement about two letters.
            joined = [*held, ",", *one[0]] if held else one[0]
            held = []
            if any(t in RELATIONS for t in joined):
                yield joined
            else:
                held = joined


def states(tex: str) -> bool:
    """Whether a formula says more than what one letter stands for.

    It does when it has a relation, and a side of it works something out of
    letters: more than one of them, or one and a number.
    """
    sides = (_weight(side) for part in parts(tex)
             for side, _ in cut(part, set(RELATIONS)))
    return any(letters and letters + numbers > 1 for letters, numbers in sides)


def _weight(side: list[str]) -> tuple[int, int]:
    """How many letters and numbers a side has, subscripts left out."""
    text = re.sub(r"_ (\\text \{[^{}]*\}|\{[^{}]*\}|\S+)", "", " ".join(side))
    text = re.sub(r"\\text \{[^}]*\}", " x ", text)
    greek = r"\\(?:alpha|beta|eta|sigma|theta|partial|lVert)(?![A-Za-z])"
    letters = re.findall(greek + r"|(?<![\\A-Za-z])[A-Za-z](?!\w)", text)
    return len(letters), len(re.findall(r"\d+", text)) if letters else 0


def statements(tex: str, world: World) -> list[Statement]:
    """Evaluate every relation of a formula, in a world for its letters."""
    return [one for part in parts(tex) for one in _chain(part, world)]


def arithmetic(tex: str) -> list[Statement]:
    """The relations of a formula between sides that hold numbers only."""
    said = []
    for part in parts(tex):
        text = " ".join(part)
        known: list[tuple[str, Any]] = []
        for side, relation in cut(part, set(RELATIONS)):
            try:
                known.append((relation, work_out(side, {})))
            except (ValueError, IndexError, ArithmeticError):
                known.append((relation, None))
        if all(relation in ("", "=") for relation, _ in known):
            known = [one for one in known if one[1] is not None]
        for (_, left), (relation, right) in pairwise(known):
            if left is not None and right is not None and (
                relation not in (r"\to", r"\in", r"\leftarrow")
            ):
                ok, why = _compare(left, relation or "=", right)
                said.append(Statement(text, ok, why))
    return said


def _chain(part: list[str], world: World) -> Iterator[Statement]:
    text = " ".join(part)
    sides = cut(part, set(RELATIONS))
    if world.get("general"):
        sides = [side for side in sides if _weight(side[0])[0]]
    if len(sides) < 2:
        yield Statement(text, False, "a side is missing")
        return
    try:
        if sides[1][1] == r"\in":
            yield Statement(text, *_inside(sides[0][0], sides[1][0], world))
        elif sides[1][1] == r"\to":
            shapes = [work_out(side, world) for side, _ in sides]
            real = list(world[r"\to"])
            ok = [tuple(one) for one in shapes] == real
            yield Statement(text, ok, "" if ok else f"{shapes} and {real}")
        elif sides[1][1] == r"\leftarrow":
            new = work_out(sides[1][0], world)
            work_out(sides[0][0], world)
            old = world[r"\leftarrow"]
            yield Statement(text, *_compare(old, "=", new))
        else:
            for (one, _), (other, rel) in pairwise(sides):
                if one == other:
                    yield Statement(text, False, "one side is the other")
                left, right = work_out(one, world), work_out(other, world)
                yield Statement(text, *_compare(left, rel, right))
    except TexError as error:
        yield Statement(text, None, str(error))
    except (ValueError, IndexError, KeyError, TypeError,
            np.linalg.LinAlgError) as error:  # fmt: skip
        yield Statement(text, False, f"{type(error).__name__}: {error}")


def _inside(
    left: list[str], right: list[str], world: World
) -> tuple[bool, str]:
    text = "".join(right)
    if not text.startswith(r"\mathbb{R}^{"):
        raise TexError(f"{text} is no space that is known")
    inner = right[right.index("^") + 2 : -1]
    shape = tuple(int(work_out(axis, world))
                  for axis, _ in cut(inner, {r"\times"}))
    for one, _ in cut(left, {","}):
        found = np.shape(work_out(one, world))
        if found != shape:
            return False, f"{''.join(one)} has shape {found}, not {shape}"
    return True, ""


def _compare(left: Any, relation: str, right: Any) -> tuple[bool, str]:
    """Whether a relation holds, to twelve digits, and the two sides."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Tuple) and Ellipsis in one:
            count = one.index(Ellipsis)
            return _compare(Tuple(one[:count]), relation,
                            Tuple(other[:count]))  # fmt: skip
    a, b = np.asarray(left, float), np.asarray(right, float)
    if a.shape != b.shape and a.size != 1 and b.size != 1:
        return False, f"shapes {a.shape} and {b.shape}"
    size = max(1.0, float(np.abs(a).max()), float(np.abs(b).max()))
    near = bool(np.all(np.abs(a - b) <= 1e-12 * size * max(a.size, b.size)))
    ok = {
        "=": near, r"\equiv": near, r"\ne": not near, r"\neq": not near,
        "<": bool(np.all(a < b)), ">": bool(np.all(a > b)),
        r"\approx": bool(np.allclose(a, b, rtol=0.05)),
    }  # fmt: skip
    ok[r"\le"] = ok[r"\leq"] = ok["≤"] = bool(np.all(a <= b + 1e-12 * size))
    ok[r"\ge"] = ok[r"\geq"] = ok["≥"] = bool(np.all(a >= b - 1e-12 * size))
    return ok[relation], "" if ok[relation] else f"{a} {relation} {b}"
