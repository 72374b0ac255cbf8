"""The map and the files agree."""

import dataclasses

import pytest

from qkv_explained.course import Myth, Source
from tools.checks import course

EN = "docs/en/concepts/doubling.md"


def test_the_map_and_the_files_agree(root, clean):
    clean(course.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(course.problems(tree.root, [tree.concept]))


def check(tree, lines, **changes):
    concept = dataclasses.replace(tree.concept, **changes)
    return "\n".join(lines(course.problems(tree.root, [concept])))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"snippets": ("by_hand", "again")}, "does not show doubling/again"),
        ({"snippets": ()}, "which `snippets` of doubling"),
        ({"figures": ()}, "its figures are ['doubling-line']"),
        ({"figures": ("halving",)}, "add qkv_explained/figures/halving.py"),
        ({"widgets": ("slider",)}, "add docs/assets/widgets/slider.js"),
        ({"module": "qkv_explained.halving"}, "add the module"),
        ({"tests": ("tests/test_x.py",)}, "add the test tests/test_x.py"),
        ({"tests": ()}, "name its tests"),
        ({"sources": ()}, "name where it is stated"),
        ({"sources": (Source("gauss", "1"),)}, "no entry {#gauss}"),
        ({"prerequisites": ("zero",)}, "its prerequisite zero"),
        ({"prerequisites": ("doubling",)}, "comes later"),
        ({"notebooks": ("notebooks/x.ipynb",)}, "tools.refresh notebooks"),
        ({"page": "concepts/twice.md"}, "add the page docs/en/concepts/tw"),
        ({"titles": {"en": "Doubling", "zh": "加倍"}}, "titles['ru']"),
    ],
)
def test_planted_defect_of_the_map_is_found(tree, lines, changes, said):
    assert said in check(tree, lines, **changes)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("docs/en/concepts/halving.md", "# x", "is on no map"),
        ("qkv_explained/snippets/doubling/x.py", "print(1)", "no `snippets`"),
        ("qkv_explained/snippets/doubling/x.console", "$ x", "on no page"),
        ("qkv_explained/notebooks/doubling/x.py", "1", "in no notebook"),
        ("qkv_explained/figures/halving.py", "1", "is shown on no page"),
        ("qkv_explained/halving.py", '"""Halving."""', "is on no API page"),
    ],
)
def test_what_is_left_over_is_found(tree, lines, name, text, said):
    tree.write(name, text)
    found = check(tree, lines)
    assert found.startswith(f"{name}: ")
    assert said in found


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


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{{ card("doubling") }}', "", "needs {{ card("),
        ('class="predict"', 'class="guess"', "asks nothing"),
    ],
)
def test_a_page_without_its_parts_is_found(tree, lines, old, new, said):
    tree.replace(EN, old, new)
    assert said in check(tree, lines)


def test_a_new_language_is_told_what_it_needs(tree, lines):
    tree.write("docs/assets/figures/a.zh.json", "{}")
    tree.write("docs/assets/figures/a.ru.json", "{}")
    tree.write("docs/assets/figures/a.en.json", "{}")
    found = lines(
        course.problems(tree.root, [tree.concept], ["zh", "en", "ru", "de"])
    )
    first = next(line for line in found if "language de needs" in line)
    for part in (
        "docs/mkdocs.de.yml", "extra.languages", "docs/de/", "tools/pages/words.py",
        "titles['de'] of doubling", "ideas['de'] of doubling",
        "its part of docs/terms.yml", "docs/assets/figures/a.de.json",
    ):  # fmt: skip
        assert part in first


def test_a_new_myth_is_told_what_it_needs(tree, lines):
    fields = dataclasses.fields(tree.concept)
    kept = {field.name: getattr(tree.concept, field.name) for field in fields}
    kept |= {
        "id": "no-zero",
        "page": "myths/no-zero.md",
        "module": "qkv_explained.myths.no_zero",
        "snippets": ("by_hand",),
        "figures": ("no-zero",),
        "tests": ("tests/test_no_zero.py",),
    }
    myth = Myth(**kept, claims=(1,), result="no-zero")
    found = "\n".join(lines(course.problems(tree.root, [tree.concept, myth])))
    for part in (
        "add the page docs/zh/myths/no-zero.md",
        "add the module qkv_explained/myths/no_zero.py",
        "add the snippet qkv_explained/snippets/no_zero/by_hand.py",
        "add the test tests/test_no_zero.py",
        "add qkv_explained/figures/no_zero.py",
        "docs/assets/figures/no-zero.ru.svg is missing; run: python -m",
        "docs/assets/data/no-zero.json is missing; run: python -m",
    ):
        assert f"no-zero: {part}" in found
