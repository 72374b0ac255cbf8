"""Every error of the library: its numbers in order, and advice that works.

A case gives the call that fails, the numbers of its message in their order,
words of its advice, and a call that does what the advice says. Every `raise`
of the modules must be met by a case.
"""

import ast
import functools
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jaxtyping
import pytest
import torch
from torch import Tensor, nn

from qkv_explained import (
    attention,
    gpt,
    interop,
    kv_cache,
    masks,
    multi_head,
    origins,
    positions,
    projection,
    rope,
    shapes,
    training_a_gpt,
)
from qkv_explained import weight_dimensions as weights
from qkv_explained.course.drawing import pictures
from tests.drawn import draw as drawn
from tests.drawn import rng
from tools.checks.docstrings import modules

# Needs matplotlib gone; tests/checks/test_wheel.py meets it where it is.
APART = {("course.drawing.pictures", "ImportError")}


@pytest.fixture(autouse=True)
def unchecked():
    """Meet the errors that a reader meets, who has no run-time checks."""
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", before)


draw = functools.partial(drawn, dtype=torch.float32)


@dataclass(frozen=True)
class Case:
    """One error.

    Attributes:
        fails: The call.
        numbers: The numbers of its message, in order.
        words: What the message says, in order, with … for what is between.
        works: What the advice leads to; it must not raise.
    """

    fails: Callable[[], Any]
    numbers: tuple[int, ...]
    words: str
    works: Callable[[], Any]


# Sizes of the library's tests: batch 3, n_q 5, n_k 7, d_k 4, d_v 6.
Q, K, V = draw(3, 5, 4), draw(3, 7, 4), draw(3, 7, 6)
ONES = torch.ones(5, 7)
EMPTY = ONES.bool().index_fill(0, torch.tensor([2]), False)
X, W_Q, W_K = draw(5, 9), draw(9, 4), draw(9, 4)
heads = interop.MultiHeadParameters(
    draw(2, 9, 4), draw(2, 8, 4), draw(2, 8, 6), draw(12, 9))
LAYER = interop.from_torch(nn.MultiheadAttention(8, 2))
BOARDS = origins.draw_boards(3, generator=rng(), n_shelves=3)
MATRICES = origins.draw_weights(9, 4, 6, 3, generator=rng())
SMALL = gpt.GPT(5, 4, 8, 2, 1, generator=rng())
OTHERS = origins.draw_weights(10, 4, 6, 3, generator=rng())


def attend(mask: Tensor) -> Any:
    return attention.scaled_dot_product_attention(Q, K, V, mask)


