"""Every question can be answered and has its answer."""

import pytest

from tools.checks import predictions

EN = "docs/en/concepts/doubling.md"


def test_every_question_has_its_answer(root, clean):
    clean(predictions.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(predictions.problems(tree.root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('data-answer="2"', 'data-answer="3"', "none of the 2 options"),
        ('data-answer="2"', "", "none of the 2 options"),
        ("2. 6\n", "", "at least two options"),
        ('??? answer "Reveal"\n', "", "it reveals nothing"),
        ('id="predict-doubling"', "", "give it an id"),
    ],
)
def test_planted_defect_is_found(tree, lines, old, new, said):
    tree.replace(EN, old, new)
    found = lines(predictions.problems(tree.root))
    assert any(said in line for line in found)


def test_a_taken_id_is_found(tree, lines):
    text = tree.path(EN).read_text(encoding="utf-8")
    tree.write("docs/en/concepts/other.md", text)
    (found,) = lines(predictions.problems(tree.root))
    assert "its id predict-doubling is taken in" in found
