"""Copy as script: js/copy-script.js."""

SCRIPT = "print('Привет, 注意力')\n"


def copy_problems(lab, page, said):
    problems = []
    page.locator("[data-copy-script]").click()
    status = page.locator(".copy-status")
    lab.wait("document.querySelector('.copy-status').textContent")
    if status.inner_text() != said["copied"]:
        problems.append(f"told {status.inner_text()!r}")
    got = page.evaluate("navigator.clipboard.readText()")
    if got != SCRIPT:
        problems.append(f"copied {got!r}")
    return problems


def test_copy(lab, words):
    assert copy_problems(lab, lab.open("ru"), words("ru")["copy"]) == []


def test_copy_defect(lab, words):
    page = lab.open(swap=(
        "js/copy-script.js", "answer.text()", "answer.status"))
    assert copy_problems(lab, page, words("en")["copy"])


def test_copy_without_clipboard(lab, words):
    page = lab.open()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("[data-copy-script]").click()
    area = page.locator("textarea.copy-by-hand")
    assert area.input_value() == SCRIPT
    assert area.evaluate(
        "e => e.selectionEnd - e.selectionStart === e.value.length")
    assert page.locator(".copy-status").inner_text() == \
        words("en")["copy"]["by_hand"]


def test_copy_of_a_missing_script(lab, words):
    page = lab.open()
    page.locator("[data-copy-script]").evaluate(
        "e => { e.dataset.copyScript = 'missing.py'; }")
    page.locator("[data-copy-script]").click()
    lab.wait("document.querySelector('.copy-status').textContent")
    assert page.locator(".copy-status").inner_text() == \
        words("en")["copy"]["failed"]
