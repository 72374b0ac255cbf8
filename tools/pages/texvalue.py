r"""The values of TeX: an expression, worked out with numbers for letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

World = Mapping[str, Any]
TOKEN = re.compile(
    r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-zА-яЁё\u4e00-\u9fff]|\S"
)
_SPACE = re.compile(r"\\[,;:! ]|\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])|&")
_WORD = re.compile(r"\\(?:text|operatorname)\{([^{}]*)\}")
_OPEN, _CLOSE = set("([{") | {r"\lVert"}, set(")]}") | {r"\rVert"}


class TexError(ValueError):
    """What cannot be worked out: an unknown letter, shapes that differ."""


class Tuple(tuple[Any, ...]):
    """A tuple as written; as a shape or, in a sum or product, a vector."""


def tokens(tex: str) -> list[str]:
    """The tokens of a formula, without what is only space."""
    tex = re.sub(r"(frac)(\d)(\d)", r"\1{\2}{\3}", tex)
    tex = _WORD.sub(lambda m: rf"\text{{{m[1]}}}", tex)
    return TOKEN.findall(_SPACE.sub(" ", tex))


def cut(found: list[str], at: set[str]) -> list[tuple[list[str], str]]:
    """Cut tokens where one of `at` stands outside brackets."""
    made: list[tuple[list[str], str]] = [([], "")]
    depth = 0
    for token in found:
        depth += (token in _OPEN) - (token in _CLOSE)
        if token in at and depth == 0:
            made.append(([], token))
        else:
            made[-1][0].append(token)
    return [one for one in made if one[0]]


def work_out(side: list[str], world: World) -> Any:
    """The value of an expression.

    Raises:
        TexError: If a letter is unknown, or a token cannot be read.
    """
    reader = _Reader(side, world)
    value = reader.sum()
    if reader.at < len(side):
        raise TexError(f"cannot read {side[reader.at]!r} in {' '.join(side)}")
    return value


_FUNCTIONS = {r"\sin": np.sin, r"\cos": np.cos, r"\tanh": np.tanh}


class _Reader:
    """A recursive descent over tokens that evaluates as it goes."""

    def __init__(self, found: list[str], world: World) -> None:
        self.tokens, self.world, self.at = found, dict(world), 0

    def next(self) -> str:
        """The token to come; "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        """The token to come, which is passed."""
        token = self.next()
        if not token or (wanted and token != wanted):
            raise TexError(f"{wanted or 'more'} expected, not {token!r}")
        self.at += 1
        return token

    def group(self) -> list[str]:
        """The tokens of what stands in braces, or the one token."""
        if self.next() != "{":
            return [self.take()]
        depth, start = 0, self.at + 1
        while True:
            token = self.take()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return self.tokens[start : self.at - 1]

    def sum(self) -> Any:
        """Terms with + and −."""
        sign = self.take() if self.next() in ("+", "-") else "+"
        value = self.product()
        value = _times(-1, value) if sign == "-" else value
        while self.next() in ("+", "-"):
            sign = self.take()
            term = self.product()
            value = _array(value) + (1 if sign == "+" else -1) * _array(term)
        return value

    def product(self) -> Any:
        """Factors, with or without a sign between them."""
        value = self.power()
        while (token := self.next()) and token not in (
            "+", "-", ",", ";", ")", "]", "}", r"\rVert"
        ):  # fmt: skip
            if token == r"\times":
                self.take()
                right = self.power()
                value = (Tuple((value, *right)) if isinstance(right, Tuple)
                         else _times(value, right))  # fmt: skip
            elif token == r"\cdot":
                self.take()
                value = _times(_array(value), _array(self.power()))
            elif token == "/":
                self.take()
                value = _array(value) / self.power()
            else:
                value = _times(value, self.power())
        return value

    def power(self) -> Any:
        """A factor with its powers, transposed or inverted."""
        value = self.atom()
        while self.next() == "^":
            self.take()
            group = self.group()
            mark = "".join(group)
            if mark == r"\top":
                if np.ndim(value) > 1:
                    value = np.swapaxes(value, -1, -2)
            elif mark == "+":
                value = np.linalg.pinv(value)
            elif mark in ("-1", r"-\top"):
                value = np.linalg.inv(value)
                value = value.T if mark == r"-\top" else value
            elif mark.isdigit():
                base = value
                for _ in range(int(mark) - 1):
                    value = _times(value, base)
            elif np.ndim(value) == 0:
                value = value ** work_out(group, self.world)
            else:
                raise TexError(f"the power {mark} is unknown")
        return value

    def atom(self) -> Any:
        """A number, a letter, a bracket, a function."""
        token = self.next()
        if token[:1].isdigit():
            return float(self.take())
        if token == "(":
            return self.bracket()
        if token == "[":
            return self.side_by_side()
        if token in (r"\frac", r"\tfrac"):
            return self.fraction()
        if token == r"\sqrt":
            self.take()
            return work_out(self.group(), self.world) ** 0.5
        if token == r"\sum":
            return self.over()
        if token == r"\max":
            self.take()
            return max(self.bracket())
        if token in _FUNCTIONS:
            self.take()
            return _FUNCTIONS[token](_array(self.power()))
        if token == r"\lVert":
            self.take()
            value = self.sum()
            self.take(r"\rVert")
            return float(np.linalg.norm(value))
        if token == r"\partial":
            return self.derivative()
        return self.letter()

    def bracket(self) -> Any:
        """One value, or a tuple of several."""
        self.take("(")
        values: list[Any] = []
        while True:
            if self.next() == r"\dots":
                self.take()
                values.append(Ellipsis)
            else:
                values.append(self.sum())
            if self.take() != ",":
                break
        if self.tokens[self.at - 1] != ")":
            raise TexError("a bracket is not closed")
        return values[0] if len(values) == 1 else Tuple(values)

    def side_by_side(self) -> Any:
        """Matrices from the first to the last, one beside the other."""
        self.take("[")
        name, (first,) = self.name()
        for mark in (",", r"\dots", ","):
            self.take(mark)
        other, (last,) = self.name()
        self.take("]")
        if name != other:
            raise TexError(f"{name} and {other} in one row")
        row = self.known(name)[self.index(first) : self.index(last) + 1]
        return np.concatenate(list(row), -1)

    def fraction(self) -> Any:
        """A fraction; one of two ∂ is a derivative, known by its name."""
        self.take()
        above, below = self.group(), self.group()
        if above[:1] == [r"\partial"]:
            return work_out([*above, "/", *below], self.world)
        divided, by = (work_out(one, self.world) for one in (above, below))
        return _array(divided) / by

    def derivative(self) -> Any:
        """∂a/∂b, which the world knows under this name."""
        names = []
        for mark in ("", "/"):
            if mark:
                self.take(mark)
            self.take(r"\partial")
            name, indices = self.name()
            names.append(name + "".join(f"_{one}" for one in indices))
        return self.known(f"∂{names[0]}/∂{names[1]}")

    def over(self) -> Any:
        """A sum over an index; the world knows its last value."""
        self.take()
        self.take("_")
        index = "".join(self.group())
        last, start = self.known(rf"\sum_{index}"), self.at
        total: Any = 0.0
        for value in range(1, int(last) + 1):
            self.at = start
            self.world[index] = value
            total = total + self.product()
        del self.world[index]
        return total

    def name(self) -> tuple[str, list[str]]:
        """A letter's name, and what stands as index beside it."""
        token = self.take()
        if token == r"\text":
            name = "".join(self.group())
        elif re.fullmatch(r"[^\W\d]|\\[A-Za-z]+", token):
            name = token.removeprefix("\\")
        else:
            raise TexError(f"cannot read {token!r}")
        indices: list[str] = []
        if self.next() == "_":
            self.take()
            if self.next() == r"\text":
                self.take()
            sub = self.group()
            whole = "".join(sub)
            if f"{name}_{whole}" in self.world:
                name = f"{name}_{whole}"
            else:
                indices = [whole] if whole in self.world else list(whole)
        if self.tokens[self.at : self.at + 3] == ["^", "{", "("]:
            self.take()
            indices.append("".join(self.group()[1:-1]))
        return name, indices

    def letter(self) -> Any:
        """What a letter with its indices stands for."""
        name, indices = self.name()
        if name == "softmax":
            return _softmax(self.bracket())
        if name == "Var":
            return np.var(self.bracket())
        value = self.known(name)
        if callable(value):
            return value(self.bracket())
        for one in indices:
            value = value[self.index(one)]
        return value

    def index(self, text: str) -> int:
        """An index from 0, of one that is written from 1."""
        return int(text if text.isdigit() else self.known(text)) - 1

    def known(self, name: str) -> Any:
        """The value of a name."""
        if name not in self.world:
            raise TexError(f"{name} is unknown")
        return self.world[name]


def _array(value: Any) -> Any:
    return np.asarray(value, float) if isinstance(value, Tuple) else value


def _times(left: Any, right: Any) -> Any:
    if isinstance(left, Tuple) and isinstance(right, Tuple):
        if len(left) != 2 or len(right) != 2 or left[1] != right[0]:
            raise ValueError(f"{left} {right} is no product of matrices")
        return Tuple((left[0], right[1]))
    left, right = _array(left), _array(right)
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    return left @ right


def _softmax(scores: Any) -> Any:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)
