"""What a reader types into the search box leads to the right pages.

The queries and the pages expected stand in search.yml.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import report, weight

TABLE = yaml.safe_load(
    Path(__file__).with_name("search.yml").read_text("utf-8"))
FEWEST = 15
WIDE = {"width": 1280, "height": 800}
# Playwright types neither Chinese nor Russian into Material's search box:
# it would find nothing. So the text is set, and the key said to be released.
TYPE = """text => {
  const box = document.querySelector("[data-md-component=search-query]");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("keyup", { bubbles: true }));
}"""
SAID = """() => document.querySelector(
  "[data-md-component=search-result] .md-search-result__meta")
  ?.textContent.trim()"""
FOUND = """() => [...document.querySelectorAll(".md-search-result__item")]
  .map(item => item.querySelector("a[href]").href)"""


class Box:
    """The search box of a language's first page, opened once."""

    def __init__(self, page, server, lang):
        self.page = page
        self.home = f"{server.mount}{lang}/"
        page.goto(f"{server.url}{lang}/")
        self.page.keyboard.press("/")
        self.page.wait_for_function(
            "() => document.activeElement?.name === 'query'")
        # What the box says once it has its index and nothing is typed.
        self.resting = self.page.evaluate(
            "() => JSON.parse(document.getElementById('__config')"
            ".textContent).translations['search.result.placeholder']")

    def ask(self, query):
        """Return the pages that a query finds, best first."""
        self.page.evaluate(TYPE, "")
        self.page.wait_for_function(
            f"rest => ({SAID})() === rest", arg=self.resting, polling=10)
        self.page.evaluate(TYPE, query)
        self.page.wait_for_function(
            f"rest => ({SAID})() !== rest", arg=self.resting, polling=10)
        return [urlsplit(href).path.removeprefix(self.home)
                for href in self.page.evaluate(FOUND)]


@pytest.fixture(scope="module")
def boxes(chromium, searchable):
    """Return a language's search box, opened when first asked for."""
    opened = {}
    contexts = []

    def box(lang):
        if lang not in opened:
            context = chromium.new_context(viewport=WIDE)
            context.set_default_timeout(10_000)
            contexts.append(context)
            opened[lang] = Box(context.new_page(), searchable, lang)
        return opened[lang]

    yield box
    for context in contexts:
        context.close()


def problem(query, found, pages, top):
    """Say what is wrong with what a query found; None if nothing is."""
    if not pages:
        return f"“{query}” should find nothing, and finds {found[:top]}"
    late = [page for page in pages if page not in found[:top]]
    if not late:
        return None
    return (
        f"“{query}” does not lead to {', '.join(late)}: among its first "
        f"{top} pages are {found[:top] or 'none'}. Use the word in the "
        "page's title, headings or first sentences, give the English term "
        "in brackets, or teach docs/assets/js/search-shim.js the ending "
        "(docs/assets/data/jieba.txt the Chinese term)")


def rows():
    """Return the table: language, query, pages, top."""
    for lang in LANGS:
        for query, wanted in TABLE[lang].items():
            more = wanted if isinstance(wanted, dict) else {"pages": wanted}
            yield lang, query, more["pages"], more.get("top", TABLE["top"])


@pytest.mark.parametrize(
    ("lang", "query", "pages", "top"), list(rows()),
    ids=[f"{lang}-{query}" for lang, query, *_ in rows()])
def test_query(lang, query, pages, top, boxes):
    found = boxes(lang).ask(query)
    if not pages and not found:
        return
    said = problem(query, found, pages, top)
    if said:
        pytest.fail(f"{lang}: {said}", pytrace=False)


def test_the_table_is_long_enough():
    for lang in LANGS:
        finding = [q for q, pages in TABLE[lang].items() if pages]
        assert len(finding) >= FEWEST, f"{lang}: add queries to search.yml"
        assert len(finding) < len(TABLE[lang]), (
            f"{lang}: add a query that must find nothing (an empty list)")


def test_planted_query(boxes):
    found = boxes("en").ask("attention")
    said = problem("attention", found, ["about/nowhere/"], 5)
    assert "does not lead to about/nowhere/" in said
    said = problem("attention", found, [], 5)
    assert "should find nothing" in said
    assert problem("attention", found, found[:1], 5) is None


def test_indexes_are_light(built_site):
    found = weight.index_problems(built_site, LANGS)
    assert not found, report(found)


def test_planted_heavy_index(tmp_path):
    import random

    file = tmp_path / "zh/search/search_index.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(random.Random(0).randbytes(200_000))
    assert "200 KB compressed" in report(
        weight.index_problems(tmp_path, ["zh"]))
