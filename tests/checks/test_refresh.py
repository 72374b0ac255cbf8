"""One command makes again what comes from code."""

import pytest

from tools import refresh

OUT = "qkv_explained/snippets/doubling/by_hand.out"


@pytest.fixture
def planted(tree, monkeypatch):
    monkeypatch.setattr(refresh, "ROOT", tree.root)
    return tree


def test_nothing_differs_in_the_small_site(planted):
    assert not refresh.refresh("outputs", [], False, planted.root)


def test_check_writes_nothing(planted):
    planted.write(OUT, "5\n")
    said = refresh.refresh("outputs", [], False, planted.root)
    assert said == [f"{OUT}: differs"]
    assert planted.path(OUT).read_text() == "5\n"


def test_what_differs_is_written(planted):
    planted.write(OUT, "5\n")
    assert refresh.refresh("outputs", ["by_hand"], True, planted.root)
    assert planted.path(OUT).read_text() == "6\n"
    assert not refresh.refresh("outputs", [], True, planted.root)


def test_what_is_missing_is_made_and_what_is_needless_goes(planted):
    planted.path(OUT).unlink()
    silent = "qkv_explained/snippets/doubling/silent.out"
    planted.write(silent.replace(".out", ".py"), "assert True\n")
    planted.write(silent, "nothing\n")
    said = refresh.refresh("outputs", [], True, planted.root)
    assert sorted(said) == [f"{OUT}: missing", f"{silent}: not needed"]
    assert planted.path(OUT).exists()
    assert not planted.path(silent).exists()


def test_names_choose(planted):
    planted.write(OUT, "5\n")
    with pytest.raises(SystemExit, match="nothing is named halving"):
        refresh.refresh("outputs", ["halving"], True, planted.root)
    assert planted.path(OUT).read_text() == "5\n"


def test_pins_are_written_for_named_files_only():
    with pytest.raises(SystemExit, match="Name the translations"):
        refresh.main(["pins"])


def test_a_snippet_that_fails_is_told_and_the_rest_is_made(planted):
    planted.write(OUT, "5\n")
    planted.write("qkv_explained/snippets/doubling/a.py", "1 / 0\n")
    said = refresh.refresh("outputs", [], True, planted.root)
    assert "a.out: cannot be made: " in said[0]
    assert "ZeroDivisionError" in said[0]
    assert said[1] == f"{OUT}: differs"
