"""One command makes again what comes from code; the preview as well."""

import pytest

from tools.refresh import __main__ as refresh
from tools.site import serve

SNIPPETS = "qkv_explained/course/concepts/doubling/snippets"
OUT = f"{SNIPPETS}/by_hand.out"


def made(tree, names=(), write=True):
    return refresh.refresh("outputs", list(names), write, tree.root)


@pytest.fixture
def planted(tree, monkeypatch):
    """The small site with an output that is not what the snippet prints."""
    monkeypatch.setattr(refresh, "ROOT", tree.root)
    assert not made(tree, write=False)
    tree.write(OUT, "5\n")
    return tree


def test_planted_output_is_told_and_written_when_asked(planted):
    assert made(planted, write=False) == [f"{OUT}: differs"]
    with pytest.raises(SystemExit, match="nothing is named halving"):
        made(planted, ["halving"])
    assert planted.read(OUT) == "5\n"
    assert made(planted, ["by_hand"])
    assert planted.read(OUT) == "6\n"
    assert not made(planted)


def test_what_is_missing_is_made_and_what_is_needless_goes(planted):
    planted.path(OUT).unlink()
    planted.write(f"{SNIPPETS}/silent.py", "assert True\n")
    silent = planted.write(f"{SNIPPETS}/silent.out", "nothing\n")
    assert sorted(made(planted)) == [
        f"{OUT}: missing", f"{SNIPPETS}/silent.out: not needed"]
    assert planted.path(OUT).exists()
    assert not silent.exists()


def test_a_snippet_that_fails_is_told_and_the_rest_is_made(planted):
    planted.write(f"{SNIPPETS}/a.py", "1 / 0\n")
    failed, differs = made(planted)
    assert "a.out: cannot be made: " in failed
    assert "ZeroDivisionError" in failed
    assert differs == f"{OUT}: differs"


def test_pins_are_written_for_named_files_only():
    with pytest.raises(SystemExit, match="Name the translations"):
        refresh.main(["pins"])


# --- the preview rebuilds what an edit touches, where somebody looks first ---

LANGS = ["zh", "en", "ru"]


@pytest.fixture
def rebuilder(tree):
    for lang in LANGS:
        tree.write(f"docs/{lang}/a.md",
                   f'--8<-- "{SNIPPETS[len("qkv_explained/"):]}/one.py"')
        tree.write(f"docs/{lang}/b.md", "no code")
    tree.write(f"{SNIPPETS}/one.py", "x = 1")
    return serve.Rebuilder(tree.path("site"), tree.path("."))


@pytest.mark.parametrize(("edited", "pages"), [
    ("docs/ru/b.md", {"ru": ["b.md"]}),
    (f"{SNIPPETS}/one.py", {lang: ["a.md"] for lang in LANGS}),
    ("tools/site/theme/main.html", None),
])
def test_an_edit_touches_the_pages_that_show_it(rebuilder, tree, edited,
                                                pages):
    tree.write(edited, "other words")
    found = rebuilder.pages(rebuilder.changed())
    assert pages == (found and {
        lang: [path.name for path in paths] for lang, paths in found.items()})
    assert rebuilder.changed() == []


def test_open_languages_come_first(rebuilder):
    assert rebuilder.first(LANGS) == LANGS
    rebuilder.looked("http://127.0.0.1:8000/en/concepts/projection/")
    rebuilder.looked("http://127.0.0.1:8000/")
    assert rebuilder.first(LANGS) == ["en"]
    assert rebuilder.first(["ru"]) == ["ru"]
    rebuilder._open["en"] -= 2 * serve.STILL_OPEN
    assert rebuilder.first(LANGS) == LANGS


def test_a_quiet_build_never_leaves_a_page_missing(tree):
    tree.write("next/a/index.html", "new")
    tree.write("site/a/index.html", "old")
    tree.write("site/gone/index.html", "old")
    serve.put_in_place(tree.path("next"), tree.path("site"))
    assert tree.read("site/a/index.html") == "new"
    assert not tree.path("site/gone/index.html").exists()
