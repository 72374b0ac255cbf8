"""Every built page is valid HTML, as html-validate sees it."""

import shutil

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import html, report
from tools.site.finish import formulas

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A page</title>
</head>
<body>
<h1>A page</h1>
{body}
</body>
</html>
"""
GOOD = "<p>All is well.</p>"


@pytest.fixture
def validate(missing):
    """The validator, or a reason why not."""
    if html.missing():
        missing(html.missing())
    return html.validate


def test_root_pages_are_valid(validate, built_site, tmp_path):
    for page in built_site.glob("*.html"):
        shutil.copyfile(page, tmp_path / page.name)
    found = html.problems(validate(tmp_path))
    if found:
        pytest.fail(report(found), pytrace=False)


@pytest.mark.parametrize("lang", LANGS)
def test_built_pages_are_valid(validate, lang, built_site):
    with html.thinned(built_site) as pages:
        findings = validate(pages, lang)
    found = html.problems(findings)
    for quirk in html.needless(findings):
        found.append(html.Problem(
            "tools/checks/html.py", 0, "an exemption is needed no more: "
            f"{quirk.message}. Delete it, so that it hides nothing new"))
    if found:
        pytest.fail(report(found), pytrace=False)


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


def test_one_part_is_looked_at(validate, tmp_path):
    bad = PAGE.format(body="<p id='a'>a</p><p id='a'>b</p>")
    for name in ("zh/a/index.html", "en/index.html"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(bad, "utf-8")
    assert {one.path for one in validate(tmp_path, "zh")} == {
        "zh/a/index.html"}
    assert len({one.path for one in validate(tmp_path)}) == 2


def test_planted_defects(validate, tmp_path):
    defects = {
        "nesting.html": "<p><div>block in a paragraph</div></p>",
        "twice.html": "<p id='a'>a</p><p id='a'>b</p>",
        "unclosed.html": "<section><h2>open</h2>",
        "attribute.html": "<p><label tabindex=''>a</label></p>",
        "figure.html": "<figure><p>a</p><figcaption>b</figcaption>"
                       "<p>c</p></figure>",
        "for.html": "<p><label for='gone'>a</label></p>",
        "list.html": "<div><li>a</li></div>",
        "entity.html": "<p>a &bogus; b</p>",
        "element.html": "<p><blink>a</blink></p>",
        "link.html": "<p><a href='x'><button type='button'>a</button></a>"
                     "</p>",
    }
    for file, body in {"good.html": GOOD, **defects}.items():
        (tmp_path / file).write_text(PAGE.format(body=body), "utf-8")
    found = html.problems(validate(tmp_path))
    said = report(found)
    for file in defects:
        assert file in said, f"{file} passes:\n{said}"
    assert "good.html" not in said


def test_an_exemption_covers_one_quirk_only():
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
