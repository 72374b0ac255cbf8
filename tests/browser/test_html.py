"""Every built page is valid HTML, as html-validate sees it."""

import shutil

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import html, report
from tools.site.finish import formulas

PAGE = ('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>A page</title>\n</head>\n<body>\n<h1>A page</h1>\n{}\n</body>"
        "\n</html>\n")
TWICE = "<p id='a'>a</p><p id='a'>b</p>"


@pytest.fixture
def validate(missing):
    """The validator, or a reason why not."""
    if html.missing():
        missing(html.missing())
    return html.validate


@pytest.mark.parametrize("part", ["", *LANGS])
def test_built_pages_are_valid(validate, part, built_site, tmp_path):
    if part:
        with html.thinned(built_site / part) as pages:
            findings = validate(pages)
        needless = html.needless(findings)
    else:
        for page in built_site.glob("*.html"):
            shutil.copyfile(page, tmp_path / page.name)
        findings, needless = validate(tmp_path), []
    found = report(html.problems(findings))
    assert not found, found
    assert not needless, (
        f"exemptions in tools/checks/html.py are needed no more: {needless}. "
        "Delete them, so that they hide nothing new")


def test_thinned_pages_keep_every_different_thing(tmp_path):
    formula = next(iter(formulas.rendered().values()))
    block = "<pre><code><b>one</b>\n<b>two</b></code></pre>"
    other = "<pre><code><b>three</b></code></pre>"
    (tmp_path / "a.html").write_text(formula + block + formula, "utf-8")
    (tmp_path / "b.html").write_text(block + other + formula, "utf-8")
    with html.thinned(tmp_path) as pages:
        assert (pages / "a.html").read_text("utf-8") == (
            formula + block + "formula")
        assert (pages / "b.html").read_text("utf-8") == (
            "<pre><code>one\ntwo</code></pre>" + other + "formula")


def test_planted_defects_are_found(validate, tmp_path):
    defects = [
        "<p><div>block in a paragraph</div></p>", TWICE,
        "<section><h2>open</h2>", "<p><label tabindex=''>a</label></p>",
        "<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>",
        "<p><label for='gone'>a</label></p>", "<div><li>a</li></div>",
        "<p>a &bogus; b</p>", "<p><blink>a</blink></p>",
        "<p><a href='x'><button type='button'>a</button></a></p>",
    ]
    for number, body in enumerate(["<p>All is well.</p>", *defects]):
        (tmp_path / f"{number}.html").write_text(PAGE.format(body), "utf-8")
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh/a.html").write_text(PAGE.format(TWICE))
    assert {one.path for one in validate(tmp_path, "zh")} == {"zh/a.html"}
    found = {one.path for one in validate(tmp_path)}
    assert found == {f"{number}.html" for number, _ in enumerate(defects, 1)
                     } | {"zh/a.html"}


def test_planted_second_quirk_is_not_covered_by_an_exemption():
    quirk = html.Exempt("Bad value", r'id="menu"', "a reason")
    theirs = html.Finding("a.html", 1, "Bad value", '<p id="menu">')
    ours = html.Finding("a.html", 2, "Bad value", '<p id="other">')
    found = html.problems([theirs, ours], (quirk,))
    assert [one.line for one in found] == [2]
    assert html.needless([theirs], (quirk,)) == []
    assert html.needless([ours], (quirk,)) == [quirk]


def test_a_missing_tool_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no Node found" in html.missing()
    with pytest.raises(html.ToolMissing):
        html.validate(tmp_path)
