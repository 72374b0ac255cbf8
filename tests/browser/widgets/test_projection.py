"""The projection q = x W, against torch."""

import pytest
import torch

from qkv_explained.languages import LANGUAGES as LANGS
from tools.pages.numbers import write_number


def projection_problems(lab, swap=None):
    """The widget's q = x W against torch, and what W cannot see."""
    draw = torch.Generator().manual_seed(0)
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
    problems = []
    for x, w, js in zip(xs, ws, found, strict=True):
        q = torch.tensor(js["q"], dtype=torch.float64)
        if not torch.equal(q, x @ w):
            problems.append(f"{x} @ {w}: {q} instead of {x @ w}")
        ways = torch.tensor(js["ways"], dtype=torch.float64)
        rank = torch.linalg.matrix_rank
        if not len(ways):
            problems.append(f"{w}: nothing that it does not see")
            continue
        if rank(ways) != 4 - rank(w):
            problems.append(f"{w}: {ways} do not span its null space")
        if (ways @ w).abs().max() > 0:
            problems.append(f"{w}: sees {ways}")
        moves = torch.tensor(js["moves"], dtype=torch.float64)
        if ((x + moves) @ w - x @ w).abs().max() > 1e-12 * 81:
            problems.append(f"{w}: a step along {moves} changes q")
    return problems


def typing_problems(page, lang):
    """Numbers typed and slid, as a reader does, against torch."""
    problems = []
    box = page.locator("qkv-project")
    fields = box.locator("input[type=number]")
    values = [2, 3, 1.5, -4, 1, -2, -1, 0.5, 0, 3, 2.5, 1]
    for i, value in enumerate(values):
        fields.nth(i).fill(str(value))
    slider = box.locator("input[type=range]").nth(3)
    slider.focus()
    slider.press("Home")  # x4 = -3
    values[9] = -3
    x = torch.tensor([values[0], values[3], values[6], values[9]])
    w = torch.tensor([values[i + 1 : i + 3] for i in (0, 3, 6, 9)])
    q = [write_number(n, lang) for n in (x.double() @ w.double()).tolist()]
    shown = box.locator("tfoot output").all_inner_texts()
    if shown != q:
        problems.append(f"{lang}: q is shown as {shown}, torch says {q}")
    ends = [text.rsplit("= ", 1)[-1]
            for text in box.locator(".qkv-sum").all_inner_texts()]
    if ends != q:
        problems.append(f"{lang}: the sums end in {ends}, torch says {q}")
    seen = set()
    for _ in range(3):
        box.locator("button").click()
        old, moved = page.evaluate(
            "(e => [e.x, e.moved])(document.querySelector('qkv-project'))")
        seen.add(tuple(moved))
        differ = torch.tensor(moved, dtype=torch.float64)
        differ -= torch.tensor(old, dtype=torch.float64)
        if not differ.any() or (differ @ w.double()).abs().max() > 1e-9:
            problems.append(f"{lang}: {moved} does not give the q of {old}")
        told = box.locator("[role=status]").inner_text()
        gap = "; " if lang == "ru" else ", "
        if told.count(f"({gap.join(q)})") != 2:
            problems.append(f"{lang}: q and q′ are not both in {told!r}")
    if len(seen) != 3:
        problems.append(f"{lang}: the button repeats itself: {seen}")
    return problems


def test_projection_equals_torch(lab):
    assert projection_problems(lab) == []


@pytest.mark.parametrize(("old", "new"), [
    ("x_i * W[i][j]", "x_i * W[i][1 - j]"),
    ("[b]: -minor(a, c)", "[b]: minor(a, c)"),
    ("value * 2 / size", "Math.round(value * 2 / size)"),
])
def test_projection_defect(lab, old, new):
    assert projection_problems(lab, ("widgets/project.js", old, new))


@pytest.mark.parametrize("lang", LANGS)
def test_projection_by_hand(lab, lang):
    assert typing_problems(lab.open(lang), lang) == []


def test_projection_by_hand_defect(lab):
    page = lab.open(swap=("widgets/project.js", "this.x[i] = value",
                          "this.x[0] = value"))
    assert typing_problems(page, "en")


def light_problems(page):
    """The cell in hand marks its row, its column and its product."""
    page.locator("qkv-project input[type=number]").nth(5).focus()  # w 2 2
    lit = page.evaluate(
        "[...document.querySelectorAll('qkv-project .is-lit')].map(e => "
        "[e.tagName, e.dataset.i ?? '', e.dataset.j ?? ''].join(' '))")
    want = ["P  1", "SPAN 1 1", "TD  1", "TD 0 1", "TD 1 ", "TD 1 ",
            "TD 1 0", "TD 1 1", "TD 2 1", "TD 3 1"]
    return [] if sorted(lit) == want else [f"lit: {sorted(lit)}"]


def test_highlight(lab):
    assert light_problems(lab.open()) == []


def test_highlight_defect(lab):
    assert light_problems(lab.open(swap=(
        "widgets/project.js", "row || column", "row && column")))
