"""What a reader types or pastes into the search leads to the right pages.

The queries and the pages expected stand in search.yml. They are asked of the
search worker in a page of the site, with all that the site puts between it
and the reader, and some of them in the search box as well. To see how well
the ranking does on queries that it was not tuned on:

    python -m pytest tests/browser/test_search.py -k queries -rP
"""

import json
import random
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import report, weight

TABLE = yaml.safe_load(
    Path(__file__).with_name("search.yml").read_text("utf-8"))
TOP = TABLE["top"]
FEWEST = 40  # rows of each language, half of them questions
SEEN, UNSEEN = slice(0, None, 2), slice(1, None, 2)
FEWEST_UNSEEN = 0.85
QUESTION = re.compile(r"[?？]$|^(why|how|what|where|чем|зачем|как|почему|"
                      r"откуда|нашёл)\b|为什么|怎么|干嘛", re.IGNORECASE)
OPERATORS = "+-~^:*\\"
TITLES = re.compile(r"<[^>]+>|\u200b")
WIDE = {"width": 1280, "height": 800}

# One more worker, set up as the theme does it and kept by the page.
ASK = """async queries => {
  const say = (type, data) => new Promise(done => {
    window.__worker.addEventListener(
      "message", answer => done(answer.data.data), { once: true });
    window.__worker.postMessage({ type, data });
  });
  if (!window.__worker) {
    const { base, search } = JSON.parse(
      document.getElementById("__config").textContent);
    const index = await fetch(`${base}/search/search_index.json`);
    window.__worker = new Worker(search);
    await say(0, { ...await index.json(), options: { suggest: false } });
  }
  const found = {};
  for (const query of queries)
    found[query] = (await say(2, query)).items.map(
      ([{ location }]) => location.split("#")[0]);
  return found;
}"""
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


class Desk:
    """A language's first page, opened once, where one can ask."""

    def __init__(self, page, server, lang):
        self.page = page
        self.home = f"{server.mount}{lang}/"
        page.goto(f"{server.url}{lang}/")

    def ask(self, queries):
        """Return the pages that each query finds, best first."""
        return self.page.evaluate(ASK, list(queries))

    def open(self):
        """Open the search box; note what it says before one types."""
        self.page.keyboard.press("/")
        self.page.wait_for_function(
            "() => document.activeElement?.name === 'query'")
        self.resting = self.page.evaluate(
            "() => JSON.parse(document.getElementById('__config')"
            ".textContent).translations['search.result.placeholder']")

    def type(self, query):
        """Return the pages that the search box shows, best first."""
        self.page.evaluate(TYPE, "")
        self.page.wait_for_function(
            f"rest => ({SAID})() === rest", arg=self.resting, polling=10)
        self.page.evaluate(TYPE, query)
        self.page.wait_for_function(
            f"rest => ({SAID})() !== rest", arg=self.resting, polling=10)
        return [urlsplit(href).path.removeprefix(self.home)
                for href in self.page.evaluate(FOUND)]


@pytest.fixture(scope="module")
def desks(chromium, searchable):
    """Return a language's desk, opened when first asked for."""
    opened = {}
    contexts = []

    def desk(lang, shim=True):
        if (lang, shim) not in opened:
            context = chromium.new_context(viewport=WIDE)
            context.set_default_timeout(10_000)
            contexts.append(context)
            if not shim:
                context.route("**/search-shim.js", lambda route: route.fulfill(
                    content_type="text/javascript", body=""))
            opened[lang, shim] = Desk(context.new_page(), searchable, lang)
        return opened[lang, shim]

    yield desk
    for context in contexts:
        context.close()


def problem(query, found, pages, top=TOP):
    """Say what is wrong with what a query found; None if nothing is."""
    if not pages:
        return found and (
            f"“{query}” should find nothing, and finds {found[:top]}")
    late = [page for page in pages if page not in found[:top]]
    return late and (
        f"“{query}” does not lead to {', '.join(late)}: among its first "
        f"{top} pages are {found[:top] or 'none'}. Ask the question on the "
        "page, or use its words in a heading or a sentence; give the English "
        "term in brackets; teach docs/assets/data/search.<lang>.json the "
        "ending or the question word, jieba.txt there the Chinese term")


def rows(lang):
    """Return a language's rows of the table: query, pages, top."""
    for query, wanted in TABLE[lang].items():
        more = wanted if isinstance(wanted, dict) else {"pages": wanted}
        yield query, more["pages"], more.get("top", TOP)


def problems(desk, asked):
    """Say what is wrong with rows of the table."""
    found = desk.ask(query for query, *_ in asked)
    return list(filter(None, (
        problem(query, found[query], *more) for query, *more in asked)))


def titles(site, lang):
    """Return a row for each page: its own title must find it."""
    index = json.loads(
        (site / lang / "search/search_index.json").read_text("utf-8"))
    return [(TITLES.sub("", doc["title"]), [doc["location"]], TOP)
            for doc in index["docs"] if "#" not in doc["location"]]


