"""Predict, then reveal: js/predict.js."""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS


def predict_problems(page, t):
    problems = []
    box = page.locator(".predict")
    options = box.locator("button")
    page.locator("a[download]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first option, which is wrong
    told = box.locator("[role=status]").inner_text()
    if told != t["wrong"].format(answer=2):
        problems.append(f"wrong choice: {told!r}")
    if not box.locator("details").evaluate("e => e.open"):
        problems.append("the answer stays closed")
    for i, mark in ((0, t["yours"]), (1, t["answer"])):
        if mark not in options.nth(i).inner_text():
            problems.append(f"option {i + 1} is not marked {mark!r}")
    options.nth(1).dispatch_event("click")
    if box.locator("[role=status]").inner_text() != told:
        problems.append("a second choice changes the verdict")
    return problems


@pytest.mark.parametrize("lang", LANGS)
def test_predict(lab, lang, words):
    assert predict_problems(lab.open(lang), words(lang)["predict"]) == []
    page = lab.open(lang)
    page.locator(".predict button").nth(1).click()
    told = page.locator(".predict [role=status]").inner_text()
    assert told == words(lang)["predict"]["right"]


@pytest.mark.parametrize(("old", "new"), [
    ("details.open = true", "0"),
    ("Number(box.dataset.answer) - 1", "Number(box.dataset.answer)"),
    ("if (box.dataset.picked) return;", " "),
])
def test_predict_defect(lab, old, new, words):
    page = lab.open(swap=("js/predict.js", old, new))
    assert predict_problems(page, words("en")["predict"])
