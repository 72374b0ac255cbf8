"""The way out stays open: Zensical builds our Markdown pages."""

import pytest

from tools.checks import zensical

PAGE = """<!doctype html><title>x</title>
<h1 id="doubling">x</h1><h2 id="by-hand">y</h2><p>Twice 6</p>
<img src="../made/doubling/line.en.svg">
<pre><code>x = 3
y = 2 * x  # y = 2x
print(y)</code></pre><pre><code>6</code></pre>
<pre><code>import math


def double(x: float) -> float:
    \"\"\"Twice a number.

    Args:
        x: A number.

    Returns:
        Twice as much.
    \"\"\"
    return math.ldexp(x, 1)
</code></pre>
"""


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zensical") / "copy"
    folder.mkdir()
    zensical.copy(root, folder)
    return folder


@pytest.mark.parametrize("lang", zensical.LANGS)
def test_zensical_builds_every_page(copy, root, lang, clean):
    assert not zensical.build(copy, lang)
    clean(zensical.problems(root, copy / "site", (lang,)))


def check(tree, lines, page):
    index = '<h1 id="start">x</h1>'
    tree.write("site/en/index.html", index)
    for name, one in (("sources", "sources"), ("api/doubling", "doubling")):
        text = f'<h1 id="{one}">x</h1><h2 id="euclid">x</h2>'
        tree.write(f"site/en/reference/{name}/index.html", text)
    tree.write("site/en/concepts/doubling/index.html", page)
    return lines(zensical.problems(tree.root, tree.path("site"), ("en",)))


def test_a_whole_page_is_clean(tree, lines):
    assert not check(tree, lines, PAGE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id="by-hand"', 'id="by_hand"', "the heading #by-hand"),
        ("Twice 6", 'Twice {{ n("doubling", "twice") }}', "the number 6"),
        ("doubling-line.en", "doubling-line.zh", "the figure doubling-line"),
        ("print(y)", "--8<--", "this block of code"),
    ],
)
def test_planted_defect_is_found(tree, lines, old, new, said):
    (found,) = check(tree, lines, PAGE.replace(old, new))
    assert f"lacks {said}" in found


def test_a_missing_page_is_found(tree, lines):
    check(tree, lines, PAGE)
    tree.path("site/en/concepts/doubling/index.html").unlink()
    found = lines(zensical.problems(tree.root, tree.path("site"), ("en",)))
    assert found == [
        "docs/en/concepts/doubling.md: Zensical builds no such page"
    ]


def test_a_failed_build_is_told(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("docs_dir: []\n")
    assert zensical.build(tmp_path, "zh")
