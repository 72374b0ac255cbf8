"""Each reader gets their language, and stays on the page when it changes."""

import shutil

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from qkv_explained.languages import words
from tools.checks import alternates, report

PAGE = "concepts/projection/"
ANCHOR = "bad-shapes"
# What tells the three texts of a "not found" page apart.
LOST = {lang: words(lang)["lost"]["title"] for lang in LANGS}


def test_pages_name_their_language_and_their_translations(built_site):
    found = alternates.problems(built_site, LANGS)
    if found:
        pytest.fail(report(found), pytrace=False)


HEAD = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{description}">
<link rel="canonical" href="{base}{lang}/">
<link rel="alternate" hreflang="zh" href="{base}zh/">
<link rel="alternate" hreflang="en" href="{base}en/">
<link rel="alternate" hreflang="x-default" href="{base}zh/">
<meta property="og:title" content="t">
<meta property="og:description" content="d">
<meta property="og:type" content="article">
<meta property="og:site_name" content="s">
<meta name="twitter:card" content="summary">
<meta property="og:url" content="{base}{lang}/">
<meta property="og:image" content="{base}p.png">
<meta property="og:image:width" content="2">
<meta property="og:image:height" content="1">
</head><body>
<a data-language hreflang="zh" href="{base}zh/">zh</a>
<a data-language hreflang="en" href="{base}en/">en</a>
</body></html>
"""
BASE = "https://planted.example/"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x01"


@pytest.fixture
def small(tmp_path):
    """A site of two pages that say the truth of themselves."""
    for lang in ("zh", "en"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "index.html").write_text(HEAD.format(
            lang=lang, base=BASE, title=lang, description="d"), "utf-8")
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "sitemap.xml").write_text(
        f"<loc>{BASE}zh/sitemap.xml</loc>", "utf-8")
    return tmp_path


def test_pages_without_defects_pass(small):
    assert alternates.problems(small, ("zh", "en")) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ('lang="en"><head>', 'lang="zh"><head>', 'is not en'),
    ('lang="en"><head>', "><head>", "names no language"),
    (f'canonical" href="{BASE}en/"', f'canonical" href="{BASE}zh/"',
     "the canonical link"),
    (f'alternate" hreflang="zh" href="{BASE}zh/"',
     'alternate" hreflang="zh" href="/zh/"', "absolutely"),
    (f'<link rel="alternate" hreflang="en" href="{BASE}en/">', "",
     "hreflang en is None"),
    (f'<link rel="alternate" hreflang="en" href="{BASE}en/">', "",
     "does not list the same alternates"),
    (f'x-default" href="{BASE}zh/"', f'x-default" href="{BASE}"',
     "x-default leads to"),
    ("x-default", "fr", "no x-default"),
    (f'href="{BASE}zh/">zh</a>', f'href="{BASE}">zh</a>',
     "must stay on the page"),
    ("<title>en</title>", "", "no <title>"),
    ('content="d">\n<link', 'content="">\n<link', "no description"),
    ('content="d">\n<link', f'content="{"d" * 161}">\n<link',
     "161 characters"),
    ("og:site_name", "og:other", "no og:site_name"),
    (f'og:url" content="{BASE}en/"', f'og:url" content="{BASE}"',
     "not the page itself"),
    ("p.png", "q.png", "no picture of this site"),
    ('width" content="2"', 'width" content="3"', "og:image is (2, 1)"),
])
def test_planted_defect_is_found(small, old, new, said):
    page = small / "en" / "index.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")
    assert said in report(alternates.problems(small, ("zh", "en")))


def test_two_pages_with_one_title_are_found(small):
    shutil.copytree(small / "en", small / "en" / "more")
    assert "is also that of" in report(
        alternates.problems(small, ("zh", "en")))


@pytest.mark.parametrize(("start", "to"),
                         [("zh", "en"), ("en", "ru"), ("ru", "zh")])
def test_selector_stays_on_the_page(start, to, visit):
    watch = visit(f"{start}/{PAGE}#{ANCHOR}")
    page, url = watch.page, watch.server.url
    page.locator(".md-select button").hover()
    page.locator(f"a.md-select__link[hreflang={to}]").click()
    page.wait_for_url(f"{url}{to}/{PAGE}*")
    assert page.url == f"{url}{to}/{PAGE}#{ANCHOR}", (
        "the language selector must keep the place on the page")
    assert page.evaluate("document.documentElement.lang") == to
    assert not watch.complaints, watch.complaints


def test_selector_follows_instant_navigation(visit):
    watch = visit("en/")
    page, url = watch.page, watch.server.url
    page.evaluate("window.stays = true")
    link = page.locator(f".md-content a[href$='{PAGE}']").first
    # The theme notes where a reader has scrolled to a moment afterwards.
    link.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    link.click()
    page.wait_for_url(f"{url}en/{PAGE}*")
    page.wait_for_function(
        "wanted => document.querySelector('h1')?.textContent && "
        "[...document.querySelectorAll('a[data-language]')].every("
        "a => a.href.includes(wanted))", arg=PAGE)
    assert page.evaluate("window.stays") is True, (
        "the whole page was loaded again: instant navigation does not work")
    assert page.locator("a[data-language][hreflang=ru]").get_attribute(
        "href") == f"{url}ru/{PAGE}"
    assert not watch.complaints, watch.complaints


@pytest.mark.parametrize(("locale", "lang"), [
    ("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("ru-RU", "ru"),
    ("pt-BR", None)])
def test_chooser_goes_by_the_browser(locale, lang, visit):
    watch = visit(locale=locale)
    watch.page.goto(watch.server.url)
    wanted = watch.server.url + (f"{lang}/" if lang else "")
    watch.page.wait_for_url(wanted)
    watch.settle()
    assert watch.page.url == wanted
    assert not watch.complaints, watch.complaints


def test_chooser_can_be_asked_to_stay(visit):
    watch = visit("?choose", locale="ru-RU")
    watch.page.wait_for_timeout(100)
    assert watch.page.url.endswith("?choose")


@pytest.mark.parametrize("lang", LANGS)
def test_chooser_works_without_scripts(lang, visit):
    watch = visit("", java_script_enabled=False, locale="en-GB")
    link = watch.page.locator(f"a[hreflang={lang}]")
    assert link.get_attribute("lang") == lang
    link.click()
    assert watch.page.url == f"{watch.server.url}{lang}/"


@pytest.mark.parametrize("address", ["nothing/", "zh/no/such/page/"])
def test_lost_readers_find_three_languages(address, visit):
    watch = visit()
    answer = watch.page.goto(watch.server.url + address)
    assert answer.status == 404
    text = watch.page.locator("body").inner_text()
    for lang, said in LOST.items():
        assert said in text
        link = watch.page.locator(f"main a[hreflang={lang}]")
        assert link.evaluate("a => a.href") == f"{watch.server.url}{lang}/"
    # Its style sheet is found from however deep an address.
    assert watch.page.evaluate("document.styleSheets[0].cssRules.length")


@pytest.mark.parametrize("lang", LANGS)
def test_lost_readers_of_a_language(lang, visit):
    watch = visit(f"{lang}/404.html")
    content = watch.page.locator(".md-content")
    assert LOST[lang] in content.inner_text()
    content.locator("a.md-button").click()
    watch.page.wait_for_url(f"{watch.server.url}{lang}/")
