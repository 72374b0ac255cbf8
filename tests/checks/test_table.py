"""Every check says what it guards, and has a test that turns it red."""

import pytest

from tools.checks import report, table

GOOD = '"""Numbers add up."""\n\n\ndef test_a_wrong_sum_is_found(): ...\n'


def test_every_check_can_fail(root):
    assert not report(table.problems(root))


def test_the_table_names_what_each_guards(root):
    said = table.text(root)
    assert "tests/checks/test_links.py\n    Links inside the site" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"""Numbers add up."""', "", "has no head"),
        ("a_wrong_sum_is_found", "sums", "plants no defect"),
    ],
)
def test_planted_defect_is_found(tree, lines, old, new, said):
    tree.write("tests/checks/test_sums.py", GOOD)
    assert not table.problems(tree.root)
    tree.replace("tests/checks/test_sums.py", old, new)
    assert said in "\n".join(lines(table.problems(tree.root)))


def test_a_check_that_no_test_calls_is_found(tree, lines):
    tree.write("tools/checks/sums.py", "def problems(root):\n    return []\n")
    assert "no test calls it" in "\n".join(lines(table.problems(tree.root)))
