"""Each reader gets their language, and stays on the page when it changes.

What pages say of their translations, tests/checks/test_planted.py looks at.
"""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from qkv_explained.languages import words

PAGE = "concepts/projection/"
ANCHOR = "bad-shapes"
# What tells the three texts of a "not found" page apart.
LOST = {lang: words(lang)["lost"]["title"] for lang in LANGS}


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
def test_lost_readers_of_a_language_are_told_so(lang, visit):
    watch = visit(f"{lang}/404.html")
    content = watch.page.locator(".md-content")
    assert LOST[lang] in content.inner_text()
    content.locator("a.md-button").click()
    watch.page.wait_for_url(f"{watch.server.url}{lang}/")
