"""Every page in Chromium: light, dark and print, 1280 and 390 px wide.

One visit serves all: nothing is asked of another host, the console stays
silent, nothing moves while the page loads, the bytes stay below the bar, no
text is cut off or lies on other text, every label of a drawing can be read,
axe-core has nothing to say, and every copy button gives the source of its
block without docstrings (which runs alone: each is a test of its own).
"""

from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest
import yaml

from qkv_explained.languages import LANGUAGES as LANGS
from tests.browser.looks import ALLOWED, CLIPBOARD, copies, look
from tools.checks import completeness, report, weight
from tools.pages import docstrings, reader
from tools.places import ROOT
from tools.site import exercises

PLANTED = yaml.safe_load(
    Path(__file__).with_name("planted.yml").read_text("utf-8"))


def blocks(address):
    """The blocks of a page, from its source, and which are none of these."""
    name = address.removesuffix(".html").strip("/")
    for ending in (".md", "/index.md", ".ipynb"):
        path = ROOT / "docs" / f"{name}{ending}"
        if name and path.is_file():
            break
    else:
        return [], ""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, 4).cells
        return [(cell.source, True) for cell in cells
                if cell.cell_type == "code"], ".output, .language-text"
    page, found = reader.read(path), []
    for fence in page.fences:
        code, python = reader.code(fence), fence.kind == "python"
        code = docstrings.bare(code) if python else code
        found.append((fence.line, code, python))
    for call in page.calls_of("practice"):
        typed, solution = exercises.blocks(call.args[0], name.split("/")[0])
        found += [(call.line, typed, False),
                  (call.line + 0.5, docstrings.bare(solution), True)]
    return [(code, python) for _, code, python in sorted(found)], ""


def script(watch):
    """Press “copy as script”, if it is there; say what it gives."""
    page = watch.page
    if not page.locator("[data-copy-script]").count():
        return []
    page.evaluate("navigator.clipboard.writeText('nothing')")
    page.wait_for_selector("[data-copy-script][data-ready]")
    page.locator("[data-copy-script]").click()
    page.wait_for_function(
        "() => document.querySelector('.copy-status')?.textContent")
    link = page.locator(".card-actions a[download][href$='.py']")
    served = watch.context.request.get(
        urljoin(page.url, link.get_attribute("href"))).text()
    return [] if page.evaluate(CLIPBOARD) == served else [
        "the script copied is not the script downloaded"]


@pytest.mark.parametrize("address", completeness.planned(ROOT, LANGS))
def test_page(address, served, visit, axe):
    served.log.clear()
    # The chooser sends a visitor on, unless asked to stay.
    watch = visit(address or "?choose", permissions=ALLOWED)
    heavy = weight.problems(address, served.log,
                            weight.kind(served.site, address))
    found = [one.message for one in heavy] + look(watch, axe)
    watch.complaints.clear()
    wanted, skip = blocks(address)
    if wanted:
        found += copies(watch, wanted, skip) + script(watch)
    found += watch.complaints
    if found:
        pytest.fail(f"{address or 'the chooser'}\n" + "\n".join(found),
                    pytrace=False)


def test_every_page_is_looked_at(built_site):
    found = completeness.problems(built_site, ROOT, LANGS)
    assert not found, report(found)


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>A page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
{head}
</head>
<body>
<main class="md-content__inner md-content">
<h1>A page</h1>
{body}
</main>
</body>
</html>
"""
STYLE = """
body { background: #fff; color: #000; font: 16px/1.5 sans-serif; margin: 0 }
@media (prefers-color-scheme: dark) {
  body { background: #111; color: #eee }
}
"""


@pytest.fixture
def planted(serve, visit):
    """Open a page of one's own."""

    def opened(head="", body="", css=""):
        watch = visit(to=serve({
            "en/index.html": PAGE.format(head=head, body=body),
            "en/page.css": STYLE + css}), permissions=ALLOWED)
        watch.go("en/")
        return watch

    return opened


@pytest.mark.parametrize("parts", PLANTED["pages"],
                         ids=lambda parts: parts["said"])
def test_planted_defect_is_found(parts, planted, axe):
    parts = dict(parts)
    said = parts.pop("said")
    watch = planted(**parts)
    if "moves" in said:
        watch.page.wait_for_selector(".late", state="attached")
        watch.settle()
    found = look(watch, axe)
    assert any(said in one for one in found), found


def test_a_page_without_defects_passes(planted, axe):
    assert look(planted("", "<p>All is well.</p>"), axe) == []


def test_planted_copies(planted):
    """A button that copies something else, a lost button, a lost block."""
    good = "x = 1\n# \N{NO-BREAK SPACE}a comment\n"
    watch = planted("", f"""<div class="highlight"><pre><code id="c">{good}
</code></pre><button data-clipboard-target="#c">copy</button></div>
<script>document.querySelector("button").onclick = () =>
navigator.clipboard.writeText(document.getElementById("c").innerText);
</script>""")
    assert copies(watch, [(good, True)]) == []
    (found,) = copies(watch, [(good.replace("\xa0", ""), True)])
    assert "gives something else than the source" in found
    (found,) = copies(watch, [(good, True), (good, True)])
    assert "1 code blocks in the page, 2 in its source" in found
    watch.page.evaluate("document.querySelector('button').remove()")
    (found,) = copies(watch, [(good, True)])
    assert "has no copy button" in found


def test_planted_page_from_nowhere(tmp_path):
    base = "https://a.example/zh/"
    files = dict.fromkeys((
        "docs/zh/index.md", "docs/zh/new.md", "site/index.html",
        "site/404.html", "site/zh/index.html", "site/zh/404.html",
        "site/zh/old/index.html"), "") | {
        "site/sitemap.xml": f"<loc>{base}sitemap.xml</loc>",
        "site/zh/sitemap.xml": f"<loc>{base}</loc><loc>{base}x/</loc>"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    said = report(completeness.problems(tmp_path / "site", tmp_path, ("zh",)))
    for one in ("zh/old/: is in the built site, but comes from no source",
                "zh/new/: has a source but was not built",
                "zh/old/: is missing from its language's sitemap",
                "zh/x/: stands in a sitemap.xml but does not exist"):
        assert one in said
