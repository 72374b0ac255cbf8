"""Copy as script: js/copy-script.js."""

import pytest

SCRIPT = "print('Привет, 注意力')\n"


def copied(lab, page):
    """What is said and what lies in the clipboard after a press."""
    page.locator("[data-copy-script]").click()
    lab.wait("document.querySelector('.copy-status').textContent")
    return (page.locator(".copy-status").inner_text(),
            page.evaluate("navigator.clipboard?.readText()"))


def test_copy(lab, words):
    assert copied(lab, lab.open("ru")) == (words("ru")["copy"]["copied"],
                                           SCRIPT)


def test_copy_defect(lab):
    page = lab.open(swap=(
        "js/copy-script.js", "answer.text()", "answer.status"))
    assert copied(lab, page)[1] != SCRIPT


@pytest.mark.parametrize(("before", "said"), [
    ("Object.defineProperty(navigator, 'clipboard', {value: undefined})",
     "by_hand"),
    ("document.querySelector('[data-copy-script]').dataset.copyScript = "
     "'missing.py'", "failed"),
])
def test_copy_without_clipboard_or_script(lab, words, before, said):
    page = lab.open()
    page.evaluate(before)
    assert copied(lab, page)[0] == words("en")["copy"][said]
    if said == "by_hand":
        area = page.locator("textarea.copy-by-hand")
        assert area.input_value() == SCRIPT
        assert area.evaluate(
            "e => e.selectionEnd - e.selectionStart === e.value.length")
