"""Every page in Chromium: light, dark and print, 1280 and 390 px wide.

One visit serves all: nothing is asked of another host, the console stays
silent, nothing moves while the page loads, the bytes stay below the bar, no
text is cut off or lies on other text, and axe-core has nothing to say.
"""

from pathlib import Path

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import completeness, report, weight

ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# An A4 page between its margins.
PAPER = {"width": 680, "height": 960}
MOST_SHIFT = 0.02
THIN = (ROOT / "tests/browser/thin.js").read_text("utf-8")
LAYOUT = (ROOT / "tests/browser/layout.js").read_text("utf-8")
INKS = (ROOT / "tests/browser/inks.js").read_text("utf-8")
SAY = """found => found.violations.flatMap(
  rule => rule.nodes.slice(0, 5).map(node =>
    `axe, ${rule.id}: ${node.target.flat().join(" ")}: ${rule.help}; ` +
    (node.any.concat(node.all, node.none)[0]?.message ?? rule.helpUrl)))"""
# What a first screen must not hold: parts whose height is guessed at first.
GUESSED = """() => [...document.querySelectorAll("main *")].filter(one =>
  getComputedStyle(one).contentVisibility === "auto" &&
  one.getBoundingClientRect().top < innerHeight).map(one =>
  `the height of “${one.textContent.trim().slice(0, 40)}” is guessed until ` +
  "it is laid out, on the first screen, so that what follows moves; see the " +
  "end of site.css")"""
# The rules whose verdict depends on the colours look at the elements that
# inks.js marked, one for each combination.
COLOURS = ("color-contrast", "link-in-text-block")
CONFIGURE = """rules => axe.configure({
  rules: rules.map(id => ({ id, selector:
    id === "link-in-text-block" ? "a[href][data-ink]" : "[data-ink]" })) })"""
AXE = """() => axe.run(document, {
  resultTypes: ["violations"],
  runOnly: { type: "tag", values: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] },
}).then(""" + SAY + ")"
UNFOLD = """() => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    one.dataset.unfolded = "";
  }
}"""
FOLD = """() => {
  for (const one of document.querySelectorAll("[data-unfolded]"))
    one.open = false;
}"""
# What paper would lose: folded parts, and code that runs off the sheet.
LOST = """() => {
  const found = [];
  const content = document.querySelector(".md-content__inner");
  if (!content) return found;
  for (const one of content.querySelectorAll("details")) {
    const inner = one.querySelector("summary ~ *");
    if (inner && one.checkVisibility() &&
        !inner.checkVisibility({ contentVisibilityAuto: true }))
      found.push(`“${one.querySelector("summary").textContent.trim()}” ` +
        "stays folded on paper, and its content is lost; unfold it in " +
        "print.css with details::details-content");
  }
  for (const one of content.querySelectorAll("pre, pre > code")) {
    if (one.scrollWidth > one.clientWidth + 2 && one.clientWidth)
      found.push(`code runs off the sheet: ${one.textContent.slice(0, 40)}; ` +
        "wrap it in print.css with white-space: pre-wrap");
  }
  for (const name of [".md-header", ".md-sidebar", ".md-clipboard",
      ".md-code__nav", ".md-search", ".md-top"]) {
    for (const one of document.querySelectorAll(name)) {
      const box = one.getBoundingClientRect();
      if (one.checkVisibility({ visibilityProperty: true }) && box.width &&
          box.height && box.right > 0)
        { found.push(`${name} is printed; hide it in print.css`); break; }
    }
  }
  return found;
}"""


def look(watch, axe):
    """Look at a page in every way; return what is wrong, in sentences."""
    page = watch.page
    found = []

    def say(where, problems):
        found.extend(f"{where}: {one}" for one in problems)

    def accessible(where):
        page.evaluate(INKS)
        say(where, page.evaluate(AXE))

    shift = page.evaluate("window.__shift ?? 0")
    if shift > MOST_SHIFT:
        found.append(
            f"the page moves while it loads (CLS {shift:.3f}, at most "
            f"{MOST_SHIFT}); give what comes late its size beforehand")
    say("1280 px", page.evaluate(GUESSED)[:3])
    # All of it, and not only what is near: see the end of site.css.
    page.evaluate("document.documentElement.classList.add('whole')")
    say("1280 px", page.evaluate(LAYOUT))
    page.evaluate(UNFOLD)
    watch.resize(PHONE)
    say("390 px", page.evaluate(LAYOUT))
    page.evaluate(FOLD)
    page.emulate_media(media="print")
    watch.resize(PAPER)
    say("on paper", page.evaluate(LAYOUT))
    say("on paper", page.evaluate(LOST))
    # From here on the page is lighter, and its lines run otherwise.
    page.emulate_media(media="screen")
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    page.evaluate(CONFIGURE, COLOURS)
    page.evaluate(THIN)
    watch.resize(PHONE)
    accessible("390 px, light")
    watch.colours("dark")
    watch.resize(WIDE)
    accessible("1280 px, dark")
    return found + watch.complaints


