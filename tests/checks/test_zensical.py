"""The way out stays open: the site that Zensical builds is whole."""

import shutil
import subprocess
import sys

import pytest

from tools.checks import Problem, report, zensical
from tools.run.runner import locked
from tools.site import zensical as way_out
from tools.site.build import BuildFailed

MENU = [{"Home": "index.md"}, {"Concepts": ["concepts/doubling.md"]}]
NAV = """<div class="md-sidebar--primary"><nav class="md-nav--primary">
<a href="../.." class="md-nav__link">Home</a>
<label class="md-nav__link" for="__nav_2">Concepts</label>
<label class="md-nav__link" for="__toc">Doubling</label>
<a href="./" class="md-nav__link">Doubling</a>
<nav class="md-nav--secondary"><a href="#x" class="md-nav__link">y</a></nav>
</nav></div><div class="md-sidebar--secondary"></div>
"""
PAGE = f"""<!doctype html><title>x</title>{NAV}
<h1 id="doubling">x</h1><span class="math">y</span>
<h2 id="by-hand">y</h2><div class="math" tabindex="0">y</div><p>Twice 6</p>
<figure class="drawing" id="fig-doubling-line"><svg></svg></figure>
<pre><code>x = 3
y = 2 * x  # y = 2x
print(y)</code></pre><pre><code>6</code></pre>
<pre><code>import math


def double(x: float) -> float:
    return math.ldexp(x, 1)
</code></pre>
"""


@pytest.fixture(scope="session")
def zensical_site(root, session_folder):
    """The site as Zensical builds it, once a session."""
    site, said = (session_folder / name for name in ("way-out", "out.log"))
    with locked(session_folder / "way-out.lock"):
        if not said.exists():
            done = subprocess.run(
                [sys.executable, "-m", "tools.site.zensical", "--out", site],
                cwd=root, capture_output=True, encoding="utf-8", check=False)
            said.write_text(done.stderr, encoding="utf-8")
    if not (site / "index.html").exists():
        pytest.fail(said.read_text(encoding="utf-8"), pytrace=False)
    return site


@pytest.fixture(scope="module")
def menus():
    return {lang: way_out.settings(lang)["nav"] for lang in zensical.LANGS}


def test_zensicals_site_is_whole(zensical_site, root, menus, clean):
    clean(zensical.problems(root, zensical_site, menus))


def test_defects_planted_in_the_built_site_are_found(
    zensical_site, root, menus, tmp_path
):
    site = tmp_path / "site"
    shutil.copytree(zensical_site, site)
    page = site / "ru/concepts/projection/index.html"
    text = page.read_text(encoding="utf-8")
    for old, new in (
        ('rel="canonical" href="', 'rel="canonical" href="x'),
        ('hreflang="zh"', 'hreflang="fr"'),
        ("</h1>", '</h1><a href="../nowhere/">x</a>'
         '<script src="https://cdn.example/a.js"></script>'
         '<span class="arithmatex">\\(x\\)</span>'),
        ("Понятия", "概念"),
        ("assets/css/bundle.", "assets/css/lost."),
    ):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")
    found = report(zensical.problems(root, site, menus))
    for said in ("the canonical link is", "hreflang zh is None",
                 "has no ru/concepts/nowhere", "fetches https://cdn.example",
                 "shows TeX for the formula", "'概念'", "assets/css/lost."):
        assert said in found


def check(tree, lines, page):
    index = NAV.replace("../..", ".") + '<h1 id="start">x</h1>'
    tree.write("site/en/index.html", index)
    for name, one in (("sources", "sources"), ("api/doubling", "doubling")):
        text = f'{NAV}<h1 id="{one}">x</h1><h2 id="euclid">x</h2>'
        tree.write(f"site/en/reference/{name}/index.html", text)
    tree.write("site/en/search.json", '{"config": {"habits": ["en"]}}')
    tree.write("site/en/concepts/doubling/index.html", page)
    return found_in(tree, lines)


def found_in(tree, lines):
    return lines(
        zensical.of_language(tree.root, tree.path("site"), "en", MENU)
    )


def test_a_whole_page_is_clean(tree, lines):
    assert not check(tree, lines, PAGE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id="by-hand"', 'id="by_hand"', "lacks the heading #by-hand"),
        ("Twice 6", 'Twice {{ n("doubling", "twice") }}',
         "lacks the number 6"),
        ("<svg></svg>", '<img src="line.svg">',
         "lacks the drawing of the figure doubling-line"),
        ('<span class="math">y</span>', "y", "it shows 1 of 2"),
        ("print(y)", "--8<--", "lacks this block of code"),
        (">Home<", ">首页<", "the menu of Zensical's page is ['首页'"),
        ("<label", '<a class="md-nav__link">首页</a><label',
         "the menu of Zensical's page is ['Home', '首页'"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, lines, old, new, said):
    assert old in PAGE
    (found,) = check(tree, lines, PAGE.replace(old, new, 1))
    assert said in found


def test_a_missing_page_notebook_or_dictionary_is_found(tree, lines):
    check(tree, lines, PAGE)
    tree.path("site/en/concepts/doubling/index.html").unlink()
    tree.write("docs/en/notebooks/doubling.nb.md", "# Doubling {#x}\n")
    tree.write("site/en/search.json", '{"config": {}}')
    assert found_in(tree, lines) == [
        "docs/en/concepts/doubling.md: Zensical builds no such page",
        "docs/en/notebooks/doubling.ipynb: Zensical builds no page of it",
        "en/search.json: lacks the habits of the languages "
        "(tools/site/search.py)",
    ]


def test_the_list_may_only_get_shorter():
    cannot = [{"what": "notebooks", "problem": "no page of it", "why": "x"}]
    here, other = Problem("a.ipynb", 0, "no page of it"), Problem("b", 0, "c")
    assert zensical.excused([here], cannot) == []
    assert zensical.excused([here, other], cannot) == [other]
    (found,) = zensical.excused([], cannot)
    assert "does not lack this any more: notebooks. Take" in found.message


def test_a_failed_build_is_told(tmp_path):
    with pytest.raises(BuildFailed, match="zh: "):
        way_out.run(tmp_path, {"zh": {"docs_dir": []}})
    with pytest.raises(BuildFailed, match="is not empty; name another"):
        way_out.build(tmp_path)


def test_a_search_without_its_style_is_told(tmp_path, monkeypatch):
    file = tmp_path / "assets/javascripts/bundle.1.min.js"
    file.parent.mkdir(parents=True)
    file.write_text("1", encoding="utf-8")
    monkeypatch.setattr(way_out, "THEME", tmp_path)
    with pytest.raises(BuildFailed, match="no style of the search"):
        way_out.own_style()
