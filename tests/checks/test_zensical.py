"""The way out stays open: the site that Zensical builds is whole."""

import shutil
import subprocess
import sys

import pytest

from qkv_explained import languages
from tools.checks import Problem, report, zensical
from tools.site import zensical as way_out
from tools.site.build import BuildFailed


@pytest.fixture(scope="session")
def zensical_site(root, session_folder, once):
    """The site as Zensical builds it, once a session."""
    site = session_folder / "way-out"
    said = once("way-out", lambda: subprocess.run(
        [sys.executable, "-m", "tools.site.zensical", "--out", site],
        cwd=root, capture_output=True, encoding="utf-8").stderr)
    if not (site / "index.html").exists():
        pytest.fail(said, pytrace=False)
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
        (languages.words("ru")["nav"]["matrices"], "概念"),
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
