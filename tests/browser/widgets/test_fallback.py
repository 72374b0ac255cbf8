"""Without scripts, tables say what the widgets begin with."""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS


def same(plain, live):
    """The tables without scripts say what the widgets begin with."""
    for part in ("qkv-shapes tbody tr, qkv-shapes tfoot tr",
                 "qkv-project tfoot td"):
        without, with_them = (
            [" ".join(text.split())
             for text in page.locator(part).all_inner_texts()]
            for page in (plain, live))
        assert without == with_them, part
    assert plain.locator("qkv-heads tbody tr").count()
    for what in ("details.answer summary", "table.claims tr >> nth=5",
                 "a[download]"):
        assert plain.locator(what).is_visible(), what


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts(lab, lang):
    plain = lab.open(lang, scripts=False)
    same(plain, lab.open(lang))


def test_without_scripts_defect(lab):
    live = lab.open(swap=("widgets/shapes.js", '"X W_Q"', '"W_Q X"'))
    with pytest.raises(AssertionError, match="qkv-shapes"):
        same(lab.open(scripts=False), live)


def test_words_missing_leave_the_table(lab):
    page = lab.open(swap=("widgets/strings.en.json", "{", ""))
    lab.wait("customElements.get('qkv-shapes')")
    page.wait_for_timeout(50)
    assert page.locator("qkv-shapes tbody tr").count() == 13
