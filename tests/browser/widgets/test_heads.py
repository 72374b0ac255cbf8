"""The cut into heads, against qkv_explained.shapes."""

import pytest

from qkv_explained import shapes
from tools.pages.numbers import write_number


def equals_python(page):
    box = page.locator("qkv-heads")
    slider = box.locator("input[type=range]")
    slider.focus()
    slider.press("Home")
    for n_heads in shapes.divisors(512):
        told, note = (box.locator(f"[data-design={one}]").inner_text()
                      for one in ("paper", "note"))
        per_head = 512 * shapes.attention_shapes(512, n_heads).d_k
        assert f"= {write_number(per_head, 'en')} param" in told
        assert "262,144" in told
        cuts = box.locator("path").first.get_attribute("d") or ""
        assert cuts.count("M") == n_heads - 1
        small = write_number(512 * 64 // n_heads, "en")
        assert (f"= {small} param" if n_heads <= 64 else "not a whole") in note
        slider.press("ArrowRight")


def test_heads_equal_python(lab):
    equals_python(lab.open())


def test_heads_defect(lab):
    page = lab.open(swap=("widgets/heads.js", "per_head: d_model * d_k",
                          "per_head: d_model * n_heads"))
    with pytest.raises(AssertionError):
        equals_python(page)
