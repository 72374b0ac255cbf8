"""Every built page is valid HTML, as vnu and html-validate see it."""

import pytest

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
TOOLS = {
    "vnu": (html.vnu, html.vnu_missing),
    "html-validate": (html.validate, html.validate_missing),
}


@pytest.fixture(params=TOOLS)
def tool(request, missing):
    run, lacks = TOOLS[request.param]
    reason = lacks()
    if reason:
        missing(reason)
    return request.param, run


def test_built_pages_are_valid(tool, built_site):
    name, run = tool
    with html.thinned(built_site) as pages:
        findings = run(pages)
    found = html.problems(findings)
    for quirk in html.needless(findings, name):
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


def test_planted_defects(tool, tmp_path):
    name, run = tool
    defects = {
        "nesting.html": "<p><div>block in a paragraph</div></p>",
        "twice.html": "<p id='a'>a</p><p id='a'>b</p>",
        "unclosed.html": "<section><h2>open</h2>",
        "attribute.html": "<p><label tabindex=''>a</label></p>",
        "figure.html": "<figure><p>a</p><figcaption>b</figcaption>"
                       "<p>c</p></figure>",
    }
    for file, body in {"good.html": GOOD, **defects}.items():
        (tmp_path / file).write_text(PAGE.format(body=body), "utf-8")
    found = html.problems(run(tmp_path))
    said = report(found)
    for file in defects:
        assert file in said, f"{name} passes {file}:\n{said}"
    assert "good.html" not in said


def test_an_exemption_covers_one_quirk_only():
    quirk = html.Exempt("vnu", "Bad value", r'id="menu"', "a reason")
    theirs = html.Finding("vnu", "a.html", 1, "Bad value", '<p id="menu">')
    ours = html.Finding("vnu", "a.html", 2, "Bad value", '<p id="other">')
    found = html.problems([theirs, ours], (quirk,))
    assert [one.line for one in found] == [2]
    assert html.needless([theirs], "vnu", (quirk,)) == []
    assert html.needless([ours], "vnu", (quirk,)) == [quirk]


def test_missing_tools_say_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "default-jre-headless" in html.vnu_missing()
    assert "no Node found" in html.validate_missing()
    with pytest.raises(html.ToolMissing):
        html.vnu(tmp_path)
    with pytest.raises(html.ToolMissing):
        html.validate(tmp_path)
