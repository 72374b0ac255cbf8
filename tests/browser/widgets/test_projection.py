"""The projection q = x W, against torch."""

import pytest
import torch

from qkv_explained.languages import LANGUAGES as LANGS
from tests.drawn import rng
from tools.pages.numbers import write_number


def equals_torch(lab, swap=None):
    """The widget's q = x W against torch, and what W cannot see."""
    draw = rng()
    xs = torch.randint(-18, 19, (60, 4), generator=draw).double() / 2
    ws = torch.randint(-18, 19, (60, 4, 2), generator=draw).double() / 2
    ws[0] = 0
    ws[1, 1:] = 0
    ws[2, :, 1] = 2 * ws[2, :, 0]
    found = lab.call(
        swap, "widgets/project.js",
        "return given[0].map((x, k) => ({ q: m.project(x, given[1][k]), "
        "ways: m.unseen(given[1][k]), "
        "moves: m.unseen(given[1][k]).map(m.step) }));",
        xs.tolist(), ws.tolist())
    rank = torch.linalg.matrix_rank
    for x, w, js in zip(xs, ws, found, strict=True):
        q, ways, moves = (torch.tensor(js[key], dtype=torch.float64)
                          for key in ("q", "ways", "moves"))
        assert torch.equal(q, x @ w)
        assert len(ways)
        assert rank(ways) == 4 - rank(w), "they span the null space"
        assert not (ways @ w).any()
        assert ((x + moves) @ w - x @ w).abs().max() <= 1e-12 * 81


def answers_a_reader(page, lang):
    """Numbers typed and slid, as a reader does, against torch."""
    box = page.locator("qkv-project")
    fields = box.locator("input[type=number]")
    values = [2, 3, 1.5, -4, 1, -2, -1, 0.5, 0, 3, 2.5, 1]
    for i, value in enumerate(values):
        fields.nth(i).fill(str(value))
    slider = box.locator("input[type=range]").nth(3)
    slider.focus()
    slider.press("Home")  # x4 = -3
    values[9] = -3
    x, w = torch.tensor(values).double().view(4, 3).split([1, 2], dim=1)
    q = [write_number(n, lang) for n in (x.mT @ w)[0].tolist()]
    assert box.locator("tfoot output").all_inner_texts() == q
    assert [text.rsplit("= ", 1)[-1]
            for text in box.locator(".qkv-sum").all_inner_texts()] == q
    seen = set()
    for _ in range(3):
        box.locator("button").click()
        old, moved = torch.tensor(page.evaluate(
            "(e => [e.x, e.moved])(document.querySelector('qkv-project'))"),
            dtype=torch.float64)
        seen.add(tuple(moved.tolist()))
        assert (moved != old).any()
        assert ((moved - old) @ w).abs().max() <= 1e-9
        told = box.locator("[role=status]").inner_text()
        gap = "; " if lang == "ru" else ", "
        assert told.count(f"({gap.join(q)})") == 2, "q and q′"
    assert len(seen) == 3, "the button repeats itself"


def test_projection_equals_torch(lab):
    equals_torch(lab)


@pytest.mark.parametrize(("old", "new"), [
    ("x_i * W[i][j]", "x_i * W[i][1 - j]"),
    ("[b]: -minor(a, c)", "[b]: minor(a, c)"),
    ("value * 2 / size", "Math.round(value * 2 / size)"),
])
def test_projection_defect(lab, old, new):
    with pytest.raises(AssertionError):
        equals_torch(lab, ("widgets/project.js", old, new))


@pytest.mark.parametrize("lang", LANGS)
def test_projection_by_hand(lab, lang):
    answers_a_reader(lab.open(lang), lang)


def test_projection_by_hand_defect(lab):
    page = lab.open(swap=("widgets/project.js", "this.x[i] = value",
                          "this.x[0] = value"))
    with pytest.raises(AssertionError):
        answers_a_reader(page, "en")


def lit(page):
    """What the cell in hand marks: its row, its column and its product."""
    page.locator("qkv-project input[type=number]").nth(5).focus()  # w 2 2
    return sorted(page.evaluate(
        "[...document.querySelectorAll('qkv-project .is-lit')].map(e => "
        "[e.tagName, e.dataset.i ?? '', e.dataset.j ?? ''].join(' '))"))


LIT = ["P  1", "SPAN 1 1", "TD  1", "TD 0 1", "TD 1 ", "TD 1 ",
       "TD 1 0", "TD 1 1", "TD 2 1", "TD 3 1"]


def test_highlight(lab):
    assert lit(lab.open()) == LIT


def test_highlight_defect(lab):
    assert lit(lab.open(swap=(
        "widgets/project.js", "row || column", "row && column"))) != LIT
