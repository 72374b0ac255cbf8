"""The map and the files agree."""

import pytest

from tools.checks import course

EN = "docs/en/concepts/doubling.md"


def test_the_map_and_the_files_agree(root, clean):
    clean(course.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(course.problems(tree.root))


def check(tree, lines):
    return "\n".join(lines(course.problems(tree.root)))


TOML = "qkv_explained/course/concepts/doubling/topic.toml"
ORDER = "qkv_explained/course/order.toml"
FOLDER = "qkv_explained/course/concepts/doubling"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (TOML, "explained.doubling", "explained.halving", "add the module"),
        (TOML, "euclid", "gauss", "no entry {#gauss}"),
        (TOML, 's = []\n', 's = ["zero"]\n', "its prerequisite zero"),
        (TOML, 's = []\n', 's = ["doubling"]\n', "comes later"),
        (TOML, "formula", "formel", "has or lacks formel, formula"),
        (ORDER, '"concepts/doubling"', "", "is in no part of"),
        (ORDER, '"index"', '"index", "index"', "stands there twice"),
        (ORDER, '"index"', '"index", "more"', "missing; qkv_explained/cou"),
        (EN, "idea:", "ideas:", "needs its idea in one sentence"),
        (EN, '{{ card("doubling") }}', "", "needs {{ card("),
        (EN, 'class="predict"', 'class="guess"', "asks nothing"),
    ],
)
def test_planted_defect_is_found(tree, lines, name, old, new, said):
    tree.replace(name, old, new)
    assert said in check(tree, lines)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{FOLDER}/topic.toml", "missing. Add it with formula, module"),
        ("docs/ru/concepts/doubling.md", "missing; qkv_explained/course/or"),
        ("docs/made/doubling/line.ru.svg", "line.ru.svg is missing; run:"),
        ("tests/library/test_doubling.py", "add tests/library/test_doubling"),
    ],
)
def test_what_is_lost_is_found(tree, lines, name, said):
    tree.path(name).unlink()
    assert said in check(tree, lines)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("docs/en/concepts/halving.md", "# x", "is in no part of"),
        (f"{FOLDER}/snippets/x.py", "print(1)", "is on no page"),
        (f"{FOLDER}/snippets/x.console", "$ x", "is on no page"),
        (f"{FOLDER}/notebook/x.py", "1", "is on no page"),
        (f"{FOLDER}/figures/halving.py", "1", "is shown on no page"),
        ("qkv_explained/halving.py", "def f(): pass", "has no docstring"),
    ],
)
def test_what_is_left_over_is_found(tree, lines, name, text, said):
    tree.write(name, text)
    assert any(
        line.startswith(name) and said in line
        for line in lines(course.problems(tree.root))
    )


def test_a_folder_of_no_page_is_found(tree, lines):
    tree.write("qkv_explained/course/myths/no_zero/topic.toml", "")
    assert "myths/no_zero: is no page of" in check(tree, lines)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"""Twice a number.', 'f"""Twice a number.', "lacks a docstring"),
        ("        x: A number.\n", "        y: A number.\n", "x under Args:"),
        ("    Returns:\n        Twice as much.\n", "", "lacks Returns:"),
        ('"""Doubling of numbers."""', "", "has no docstring"),
    ],
)
def test_undocumented_name_is_found(tree, lines, old, new, said):
    tree.replace("qkv_explained/doubling.py", old, new)
    assert said in check(tree, lines)




def test_a_new_myth_is_told_what_it_needs(tree, lines):
    tree.replace(ORDER, '"concepts/doubling"',
                 '"concepts/doubling", "myths/no-zero"')  # fmt: skip
    for lang in ("zh", "en", "ru"):
        path = tree.path(f"docs/{lang}/concepts/doubling.md")
        page = path.read_text("utf-8").replace(
            "course/concepts/doubling", "course/myths/no_zero")
        tree.write(f"docs/{lang}/myths/no-zero.md",
                   page.replace("doubling-line", "no-zero-line"))  # fmt: skip
    folder = "qkv_explained/course/myths/no_zero"
    assert f"{folder}/topic.toml: missing." in check(tree, lines)
    text = tree.path(TOML).read_text("utf-8")
    tree.write(f"{folder}/topic.toml", text.replace("explained.doubling",
               "explained.course.myths.no_zero.experiment"))  # fmt: skip
    tree.write("docs/claims.yml", "claims: []")
    found = check(tree, lines)
    for part in (
        "add the module qkv_explained/course/myths/no_zero/experiment.py",
        "add tests/library/test_experiment.py",
        "docs/made/no-zero/line.ru.svg is missing; run: python -m",
        "docs/made/no-zero/result.json is missing; run: python -m",
        'needs {{ card("no-zero") }}',
    ):
        assert part in found