@pytest.mark.parametrize("address", completeness.planned(ROOT, LANGS))
def test_page(address, served, visit, axe):
    served.log.clear()
    # The chooser sends a visitor on, unless asked to stay.
    watch = visit(address or "?choose")
    found = look(watch, axe)
    bar = weight.kind(served.site, address)
    found += [one.message
              for one in weight.problems(address, served.log, bar)]
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
<main class="md-content__inner">
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
CSP = ("<meta http-equiv='Content-Security-Policy' "
       "content=\"default-src 'self'; img-src 'self' data:\">")
LATE = ("setTimeout(() => document.querySelector('h1').insertAdjacentHTML("
        "'beforebegin', '<div class=\"late\"></div>'), 60)")
DEFECTS = {
    "another host": ({"body": "<img src='https://fonts.example/a.png' "
                              "alt='a'>"}, "asks another host"),
    "a missing file": ({"body": "<img src='gone.png' alt='a'>"},
                       "which answers 404"),
    "a console message": ({"head": "<script>console.log(7)</script>"},
                          "the console says (log): 7"),
    "a script that fails": ({"head": "<script>nothing()</script>"},
                            "a script fails"),
    "an inline style": ({"head": CSP, "body": "<p style='color:red'>a</p>"},
                        "the console says (error): Applying inline style "
                        "violates"),
    "a page that moves": ({"head": f"<script>{LATE}</script>",
                           "body": "<p>text</p>" * 30,
                           "css": ".late { height: 300px }"},
                          "moves while it loads"),
    "a guessed height": ({"body": "<p>a</p><p class='late'>text</p><p>b</p>",
                          "css": ".late { content-visibility: auto; "
                                 "contain-intrinsic-block-size: 8rem }"},
                         "1280 px: the height of “text” is guessed"),
    "sideways scrolling": ({"body": "<div class='wide'>wide</div>",
                            "css": ".wide { width: 500px }"},
                           "390 px: the page scrolls sideways"),
    "a long word": ({"body": f"<p class='box'>{'long' * 30}</p>",
                     "css": ".box { width: 200px }"}, "text sticks out of"),
    "text cut off": ({"body": f"<p class='box'>{'long' * 30}</p>",
                      "css": ".box { width: 200px; overflow: hidden }"},
                     "text is cut off in"),
    "text on text": ({"body": "<p>under</p><p class='over'>over</p>",
                      "css": ".over { margin-top: -40px }"},
                     "text lies on text"),
    "no text alternative": ({"body": "<img src='data:,' alt>"
                                     "<a href='#x'></a>"}, "axe, link-name"),
    "pale in the light": ({"body": "<p class='pale'>pale</p>",
                           "css": ".pale { color: #ccc }"},
                          "390 px, light: axe, color-contrast"),
    "faint in the dark": ({"body": "<p class='dim'>dim</p>",
                           "css": "@media (prefers-color-scheme: dark) "
                                  "{ .dim { color: #333 } }"},
                          "dark: axe, color-contrast"),
    "pale code": ({"body": "<div class='highlight'><pre><code><span>ab</span>"
                           "<span class='pale'>cd</span></code></pre></div>",
                   "css": ".pale { color: #ccc }"},
                  "light: axe, color-contrast"),
    "folded on paper": ({"body": "<details><summary>More</summary>"
                                 "<p>lost</p></details>"},
                        "stays folded on paper"),
    "code off the sheet": ({"body": "<div><pre tabindex='0'>"
                                    f"{'x' * 200}</pre></div>",
                            "css": "pre { overflow: auto }"},
                           "code runs off the sheet"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_planted(name, serve, visit, axe):
    parts, message = DEFECTS[name]
    server = serve({
        "en/index.html": PAGE.format(head=parts.get("head", ""),
                                     body=parts.get("body", "")),
        "en/page.css": STYLE + parts.get("css", ""),
    })
    watch = visit(to=server)
    watch.go("en/")
    if name == "a page that moves":
        watch.page.wait_for_selector(".late", state="attached")
        watch.settle()
    found = look(watch, axe)
    assert any(message in one for one in found), found


def test_a_page_without_defects_passes(serve, visit, axe):
    server = serve({
        "en/index.html": PAGE.format(head=CSP, body="<p>All is well.</p>"),
        "en/page.css": STYLE,
    })
    watch = visit(to=server)
    watch.go("en/")
    assert look(watch, axe) == []


def test_planted_page_from_nowhere(tmp_path):
    for name in ("docs/zh/index.md", "docs/zh/new.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    site = tmp_path / "site"
    for name in ("index.html", "404.html", "zh/index.html", "zh/404.html",
                 "zh/old/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    (site / "sitemap.xml").write_text("<loc>https://a.example/zh/sitemap.xml"
                                      "</loc>", "utf-8")
    (site / "zh/sitemap.xml").write_text(
        "<loc>https://a.example/zh/</loc><loc>https://a.example/zh/x/</loc>",
        "utf-8")
    said = report(completeness.problems(site, tmp_path, ("zh",)))
    assert "zh/old/: is in the built site, but comes from no source" in said
    assert "zh/new/: has a source but was not built" in said
    assert "zh/old/: is missing from its language's sitemap" in said
    assert "zh/x/: stands in a sitemap.xml but does not exist" in said
