"""What a search marks on the page that it led to: whole words."""


def mark_problems(page):
    """Material marks beginnings of words; the page shows whole words."""
    page.evaluate("""document.querySelector(".predict + *").before(
      document.createRange().createContextualFragment(
        "<p id=marks><mark data-md-highlight>вниман</mark>ие к " +
        "<mark data-md-highlight>Matri</mark>ces, " +
        "<mark data-md-highlight>注意</mark>力 " +
        "<mark data-md-highlight>d_k</mark>·n</p>"))""")
    page.wait_for_timeout(50)
    marks = page.locator("#marks mark").all_inner_texts()
    text = page.locator("#marks").inner_text()
    if marks != ["внимание", "Matrices", "注意", "d_k"]:
        return [f"marked: {marks}"]
    return [] if text == "внимание к Matrices, 注意力 d_k·n" else [text]


def test_marks(lab):
    assert mark_problems(lab.open(at="?h=matri")) == []


def test_marks_defect(lab):
    assert mark_problems(lab.open(at="?h=matri", swap=(
        "js/whole-words.js", "childList: true", "characterData: true")))
