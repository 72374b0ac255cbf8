"""A translation follows the English page as it is now."""

import subprocess

import pytest

from tools.checks import freshness
from tools.pages import pins

RU = "docs/ru/concepts/doubling.md"
EN = "docs/en/concepts/doubling.md"


def test_translations_are_fresh(root, clean):
    clean(freshness.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(freshness.problems(tree.root))


def test_a_changed_english_page_turns_both_translations_red(tree, lines):
    tree.replace(EN, "To double", "To really double")
    found = lines(freshness.problems(tree.root))
    assert [line.split(":")[0] for line in found] == [
        RU, "docs/zh/concepts/doubling.md",
    ]  # fmt: skip
    assert f"python -m tools.refresh pins {RU}" in found[0]


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        ("ru", "Удвоить число", "Учетверить число"),
        ("zh", "加到它自己上", "加到别的数上"),
        ("ru", "title: Удвоение", "title: Деление"),
    ],
)
def test_a_translation_changed_alone_is_found(tree, lines, lang, old, new):
    name = f"docs/{lang}/concepts/doubling.md"
    tree.replace(name, old, new)
    (found,) = lines(freshness.problems(tree.root))
    assert found.startswith(f"{name}:1: has changed since it was compared")
    assert f"git diff {name}" in found
    pins.pin(tree.path(name), tree.root)
    assert not lines(freshness.problems(tree.root))


def test_a_pin_edited_by_hand_is_found(tree, lines):
    tree.replace(RU, "itself: ", "itself: f")
    assert "has changed since" in lines(freshness.problems(tree.root))[0]


def test_a_page_without_a_pin_is_found(tree, lines):
    tree.write(RU, "---\ntitle: x\n---\n")
    (found,) = lines(freshness.problems(tree.root))
    assert "does not say which English text it follows" in found


def test_a_pin_is_written_for_the_named_page_only(tree, lines):
    tree.replace(EN, "To double", "To really double")
    assert pins.pin(tree.path(RU), tree.root)
    assert not pins.pin(tree.path(RU), tree.root)
    (left,) = lines(freshness.problems(tree.root))
    assert left.startswith("docs/zh/")


def test_ends_of_lines_do_not_count():
    assert pins.content_hash("a  \r\nb\r\n") == pins.content_hash("a\nb")
    assert pins.content_hash("a\nb") != pins.content_hash("a b")


def test_what_has_changed_can_be_seen(tree):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=tree.root, check=True, capture_output=True,
        )  # fmt: skip

    git("init")
    git("add", ".")
    git("commit", "-m", "Begin")
    tree.replace(EN, "To double", "To really double")
    said = pins.changes(tree.path(RU), tree.root)
    assert "\n-To double a number" in said
    assert "\n+To really double a number" in said
