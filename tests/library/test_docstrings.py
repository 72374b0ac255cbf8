"""Docstrings: formulas that come out true.

A formula in double backticks is read as Python, with Q Kᵀ for Q @ K.mT and
√d_k for d_k ** 0.5, and worked out on random inputs of sizes that all differ.
With an equals sign its two sides must agree; without one it must give what
the function returns.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor

from qkv_explained import attention, multi_head, projection
from tests.drawn import RELATIVE, draw
from tools.checks import docstrings

FORMULA = re.compile(r"``([^`]+)``")
OPERATOR = re.compile(r"[ᵀ⁺√·]|\w \w|\w\[[^\]]*\] \w|=")


class Value:
    """A number or tensor with the products of a formula."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __matmul__(self, other: Any) -> "Value":
        other = bare(other)
        numbers = not isinstance(self.value, Tensor) or self.value.dim() == 0
        product = self.value * other if numbers else self.value @ other
        return Value(product)

    def __add__(self, other: Any) -> "Value":
        return Value(self.value + bare(other))

    def __truediv__(self, other: Any) -> "Value":
        return Value(self.value / bare(other))

    def __getitem__(self, key: Any) -> "Value":
        parts = key if isinstance(key, tuple) else (key,)
        return Value(self.value[tuple(bare(part) for part in parts)])

    def __index__(self) -> int:
        return int(self.value)

    @property
    def T(self) -> "Value":
        return Value(self.value.mT)

    @property
    def pinv(self) -> "Value":
        return Value(torch.linalg.pinv(self.value))


def bare(value: Any) -> Any:
    return value.value if isinstance(value, Value) else value


FUNCTIONS = {
    "softmax": lambda scores: Value(scores.value.softmax(-1)),
    "concat": lambda *heads: Value(torch.cat([bare(h) for h in heads], -1)),
    "root": lambda size: Value(size.value**0.5),
}


def python(formula: str) -> str:
    """The Python of a formula."""
    formula = formula.replace(", …", "").replace(" + …", "")
    formula = re.sub(r"√(\w+)", r"root(\1)", formula)
    formula = formula.replace("ᵀ", ".T").replace("⁺", ".pinv")
    formula = re.sub(r"\s*·\s*", " @ ", formula)
    return re.sub(r"(?<=[\w\])]) (?=[\w(])", " @ ", formula)


def evaluate(formula: str, world: dict[str, Any]) -> Any:
    names = {name: Value(value) for name, value in world.items()}
    return bare(eval(python(formula), {**FUNCTIONS, **names}))


def attend() -> Iterator[dict[str, Any]]:
    Q, K, V = (draw(5, 4, seed=1), draw(7, 4, seed=2), draw(7, 6, seed=3))
    scores = attention.attention_scores(Q, K)
    output, weights = attention.scaled_dot_product_attention(Q, K, V)
    world = {"Q": Q, "K": K, "V": V, "d_k": 4, "scores": scores,
             "weights": weights, "output": output}
    yield {**world, "i": 1, "j": 6}
    yield {**world, "i": 4, "j": 0}


def project() -> Iterator[dict[str, Any]]:
    W, b, x = draw(2, 3, seed=4), draw(3, seed=5), draw(2, seed=6)
    out = projection.project(x, W, b)
    for c in range(3):
        yield {"X": x, "x": x, "W": W, "b": b, "out": out, "c": c,
               "returned": out}


def lost() -> Iterator[dict[str, Any]]:
    W, x = draw(9, 4, seed=7), draw(9, seed=8)
    for v in projection.null_space(W):
        yield {"v": 100 * v, "x": x, "W": W}


def seen() -> Iterator[dict[str, Any]]:
    X, W = draw(5, 9, seed=9), draw(9, 4, seed=10)
    yield {"X": X, "W": W, "returned": projection.visible_part(X, W)}


def split() -> Iterator[dict[str, Any]]:
    X = draw(3, 5, 8, seed=11)
    for a in range(2):
        yield {"X": X, "a": a, "d": 4, "out": multi_head.split_heads(X, 2)}


def project_heads() -> Iterator[dict[str, Any]]:
    X, W, b = draw(5, 9, seed=12), draw(2, 9, 4, seed=13), draw(2, 4, seed=14)
    out = multi_head.project_heads(X, W, b)
    for a in range(2):
        yield {"X": X, "W": W, "b": b, "a": a, "out": out}


