"""The calculator of shapes, against qkv_explained.shapes."""

import pytest

from qkv_explained import shapes
from qkv_explained.languages import LANGUAGES as LANGS
from tools.pages.numbers import write_number

SIZES = [
    {"d_model": 512, "n_heads": 8},
    {"d_model": 4, "n_heads": 2, "n_q": 3},
    {"d_model": 512, "n_heads": 1, "batch": 2},
    {"d_model": 512, "n_heads": 512, "n_q": 1},
    {"d_model": 768, "n_heads": 12, "n_kv_heads": 4, "d_v": 80},
    {"d_model": 4096, "n_heads": 32, "n_kv_heads": 1, "batch": 7},
    {"d_model": 512, "n_heads": 7, "d_k": 64, "n_q": 5, "n_k": 9},
    {"d_model": 512, "n_heads": 7},
    {"d_model": 500, "n_heads": 8},
    {"d_model": 512, "n_heads": 8, "n_kv_heads": 3},
    {"d_model": 512, "n_heads": 8, "n_kv_heads": 16},
    {"d_model": 0, "n_heads": 8},
    {"d_model": 512, "n_heads": -1},
    {"d_model": 512, "n_heads": 8, "d_v": 0},
    {"d_model": 512, "n_heads": 8, "batch": 0},
    *({"d_model": d, "n_heads": h, "d_v": 5, "n_q": 11, "batch": 3}
      for d in (1, 6, 60, 97, 384) for h in (1, 2, 3, 5, 12)),
]

IN_JS = """
return given[0].map(sizes => {
  try {
    const layer = m.attentionShapes(sizes);
    return { layer, steps: m.steps(layer), totals: m.totals(layer) };
  } catch (e) {
    return { kind: e.kind, argument: e.argument, choices: e.choices };
  }
});"""


def in_python(sizes):
    given = dict(sizes)
    try:
        layer = shapes.attention_shapes(
            given.pop("d_model"), given.pop("n_heads"), **given)
    except shapes.ShapeError as error:
        return {"kind": error.kind, "argument": error.argument,
                "choices": list(error.choices)}
    return {
        "layer": {name: getattr(layer, name) for name in (
            "d_model", "n_heads", "n_kv_heads", "d_k", "d_v", "n_q", "n_k",
            "batch")},
        "steps": [{"name": s.name, "formula": s.formula, "axes": [*s.axes],
                   "shape": [*s.shape], "weights": s.weights,
                   "bias": s.bias} for s in layer.steps()],
        "totals": {"weights": layer.weights, "biases": layer.biases,
                   "cache_per_token": layer.cache_per_token},
    }


def equals_python(lab, swap=None):
    found = lab.call(swap, "widgets/shapes.js", IN_JS, SIZES)
    for sizes, js in zip(SIZES, found, strict=True):
        assert js == in_python(sizes), sizes


def refuses_seven(page, lang):
    """512 / 7 is refused with a reason, and a head count that works."""
    box = page.locator("qkv-shapes")
    box.locator("[name=n_heads]").fill("7")
    told = box.locator("[role=status]").inner_text()
    assert all(part in told for part in ("73", "512", "7")), told
    assert not box.locator("table").is_visible()
    choices = box.locator(".qkv-choices button")
    assert choices.all_inner_texts() == [*map(str, shapes.divisors(512))]
    choices.get_by_text("16").first.click()
    row = box.locator("tr[data-tensor=Q] .qkv-shape").inner_text()
    assert row == "(16 × 10 × 32)"
    total = box.locator("tr[data-sum=weights] td").inner_text()
    assert total == write_number(4 * 512 * 512, lang)


def test_shapes_equal_python(lab):
    equals_python(lab)


@pytest.mark.parametrize(("old", "new"), [
    ("n_heads·d_v\", \"d_model", "n_heads·d_k\", \"d_model"),
    ("n_heads % n_kv_heads", "n_kv_heads % n_heads"),
    ("bias: shape[1]", "bias: shape[0]"),
])
def test_shapes_defect(lab, old, new):
    with pytest.raises(AssertionError):
        equals_python(lab, ("widgets/shapes.js", old, new))


@pytest.mark.parametrize("lang", LANGS)
def test_seven_heads(lab, lang):
    refuses_seven(lab.open(lang), lang)


def test_seven_heads_defect(lab):
    page = lab.open(swap=("widgets/shapes.js",
                          "this.table.hidden = true", "0"))
    with pytest.raises(AssertionError):
        refuses_seven(page, "en")