CASES = {
    "positions": Case(
        lambda: positions.sinusoidal_positions(5, 7),
        (5, 7, 0, 2),
        "n = 5 and d_model = 7 … even d_model of at least 2",
        lambda: positions.sinusoidal_positions(5, 8),
    ),
    "scores": Case(
        lambda: attention.attention_scores(X @ W_Q, X @ draw(9, 6)),
        (5, 4, 5, 6, 4, 6),
        "Q of … K of … same d_k … give W_Q and W_K the same number "
        "of columns",
        lambda: attention.attention_scores(X @ W_Q, X @ W_K),
    ),
    "values": Case(
        lambda: attention.scaled_dot_product_attention(Q, K, V[:, :6]),
        (3, 7, 4, 3, 6, 6, 1, 7, 6),
        "K of shape … V of shape … n_k … make both from one input",
        lambda: attention.scaled_dot_product_attention(Q, X @ W_K, X @ W_Q),
    ),
    "mask that is none": Case(
        lambda: attend(ONES),
        (32, 1),
        "mask has dtype … True = may attend … write mask.bool() if 1 means",
        lambda: attend(ONES.bool()),
    ),
    "mask that does not fit": Case(
        lambda: attend(ONES.bool().mT),
        (7, 5, 3, 5, 7),
        "mask of shape … scores' shape … it needs n_q rows and n_k columns",
        lambda: attend(torch.ones(Q.shape[-2], K.shape[-2]).bool()),
    ),
    "mask that empties a row": Case(
        lambda: attend(EMPTY),
        (5, 7, 3, 5, 7, 2, 0),
        "mask of shape … scores of shape … query 2 of batch index (0,) … let "
        "every query attend to at least one",
        lambda: attend(EMPTY.index_fill(1, torch.tensor([4]), True)),
    ),
    "triangle": Case(
        lambda: masks.causal_mask(9, 7),
        (9, 7, 1, 7),
        "the queries are the last of the keys' tokens … give n_q from 1 to 7",
        lambda: [masks.causal_mask(n, 7) for n in (1, 7)],
    ),
    "odd width": Case(
        lambda: rope.rotate_halves(draw(5, 9), torch.arange(5)),
        (9, 10),
        "d_k = 9 cannot be split into pairs: give an even d_k, such as 10",
        lambda: rope.rotate_halves(draw(5, 10), torch.arange(5)),
    ),
    "positions of the wrong number": Case(
        lambda: rope.rotate_halves(draw(5, 4), torch.arange(7)),
        (7, 5, 4, 5),
        "positions of shape … do not fit X of shape … give one position",
        lambda: rope.rotate_halves(draw(5, 4), torch.arange(7)[:5]),
    ),
    "lengths": Case(
        lambda: masks.padding_mask(torch.tensor([3, 9]), 7),
        (3, 9, 7, 1, 7),
        "lengths from 3 to 9 … give each sentence a length from 1 to 7",
        lambda: masks.padding_mask(torch.tensor([1, 7]), 7),
    ),
    "split": Case(
        lambda: multi_head.split_heads(draw(5, 12), 7),
        (5, 12, 12, 7, 12),
        "X of shape … columns … n_heads = 7 … choose n_heads that divides 12",
        lambda: [multi_head.split_heads(draw(5, 12), n)
                 for n in range(1, 13) if 12 % n == 0],
    ),
    "one matrix for all heads": Case(
        lambda: multi_head.project_heads(X, draw(9, 8)),
        (9, 8),
        "W has shape … (n_heads, d_model, d) … split_heads(W, n_heads) cuts",
        lambda: multi_head.project_heads(
            X, multi_head.split_heads(draw(9, 8), 2)),
    ),
    "bias of heads": Case(
        lambda: multi_head.project_heads(X, draw(2, 9, 4), draw(4, 2)),
        (4, 2, 2, 9, 4, 2, 4),
        "b of shape … W of shape … it must be (n_heads, d) = (2, 4)",
        lambda: multi_head.project_heads(X, draw(2, 9, 4), draw(2, 4)),
    ),
    "heads that differ": Case(
        lambda: multi_head.multi_head_attention(
            X, draw(7, 8), heads.W_Q, heads.W_K[:1], heads.W_V, heads.W_O),
        (2, 9, 4, 1, 8, 4, 2, 8, 6, 2, 1, 2),
        "W_Q, W_K and W_V … heads … give each head one of each",
        lambda: multi_head.multi_head_attention(X, draw(7, 8), *heads),
    ),
    "tokens too narrow": Case(
        lambda: origins.answer(BOARDS.questions, BOARDS.facts, OTHERS),
        (3, 2, 9, 10, 4, 10),
        "questions has shape … W_Q has … the last axis of questions must "
        "be d_model = 10",
        lambda: origins.answer(BOARDS.questions, BOARDS.facts, MATRICES),
    ),
    "facts too narrow": Case(
        lambda: origins.answer(
            draw(3, 2, 10).double(), BOARDS.facts, OTHERS),
        (3, 5, 9, 10, 4, 10),
        "facts has shape … the last axis of facts must be d_model = 10",
        lambda: origins.answer(BOARDS.questions, BOARDS.facts, MATRICES),
    ),
    "sizes": Case(
        lambda: origins.draw_weights(9, 0, 6, 3, generator=rng()),
        (9, 0, 6, 3, 1),
        "(d_model, d_k, d_v, n_shelves) … make each at least 1",
        lambda: origins.draw_weights(1, 1, 1, 1, generator=rng()),
    ),
    "facts": Case(
        lambda: origins.draw_boards(2, generator=rng(), n_facts=7),
        (7, 6),
        "n_facts = 7 … n_items = 6 … lower n_facts or raise n_items",
        lambda: (origins.draw_boards(2, generator=rng(), n_facts=6),
                 origins.draw_boards(2, generator=rng(), n_facts=7,
                                     n_items=7)),
    ),
    "steps": Case(
        lambda: origins.train(MATRICES, -3, generator=rng(), lr=2),
        (-3, 2, 0, 0),
        "steps = -3 … lr = 2 … give steps of at least 0 and an lr above 0",
        lambda: origins.train(MATRICES, 0, generator=rng(), lr=1e-9),
    ),
    "project": Case(
        lambda: projection.project(X, W_Q.mT),
        (5, 9, 9, 4, 9, 4),
        "X of shape … numbers … W of … reads 4 … W needs a row for "
        "each number of the input (nn.Linear stores W transposed)",
        lambda: projection.project(X, nn.Linear(9, 4).weight.mT),
    ),
    "bias": Case(
        lambda: projection.project(X, W_Q, draw(9)),
        (9, 9, 4, 4),
        "b of shape … W of shape … a number for each of its 4 columns",
        lambda: projection.project(X, W_Q, draw(4)),
    ),
    "no axis of d_model": Case(
        lambda: weights.orientation((6, 4), 9),
        (6, 4, 9, 9, 9),
        "shape … d_model = 9 … give the shape (9, d_out) or (d_out, 9)",
        lambda: (weights.orientation((9, 4), 9),
                 weights.orientation((4, 9), 9)),
    ),
    "square": Case(
        lambda: weights.orientation((9, 9), 9),
        (9, 9, 9),
        "ambiguous … = 9 … look up what the library stores and name it",
        lambda: weights.to_paper(draw(9, 9), "linear", d_model=9),
    ),
    "columns": Case(
        lambda: weights.from_paper(draw(9, 8), "heads", n_heads=3),
        (9, 8, 3, 8),
        "W has shape … n_heads = 3 … n_heads must divide the 8 columns",
        lambda: weights.from_paper(draw(9, 8), "heads", n_heads=4),
    ),
    "convention": Case(
        lambda: weights.known("keras"),
        (1,),
        "'keras' is unknown … use one of paper, linear, conv1d, column, heads",
        lambda: [weights.known(name) for name in weights.AXES],
    ),
    "turned": Case(
        lambda: weights.to_paper(draw(4, 9), "paper", d_model=9),
        (4, 9, 9),
        "weight has shape … 'paper' stores (d_model, d_out) … d_model = 9 … "
        "transpose it or name the convention that it is in",
        lambda: (weights.to_paper(draw(4, 9).mT, "paper", d_model=9),
                 weights.to_paper(draw(4, 9), "linear", d_model=9)),
    ),
    "does not fit": Case(
        lambda: weights.to_paper(draw(4, 6), "linear", d_model=9),
        (4, 6, 9),
        "weight has shape … 'linear' stores (d_out, d_model) … check d_model "
        "and the convention",
        lambda: weights.to_paper(draw(4, 6), "linear", d_model=6),
    ),
    "not positive": Case(
        lambda: shapes.attention_shapes(9, -2),
        (-2, 1),
        "n_heads: got -2 … it must be at least 1",
        lambda: shapes.attention_shapes(9, 1),
    ),
    "heads do not divide": Case(
        lambda: shapes.attention_shapes(12, 5),
        (12, 5, 2, 2, 5, 12, 1, 2, 3, 4, 6, 12),
        "n_heads: the paper takes d_k = d_model / n_heads … 12 / 5 = 2 "
        "remainder 2 … take n_heads from 1 … or give d_k yourself",
        lambda: [shapes.attention_shapes(12, n) for n in (1, 2, 3, 4, 6, 12)]
        + [shapes.attention_shapes(12, 5, d_k=3)],
    ),
    "groups": Case(
        lambda: shapes.attention_shapes(12, 6, n_kv_heads=4),
        (6, 6, 4, 1, 2, 3, 6),
        "n_kv_heads: each key and value head serves equally many of the 6 "
        "query heads … 6 / 4 is not whole … take n_kv_heads from 1",
        lambda: [shapes.attention_shapes(12, 6, n_kv_heads=n)
                 for n in (1, 2, 3, 6)],
    ),
    "added keys": Case(
        lambda: interop.from_torch(
            nn.MultiheadAttention(8, 2, add_bias_kv=True)),
        (),
        "module … add_bias_kv or add_zero_attn … make it without them",
        lambda: interop.from_torch(nn.MultiheadAttention(8, 2)),
    ),
    "two inputs": Case(
        lambda: interop.from_torch(nn.MultiheadAttention(8, 2, kdim=5,
                                                         vdim=6)),
        (5, 6),
        "reads keys from 5 numbers … values from 6 … make it with kdim equal "
        "to vdim",
        lambda: interop.from_torch(nn.MultiheadAttention(8, 2, kdim=5,
                                                         vdim=5)),
    ),
    "not torch's": Case(
        lambda: interop.to_torch(heads),
        (2, 9, 4, 12, 9),
        "W_Q of shape … W_O of … d_k = d_v = d_model / n_heads and d_out "
        "= d_model",
        lambda: interop.to_torch(LAYER),
    ),
    "some biases": Case(
        lambda: interop.to_torch(LAYER._replace(b_K=None)),
        (),
        "give all four of b_Q, b_K, b_V and b_O, or none",
        lambda: (interop.to_torch(LAYER),
                 interop.to_torch(interop.MultiHeadParameters(*LAYER[:4]))),
    ),
    "heads of a block": Case(
        lambda: gpt.GPT(5, 4, 9, 2, 1, generator=rng()),
        (2, 9, 9),
        "n_heads = 2 does not divide d_model = 9 … choose n_heads that",
        lambda: gpt.GPT(5, 4, 9, 3, 1, generator=rng()),
    ),
    "text too long": Case(
        lambda: SMALL(torch.arange(5)),
        (5, 4, 4, 0),
        "ids end at place 5 … n_context = 4 places: give it the last 4 tokens",
        lambda: SMALL(torch.arange(5)[-4:]),
    ),
    "window of none": Case(
        lambda: kv_cache.LayerCache(0),
        (0, 1),
        "window = 0 … give at least 1, or None",
        lambda: (kv_cache.LayerCache(1), kv_cache.LayerCache(None)),
    ),
    "window and a chunk": Case(
        lambda: kv_cache.LayerCache(3).append(draw(2, 4), draw(2, 6)),
        (2, 4, 2, 3),
        "K of shape … brings 2 tokens … window = 3 … append them singly",
        lambda: (kv_cache.LayerCache(3).append(draw(1, 4), draw(1, 6)),
                 kv_cache.LayerCache().append(draw(2, 4), draw(2, 6))),
    ),
    "groups of heads": Case(
        lambda: kv_cache.share_heads(draw(3, 4, 5, 6), 6),
        (3, 4, 5, 6, 4, 6),
        "K of shape … n_kv_heads = 4 … does not divide n_heads = 6",
        lambda: kv_cache.share_heads(draw(3, 3, 5, 6), 6),
    ),
    "text too short": Case(
        lambda: training_a_gpt.draw_batch(
            torch.arange(4), 2, 4, generator=rng()),
        (4, 4, 5),
        "ids has 4 tokens … n_context = 4 … need 5: give a longer text",
        lambda: (
            training_a_gpt.draw_batch(torch.arange(5), 2, 4, generator=rng()),
            training_a_gpt.draw_batch(torch.arange(4), 2, 3, generator=rng()),
        ),
    ),
    "picture": Case(
        lambda: pictures.show({"H": draw(2, 5, 4)}),
        (2, 5, 4),
        "matrices: H has shape … two dimensions … choose a head first",
        lambda: pictures.show({"H": draw(2, 5, 4)[0]}),
    ),
}


