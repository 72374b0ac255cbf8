"""Predict, then reveal: js/predict.js."""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS


def answers_wrongly(page, t):
    """Choose the first option, which is wrong, by keyboard."""
    box = page.locator(".predict")
    options, status = box.locator("button"), box.locator("[role=status]")
    page.locator("a[download]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told = status.inner_text()
    assert told == t["wrong"].format(answer=2)
    assert box.locator("details").evaluate("e => e.open")
    assert t["yours"] in options.nth(0).inner_text()
    assert t["answer"] in options.nth(1).inner_text()
    options.nth(1).dispatch_event("click")
    assert status.inner_text() == told, "a second choice changes the verdict"


@pytest.mark.parametrize("lang", LANGS)
def test_predict(lab, lang, words):
    said = words(lang)["predict"]
    answers_wrongly(lab.open(lang), said)
    page = lab.open(lang)
    page.locator(".predict button").nth(1).click()
    assert page.locator(".predict [role=status]").inner_text() == said["right"]


@pytest.mark.parametrize(("old", "new"), [
    ("details.open = true", "0"),
    ("Number(box.dataset.answer) - 1", "Number(box.dataset.answer)"),
    ("if (box.dataset.picked) return;", " "),
])
def test_predict_defect(lab, old, new, words):
    page = lab.open(swap=("js/predict.js", old, new))
    with pytest.raises(AssertionError):
        answers_wrongly(page, words("en")["predict"])
