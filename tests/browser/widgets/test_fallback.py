"""Without scripts, tables say what the widgets begin with."""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS


def fallback_problems(plain, live):
    """The tables without scripts say what the widgets begin with."""
    def rows(page, selector):
        return [" ".join(text.split())
                for text in page.locator(selector).all_inner_texts()]

    problems = []
    was, now = (rows(page, "qkv-shapes tbody tr, qkv-shapes tfoot tr")
                for page in (plain, live))
    if was != now:
        problems.append(f"shapes: {was} without scripts, {now} with them")
    was = rows(plain, "qkv-project tfoot td")
    now = rows(live, "qkv-project tfoot td")
    if was != now:
        problems.append(f"q: {was} without scripts, {now} with them")
    if not plain.locator("qkv-heads tbody tr").count():
        problems.append("heads: nothing without scripts")
    for what in ("details.answer summary", "table.claims tr >> nth=5",
                 "a[download]"):
        if not plain.locator(what).is_visible():
            problems.append(f"{what} is not to be seen without scripts")
    return problems


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts(lab, lang):
    plain = lab.open(lang, scripts=False)
    assert fallback_problems(plain, lab.open(lang)) == []


def test_without_scripts_defect(lab):
    live = lab.open(swap=("widgets/shapes.js", '"X W_Q"', '"W_Q X"'))
    assert fallback_problems(lab.open(scripts=False), live)


def test_words_missing_leave_the_table(lab):
    page = lab.open(swap=("widgets/strings.en.json", "{", ""))
    lab.wait("customElements.get('qkv-shapes')")
    page.wait_for_timeout(50)
    assert page.locator("qkv-shapes tbody tr").count() == 13