def caught(case: Case) -> ValueError:
    with pytest.raises(ValueError) as bad:
        case.fails()
    return bad.value


@pytest.mark.parametrize("name", CASES)
def test_the_message_has_its_numbers_in_order(name: str) -> None:
    case = CASES[name]
    message = str(caught(case))
    found = re.findall(r"(?<![\w.])-?\d+|(?<=float)\d+|(?<=conv)\d+", message)
    assert tuple(map(int, found)) == case.numbers, message
    at = 0
    for words in case.words.split(" … "):
        at = message.find(words, at)
        assert at >= 0, f"{words!r} is not (in this order) in: {message}"


@pytest.mark.parametrize("name", CASES)
def test_the_advice_works(name: str) -> None:
    assert CASES[name].works() is not None


def test_a_shape_error_names_what_works() -> None:
    for name in ("not positive", "heads do not divide", "groups"):
        error = caught(CASES[name])
        assert isinstance(error, shapes.ShapeError)
        assert str(error).startswith(f"{error.argument}: ")
        numbers = CASES[name].numbers
        assert error.choices == numbers[len(numbers) - len(error.choices):]
        assert set(error.sizes.values()) <= set(numbers)
        for size, value in error.sizes.items():
            assert value in numbers, size


def raised() -> set[tuple[str, int]]:
    """The lines of the modules that raise an error of their own."""
    found = set()
    for module in modules():
        path = importlib.import_module(f"qkv_explained.{module}").__file__
        with open(str(path), encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                kind = ast.unparse(node.exc.func)
                if (module, kind) not in APART:
                    found.add((module, node.lineno))
    return found


def test_every_error_is_met() -> None:
    met = set()
    for case in CASES.values():
        trace = caught(case).__traceback__
        while trace is not None:
            module = trace.tb_frame.f_globals.get("__name__", "")
            met.add((module.removeprefix("qkv_explained."), trace.tb_lineno))
            trace = trace.tb_next
    missing = raised() - met
    assert not missing, "\n".join(
        f"qkv_explained/{module}.py:{line}: no case meets this error"
        for module, line in sorted(missing))