def leaks(desk, word="softmax", other="d_k"):
    """Say which operators of the search engine do what nobody asked for."""
    same = {
        **{f"{sign}{word} {other}": f"{word} {other}" for sign in OPERATORS},
        **{f"{word}{sign} {other}": f"{word} {other}" for sign in OPERATORS},
        **{f"{word}{sign}2 {other}": f"{word} 2 {other}"
           for sign in OPERATORS},
        **{f"{word} {sign}{other}": f"{word} {other}" for sign in OPERATORS},
        f"title:{word}": f"title {word}",
        f'print("{word}")': f"print {word}",
    }
    found = desk.ask([*same, *same.values()])
    return [f"“{typed}” is not searched as “{meant}”: an operator of the "
            "search engine gets through docs/assets/js/search-shim.js"
            for typed, meant in same.items() if found[typed] != found[meant]]


@pytest.mark.parametrize("lang", LANGS)
def test_queries_and_titles_find_their_pages(lang, desks, built_site):
    """All of the half that the ranking is tuned on, most of the other."""
    asked = list(rows(lang))
    named = titles(built_site, lang)
    assert len(named) > 10
    wrong = problems(desks(lang), asked[SEEN] + named)
    assert not wrong, "\n".join([f"{lang}:", *wrong])
    unseen = asked[UNSEEN]
    wrong = problems(desks(lang), unseen)
    right = len(unseen) - len(wrong)
    print(f"{lang}: {right} of {len(unseen)} queries that the ranking was not "
          f"tuned on find their pages among the first {TOP}", *wrong, sep="\n")
    assert right >= FEWEST_UNSEEN * len(unseen), (
        f"{lang}: only {right} of {len(unseen)}: the ranking fits its own "
        "half of search.yml too closely")


@pytest.mark.parametrize("lang", LANGS)
def test_no_operator_is_triggered_by_accident(lang, desks):
    assert not leaks(desks(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_the_box_finds_the_same(lang, desks):
    desk = desks(lang)
    some = [query for query, *_ in rows(lang)][::12]
    meant = desk.ask(some)
    desk.open()
    for query in some:
        # The box shows the first ten, and the others when one scrolls.
        assert desk.type(query) == meant[query][:10], query


def test_quotations_are_required(desks):
    found = desks("en").ask([
        "null softmax", '"null" softmax', 'softmax "chromodynamics"',
        '"Null Space"', "null space", 'x = f("null", "softmax")'])
    quoted = set(found['"null" softmax'])
    assert quoted < set(found["null softmax"])
    assert "concepts/projection/" in quoted
    assert found['softmax "chromodynamics"'] == []
    assert set(found['"Null Space"']) <= set(found["null space"])
    assert found['x = f("null", "softmax")'], "code has no quotations"


def test_the_glossary_does_not_win_every_question(desks):
    for lang in LANGS:
        asked = [query for query, pages, _ in rows(lang)
                 if pages and QUESTION.search(query)]
        first = [pages[0] for pages in desks(lang).ask(asked).values()]
        assert first.count("reference/glossary/") < len(first) / 4


def test_a_question_word_alone_finds_something(desks):
    for lang, word in (("en", "how"), ("en", "Why?"), ("ru", "почему"),
                       ("zh", "为什么")):
        assert desks(lang).ask([word])[word], word


def test_the_table_is_long_enough():
    for lang in LANGS:
        finding = [query for query, pages, _ in rows(lang) if pages]
        questions = [q for q in finding if QUESTION.search(q)]
        assert len(finding) >= FEWEST, f"{lang}: add queries to search.yml"
        assert len(questions) >= len(finding) / 2, (
            f"{lang}: add whole questions to search.yml")
        assert len(finding) < len(TABLE[lang]), (
            f"{lang}: add a query that must find nothing (an empty list)")


def test_planted_query_and_title_are_told(desks):
    found = desks("en").ask(["attention"])["attention"]
    said = problem("attention", found, ["about/nowhere/"])
    assert "does not lead to about/nowhere/" in said
    assert "should find nothing" in problem("attention", found, [])
    assert not problem("attention", found, found[:1])
    said = problems(desks("en"), [("Glossary", ["about/colophon/"], TOP)])
    assert "“Glossary” does not lead to about/colophon/" in report(said)


def test_planted_operators(desks):
    """Without the script between, the engine's operators get through."""
    said = report(leaks(desks("en", shim=False)))
    assert "“-softmax d_k” is not searched as “softmax d_k”" in said


def test_indexes_are_light_and_a_heavy_one_is_found(built_site, tmp_path):
    found = weight.index_problems(built_site, LANGS)
    assert not found, report(found)
    file = tmp_path / "zh/search/search_index.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(random.Random(0).randbytes(250_000))
    assert "250 KB compressed" in report(
        weight.index_problems(tmp_path, ["zh"]))