def heads() -> Iterator[dict[str, Any]]:
    world = {
        "X_q": draw(5, 9, seed=15), "X_kv": draw(7, 8, seed=16),
        "W_Q": draw(2, 9, 4, seed=17), "W_K": draw(2, 8, 4, seed=18),
        "W_V": draw(2, 8, 6, seed=19), "W_O": draw(12, 3, seed=20),
    }
    output, _ = multi_head.multi_head_attention(*world.values())
    world |= {"d_k": 4, "returned": output}
    wide = torch.eye(12).double()
    both, _ = multi_head.multi_head_attention(*list(world.values())[:5], wide)
    world |= {"head_1": both[:, :6], "head_h": both[:, 6:]}
    yield {**world, "a": 0, "head_a": world["head_1"]}
    yield {**world, "a": 1, "head_a": world["head_h"]}


WORLDS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
    "attention_scores": attend,
    "attention_weights": attend,
    "scaled_dot_product_attention": attend,
    "project": project,
    "null_space": lost,
    "visible_part": seen,
    "split_heads": split,
    "project_heads": project_heads,
    "multi_head_attention": heads,
}
# In backticks, and no formula: what a reader types, and names.
CODE = {
    "multi_head_attention(X, X, *parameters)",
    "X W",  # what other rows are mapped to as well; no value of its own
}


def functions() -> dict[str, Any]:
    """All functions of the library's modules, by name."""
    found = {}
    for module in docstrings.modules():
        home = importlib.import_module(f"qkv_explained.{module}")
        for name, one in vars(home).items():
            if inspect.isfunction(inspect.unwrap(one)) and (
                inspect.unwrap(one).__module__ == home.__name__
            ):
                found[name] = one
    return found


def formulas(text: str) -> list[str]:
    return [one for one in FORMULA.findall(" ".join(text.split()))
            if OPERATOR.search(one) and one not in CODE]


ALL = [(name, one) for name, function in functions().items()
       for one in formulas(inspect.getdoc(function) or "")]


def wrong(formula: str, world: dict[str, Any]) -> str:
    """Why a formula is wrong in a world; "" if it is right."""
    left, _, right = formula.partition(" = ")
    sides = [left, right] if right else [left]
    values = [torch.as_tensor(evaluate(one, world)) for one in sides if (
        one != "0")]
    other = values[1] if len(values) == 2 else (
        torch.zeros_like(values[0]) if right else world["returned"])
    if values[0].shape != other.shape:
        return f"shapes {tuple(values[0].shape)} and {tuple(other.shape)}"
    size = max(1.0, other.abs().max().item())
    far = (values[0] - other).abs().max().item()
    return "" if far <= 100 * RELATIVE * size else f"they differ by {far:.2g}"


@pytest.mark.parametrize(("name", "formula"), ALL)
def test_the_formula_is_what_the_function_computes(
    name: str, formula: str
) -> None:
    assert name in WORLDS, f"{name}: make a world for {formula}"
    for world in WORLDS[name]():
        said = wrong(formula, world)
        assert not said, f"{name}: {formula}: {said}"


def test_every_world_is_used() -> None:
    assert {name for name, _ in ALL} == set(WORLDS)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("attention_scores", "scores[i, j] = Q[j] · K[i] / √d_k"),
        ("attention_scores", "scores[i, j] = Q[i] · K[j] / d_k"),
        ("attention_weights", "weights = softmax(Q Kᵀ)"),
        ("scaled_dot_product_attention", "output = softmax(Q Kᵀ / √d_k) K"),
        ("split_heads", "out[..., a, :, :] = X[..., :, a : (a + 1)·d]"),
        ("project_heads", "out[a] = X W[a] + b"),
        ("multi_head_attention", "concat(head_h, …, head_1) W_O"),
        ("project", "X W + W"),
        ("project", "out[c] = x[0]·W[c, 0] + x[1]·W[1, c] + … + b[c]"),
        ("null_space", "W v = 0"),
        ("null_space", "(x + v) W = v W"),
        ("visible_part", "X W⁺ W"),
    ],
)
def test_planted_formula_is_found(name: str, formula: str) -> None:
    said = []
    for world in WORLDS[name]():
        try:
            said.append(wrong(formula, world))
        except (RuntimeError, IndexError, TypeError) as error:
            said.append(str(error))
    assert any(said)
