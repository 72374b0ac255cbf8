"""README.md, README.zh.md, README.ru.md: equal, and true."""

import shutil

import pytest

from tools.checks import readme as readmes
from tools.checks import report
from tools.refresh import readme


@pytest.fixture
def copy(root, tmp_path):
    """A folder with what the READMEs name, to be damaged."""
    shutil.copytree(
        root, tmp_path / "copy", symlinks=True,
        ignore=lambda folder, names: {
            *shutil.ignore_patterns(
                ".*", "node_modules", "__pycache__", "*.svg", "*.out",
                "kernel-*",
            )(folder, names),
            *({"site"} if folder == str(root) else set()),
        },
    )
    return tmp_path / "copy"


def test_the_readmes_agree_and_name_what_is_there(root, clean):
    clean(readmes.problems(root))


@pytest.mark.parametrize("name", readme.READMES.values())
def test_outputs_in_the_readmes(root, name):
    text = (root / name).read_text("utf-8")
    fix = "run: python -m tools.refresh readme"
    assert readme.refreshed(text) == text, fix


def test_planted_outputs_are_found(root):
    text = (root / "README.md").read_text("utf-8")
    for old, new in [("10.5581", "10.5582"), ("Read first:", "Read last:")]:
        assert readme.refreshed(text.replace(old, new)) == text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("### ", "## ", "heading"),
        ("print(output)", "print(weights)", "print(weights)"),
        ("| `tests`", "| `tested`", "tested"),
        ("(CONTRIBUTING.md)", "(CONTRIBUTE.md)", "CONTRIBUTE.md"),
        ("show projection\n", "show origins\n", "show origins"),
        ("`qkv_explained/course/order.toml`;", "`qkv_explained`;", "- with"),
        ("`myth`", "myth", "a paragraph with"),
    ],
)
def test_planted_difference_is_found(copy, old, new, said):
    path = copy / "README.ru.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = report(readmes.problems(copy))
    assert said in found
    assert "README.ru.md" in found


def test_planted_lost_paragraph_is_found(copy):
    path = copy / "README.zh.md"
    text = path.read_text("utf-8").rstrip().rsplit("\n\n", 1)[0]
    path.write_text(text + "\n", "utf-8")
    assert "1 parts less" in report(readmes.problems(copy))


def test_planted_heavy_picture_is_found(copy):
    picture = copy / "docs" / "assets" / "readme" / "en.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"x" * (readme.MOST + 1))
    assert "the most is 200,000" in report(readmes.problems(copy))
