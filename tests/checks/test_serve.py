"""The preview rebuilds what an edit touches, where somebody looks first."""

import pytest

from tools.site import serve

SNIPPET = "qkv_explained/course/concepts/p/snippets/one.py"


@pytest.fixture
def rebuilder(tree):
    for lang in ("zh", "en", "ru"):
        shown = SNIPPET.removeprefix("qkv_explained/")
        tree.write(f"docs/{lang}/a.md", f'--8<-- "{shown}"')
        tree.write(f"docs/{lang}/b.md", "no code")
    tree.write(SNIPPET, "x = 1")
    return serve.Rebuilder(tree.path("site"), tree.path("."))


def test_an_edit_touches_its_page_alone(rebuilder, tree):
    tree.write("docs/ru/b.md", "other words")
    assert rebuilder.pages(rebuilder.changed()) == {
        "ru": [tree.path(".") / "docs/ru/b.md"]}
    assert rebuilder.changed() == []


def test_a_snippet_touches_the_pages_that_show_it(rebuilder, tree):
    tree.write(SNIPPET, "x = 12")
    pages = rebuilder.pages(rebuilder.changed())
    assert {lang: [p.name for p in files] for lang, files in pages.items()} \
        == {"zh": ["a.md"], "en": ["a.md"], "ru": ["a.md"]}


def test_anything_else_touches_all(rebuilder, tree):
    tree.write("tools/site/theme/main.html", "new")
    assert rebuilder.pages(rebuilder.changed()) is None


def test_open_languages_come_first(rebuilder):
    langs = ["zh", "en", "ru"]
    assert rebuilder.first(langs) == langs
    rebuilder.looked("http://127.0.0.1:8000/en/concepts/projection/")
    rebuilder.looked("http://127.0.0.1:8000/")
    assert rebuilder.first(langs) == ["en"]
    assert rebuilder.first(["ru"]) == ["ru"]
    rebuilder._open["en"] -= 2 * serve.STILL_OPEN
    assert rebuilder.first(langs) == langs


def test_a_quiet_build_never_leaves_a_page_missing(tree):
    tree.write("next/a/index.html", "new")
    tree.write("site/a/index.html", "old")
    tree.write("site/gone/index.html", "old")
    serve.put_in_place(tree.path("next"), tree.path("site"))
    assert tree.path("site/a/index.html").read_text("utf-8") == "new"
    assert not tree.path("site/gone/index.html").exists()
