"""No function of the library changes what it is given.

Every public function is called, with arguments that stand here or in `CALLS`
of the tests of its module; each tensor among its arguments keeps its
numbers and was not written to in between: torch counts the writes.
"""

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

import qkv_explained
from qkv_explained import interop, origins, shapes
from tests.drawn import draw, rng
from tools.checks.docstrings import modules

MASK = torch.ones(5, 7).tril(3).bool()
W = origins.draw_weights(10, 4, 6, 4, generator=rng())
BOARDS = origins.draw_boards(3, generator=rng())
LAYER = shapes.attention_shapes(20, 2)
TORCH = nn.MultiheadAttention(8, 2, batch_first=True)
HEADS = (draw(2, 9, 4), draw(2, 8, 4), draw(2, 8, 6), draw(12, 9))
BIASES = (draw(2, 4), draw(2, 4), draw(2, 6), draw(9))
QK = (draw(3, 2, 5, 4), draw(3, 2, 7, 4))
STORED: dict[str, Tensor] = {
    "paper": draw(9, 8), "linear": draw(8, 9), "conv1d": draw(9, 8),
    "column": draw(8, 9), "heads": draw(2, 9, 4),
}

CALLS: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "attention_scores": [(QK, {})],
    "attention_weights": [((*QK, MASK), {}), (QK, {})],
    "scaled_dot_product_attention": [((*QK, draw(3, 2, 7, 6), MASK), {})],
    "check_mask": [((MASK, draw(3, 2, 5, 7)), {})],
    "split_heads": [((draw(3, 5, 8), 2), {})],
    "merge_heads": [((draw(3, 2, 5, 4),), {})],
    "project_heads": [((draw(3, 5, 9), HEADS[0], BIASES[0]), {})],
    "multi_head_attention": [
        ((draw(3, 5, 9), draw(3, 7, 8), *HEADS, *BIASES), {"mask": MASK})],
    "draw_weights": [((10, 4, 6, 4), {"generator": rng()})],
    "draw_boards": [((3,), {"generator": rng()})],
    "answer": [((BOARDS.questions, BOARDS.facts, W), {})],
    "gradients": [((BOARDS, W), {})],
    "train": [((W, 2), {"generator": rng()})],
    "accuracy": [((BOARDS, W), {})],
    "product": [((W,), {})],
    "written": [((), {})],
    "project": [((draw(3, 5, 9), draw(9, 4), draw(4)), {})],
    "null_space": [((draw(9, 4),), {})],
    "visible_part": [((draw(3, 5, 9), draw(9, 4)), {})],
    "orientation": [(((9, 4), 9), {})],
    "to_paper": [((one, name), {"d_model": 9})
                 for name, one in STORED.items()],
    "from_paper": [((draw(9, 8), name), {"n_heads": 2}) for name in STORED],
    "known": [(("paper",), {})],
    "check_shape": [((one, name), {"d_model": 9})
                    for name, one in STORED.items()],
    "divisors": [((12,), {})],
    "attention_shapes": [((20, 2), {})],
    "table": [((LAYER,), {})],
    "from_torch": [((TORCH,), {})],
    "to_torch": [((interop.from_torch(TORCH),), {})],
    "show": [(({"Q": draw(5, 4), "K": draw(5, 3)},), {})],
}  # fmt: skip


def brought() -> dict[str, Any]:
    """The calls that a module's own tests bring along, as their `CALLS`."""
    found: dict[str, Any] = {}
    for module in modules():
        path = Path(__file__).with_name(f"test_{module}.py")
        if path.exists() and "\nCALLS" in path.read_text("utf-8"):
            spec = importlib.util.spec_from_file_location(path.stem, path)
            assert spec
            assert spec.loader
            own = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(own)
            found |= own.CALLS
    return found


CALLS |= brought()


def public(module: str, path: Path | None = None) -> Iterator[str]:
    """The public functions that a module defines."""
    folder = Path(qkv_explained.__file__).parent
    file = path or folder / f"{module.replace('.', '/')}.py"
    tree = ast.parse(file.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_":
            yield node.name


def tensors(value: Any) -> Iterator[Tensor]:
    """All tensors in an argument, however deep."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, nn.Module):
        yield from value.state_dict().values()
    elif isinstance(value, dict):
        yield from tensors(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from tensors(one)


def changed(function: Any, args: Any, how: Any) -> list[str]:
    """The shapes of the tensors that a call writes to."""
    given = list(tensors([args, how]))
    before = [(one.clone(), one._version, one.requires_grad)
              for one in given]  # fmt: skip
    function(*args, **how)
    return [
        str(tuple(one.shape))
        for one, (copy, version, grad) in zip(given, before, strict=True)
        if one._version != version
        or one.requires_grad != grad
        or not torch.equal(one, copy)
    ]


def test_every_public_function_is_called() -> None:
    assert {name for one in modules() for name in public(one)} == set(CALLS)


@pytest.mark.parametrize(
    ("module", "name"),
    [(module, name) for module in modules() for name in public(module)],
)
def test_arguments_stay_as_they_are(module: str, name: str) -> None:
    function = getattr(
        importlib.import_module(f"qkv_explained.{module}"), name)
    for args, how in CALLS[name]:
        assert not changed(function, args, how)


@pytest.mark.parametrize(
    "write",
    [
        lambda x: x.mul_(2),
        lambda x: x.masked_fill_(x > 0, 0.0),
        lambda x: x.mul_(2).div_(2),  # the same numbers, and written to
        lambda x: x.requires_grad_(),
        lambda x: x.T.add_(1),
    ],
)
def test_planted_write_is_found(write: Any) -> None:
    assert changed(write, (draw(5, 4),), {}) == ["(5, 4)"]
