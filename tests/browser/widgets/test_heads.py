"""The cut into heads, against qkv_explained.shapes."""

from qkv_explained import shapes
from tools.pages.numbers import write_number


def heads_problems(page):
    problems = []
    box = page.locator("qkv-heads")
    slider = box.locator("input[type=range]")
    slider.focus()
    slider.press("Home")
    for n_heads in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        told = box.locator("[data-design=paper]").inner_text()
        layer = shapes.attention_shapes(512, n_heads)
        cuts = (page.locator("qkv-heads path").first.get_attribute("d")
                or "").count("M")
        per_head = write_number(512 * layer.d_k, "en")
        if f"= {per_head} param" not in told or "262,144" not in told:
            problems.append(f"{n_heads} heads: {told!r}")
        if cuts != n_heads - 1:
            problems.append(f"{n_heads} heads: {cuts} cuts are drawn")
        note = box.locator("[data-design=note]").inner_text()
        small = write_number(512 * 64 // n_heads, "en")
        if n_heads <= 64 and f"= {small} param" not in note:
            problems.append(f"{n_heads} heads, note: {note!r}")
        if n_heads > 64 and "not a whole" not in note:
            problems.append(f"{n_heads} heads of 64 columns: {note!r}")
        slider.press("ArrowRight")
    return problems


def test_heads_equal_python(lab):
    assert heads_problems(lab.open()) == []


def test_heads_defect(lab):
    assert heads_problems(lab.open(swap=(
        "widgets/heads.js", "per_head: d_model * d_k",
        "per_head: d_model * n_heads")))
