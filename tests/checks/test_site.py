"""The built site: no warning, a theme that was looked at, an index."""

import ast
import html
import json
import re

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from qkv_explained.languages import LANGUAGES as LANGS
from qkv_explained.languages import words
from tools.checks import Problem, table
from tools.pages import docstrings
from tools.places import ROOT
from tools.site import assets, retheme, search
from tools.site.finish import code, page, tables


def warnings(log):
    """The lines of a build's log that a strict build would stop at."""
    return "\n".join(line for line in log.splitlines()
                     if line.startswith(("WARNING", "ERROR", "CRITICAL")))


def test_the_site_is_built_without_a_warning(build_log):
    if found := warnings(build_log):
        pytest.fail(found, pytrace=False)


def test_a_warning_is_found():
    log = "INFO ru: built\nWARNING ru: a.md: 1 formulas not rendered yet\n"
    assert warnings(log) == "WARNING ru: a.md: 1 formulas not rendered yet"


def test_whatever_is_wrong_is_told_whole(clean):
    problems = [Problem(f"docs/{n}.md", n, "x" * 300) for n in range(1, 60)]
    with pytest.raises(pytest.fail.Exception) as failed:
        clean(problems)
    assert all(str(problem) in failed.value.msg for problem in problems)
    clean([])


def test_the_table_names_what_each_guards(root):
    said = table.text(root)
    assert "tests/checks/planted/links.yml\n    Links inside the site" in said


def restyling(css):
    """Return the selectors by which one attribute restyles a whole page."""
    return [one.strip() for rule in re.findall(r"([^{}]+)\{", css)
            for one in rule.split(",")
            if "[data-md-color-switching]" in one or ":not([class])" in one]


def test_no_rule_restyles_the_whole_page_and_planted_rules_are_found():
    assert restyling(assets.stylesheet()) == []
    css = ("a{}[data-md-color-switching] *{transition:none}"
           ".md-typeset table:not([class])+*,p{margin:0}")
    assert restyling(css) == ["[data-md-color-switching] *",
                              ".md-typeset table:not([class])+*"]


def test_another_theme_is_told():
    """What is replaced is gone, or is there twice."""
    whole = retheme.script()
    assert "[href]:not([rel=stylesheet])" in whole
    assert 'name:"color-scheme"' not in whole
    whole = retheme.SCRIPT.read_text("utf-8")
    for change, text, said in (
        (retheme.script, whole.replace("r.outerHTML", "r.id"),
         r"0 times.*mend tools"),
        (retheme.script, whole + 'x("meta",{name:"color-scheme"})', "2 times"),
        (retheme.styles, "table:not([class]){color:red}", "switching"),
        (retheme.styles, "[data-md-color-switching] *{transition:none}",
         "rules for `table"),
    ):
        with pytest.raises(retheme.ThemeChanged, match=said):
            change(text)


BLOCK = ('<div class="highlight"><span class="filename">a.py</span><pre>'
         '<span></span><code><span class="kn">import</span><span class="w"> '
         '</span><span class="nn">torch</span><span class="p">;</span>'
         "\n</code></pre></div>")


def test_code_keeps_its_words_and_loses_elements():
    light = code.lighten(BLOCK)
    strip = re.compile("<[^>]+>")
    assert strip.sub("", light) == strip.sub("", BLOCK)
    assert light.count("<span") == 3, "the name, and two coloured tokens"


DEFINITION = '''import math


class Twice:
    """What doubles.

    Always.
    """

    def of(self, x: float) -> float:
        """Return 2x."""
        return math.ldexp(x, 1)

    def nothing(self) -> None:
        """Do nothing."""
'''


def highlighted(source):
    """Return a block as the highlighter leaves it."""
    lexer, formatter = PythonLexer(), HtmlFormatter(nowrap=True)
    return ('<div class="highlight"><pre><span></span><code>'
            f"{highlight(source, lexer, formatter)}</code></pre></div>")


def test_a_docstring_is_folded_and_the_code_stays():
    page = code.fold(code.lighten(highlighted(DEFINITION)), "en")
    shown, *folded = [
        html.unescape(re.sub("<[^>]+>", "", block))
        for block in re.findall(r"<pre>(.*?)</pre>", page, re.S)]
    assert shown == docstrings.bare(DEFINITION)
    assert folded == ["What doubles.\n\nAlways.\n", "Return 2x.\n"]
    assert page.count("<details") == 2
    assert page.endswith("</details></div>")


def without_docstrings(source):
    """Return what a program does, as a tree without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if getattr(node, "name", "") in ("Twice", "of"):
            del node.body[0]
    return ast.dump(tree)


def test_only_docstrings_are_taken_away():
    """One that is all of a body stays: without it nothing would parse."""
    bare = docstrings.bare(DEFINITION)
    assert ast.dump(ast.parse(bare)) == without_docstrings(DEFINITION)
    assert '"""Do nothing."""' in bare
    for kept in ('def f(): "says"; return 1\n', "def f(:\n", 'x = """a\n"""\n',
                 'def f():\n    """a"""; x = 1\n'):
        assert docstrings.bare(kept) == kept


@pytest.mark.parametrize("lang", LANGS)
def test_each_block_has_its_button(lang):
    page = code.with_buttons(code.lighten(BLOCK + BLOCK), lang)
    named = ["code-1", "code-2"]
    assert re.findall(r'data-clipboard-target="#([^"]+)"', page) == named
    assert re.findall(r'<code id="([^"]+)"', page) == named
    assert 'title=""' not in page


@pytest.mark.parametrize("block", [
    '<div class="output highlight"><pre><code>1\n</code></pre></div>',
    '<div class="language-text output highlight"><pre><code>1</code></pre>'
    "</div>",
    '<div class="doc-signature highlight"><pre><code>f()</code></pre></div>',
    '<div class="highlight"><pre><code><span class="gp">&gt;&gt;&gt; </span>'
    "1</code></pre></div>",
    '<div class="highlight"><pre><code><span class="gp">$ </span>ls</code>'
    "</pre></div>",
])
def test_what_does_not_run_has_none(block):
    assert code.with_buttons(block, "en") == block


def test_a_table_scrolls_in_its_box():
    wrapped = tables.wrap("<p></p><table><tr></tr></table>"
                          '<table class="claims"></table>')
    assert wrapped.count("md-typeset__scrollwrap") == 1
    assert '<table class="plain"><tr></tr></table></div></div>' in wrapped
    assert '</div></div><table class="claims"></table>' in wrapped


def test_every_table_of_the_site_has_its_class(built_site):
    bare = [path.relative_to(built_site).as_posix()
            for path in built_site.rglob("*.html")
            if "<table>" in path.read_text("utf-8")]
    assert not bare, (
        f"tables that the styles do not know: {', '.join(bare)}; "
        "see tools/site/finish/tables.py")


def test_the_keyboard_reaches_code_that_may_scroll():
    wide = f'<pre><code id="a">{"x" * 40}\n</code></pre>'
    narrow = f'<pre><code><b>{"&lt;" * 20}</b>\n{"x" * 20}</code></pre>'
    page = code.reachable(wide + narrow + wide)
    assert page == (wide.replace("<code", '<code tabindex="0"') + narrow
                    + wide.replace("<code", '<code tabindex="0"'))
    assert code.reachable("<p><code>" + "x" * 40) == "<p><code>" + "x" * 40


def unsaid(script, said):
    """Return the words that a script asks for and the language lacks."""
    return sorted(set(re.findall(r"\bt\.(\w+)", script)) - set(said))


SCRIPTS = ROOT / "docs/assets/js"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("script", sorted(
    path.name for path in SCRIPTS.glob("*.js")
    if path.name != "i18n.js" and 'strings("' in path.read_text("utf-8")))
def test_a_script_finds_its_words(script, lang):
    text = (SCRIPTS / script).read_text("utf-8")
    (part,) = re.findall(r'strings\("(\w+)"\)', text)
    gone = unsaid(text, words(lang)["widgets"][part])
    assert not gone, (
        f"{script} asks for {', '.join(gone)}: write them below "
        f"[widgets.{part}] in qkv_explained/words/{lang}.toml")


def test_a_lost_word_is_found():
    assert unsaid("el(t.all, t.search)", {"all": "All"}) == ["search"]


def test_what_is_stressed_in_other_letters_is_marked():
    """Chinese is stressed by dots; a title in Latin letters slants."""
    text = "<em>dog</em><em>每个 token</em>"
    assert page.page(text, "p", "zh") == (
        '<em class="foreign">dog</em><em>每个 token</em>')
    assert page.page("<em>dog</em>", "p", "en") == "<em>dog</em>"


# --- the index that a reader's browser fetches, before it does ---------------


@pytest.mark.parametrize(("tex", "typed"), [
    (r"d_\text{model}", "d_model"),
    (r"W_Q W_K^\top", "W_Q W_Kᵀ"),
    (r"\text{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V",
     "softmax(Q Kᵀ / √d_k) V"),
    (r"512 \times 64", "512 × 64"),
    (r"(n_q,\, d_k)", "(n_q, d_k)"),
])
def test_formulas_become_what_one_types(tex, typed):
    assert search.readable(tex) == typed


def test_an_index_gets_habits_and_readable_formulas(tmp_path):
    file = tmp_path / "search_index.json"
    file.write_text(json.dumps({"config": {}, "docs": [
        {"title": r"What \(W_O\) does", "text": r"<p>\(d_\text{model}\)</p>"},
    ]}))
    search.teach(file)
    index = json.loads(file.read_text("utf-8"))
    assert index["docs"] == [
        {"title": "What W_O does", "text": "<p>d_model</p>"}]
    assert len(index["config"]["habits"]) >= len(LANGS)


def unsaid_habits(folder, langs):
    """Say which languages' habits are missing or halves."""
    for lang in langs:
        file = folder / f"search.{lang}.json"
        habits = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        if not habits.get("ignored"):
            yield (f"{file.name}: list the words that only make a question, "
                   "as `ignored`")
        if ("letters" in habits) != ("endings" in habits):
            yield f"{file.name}: `letters` and `endings` need one another"


def test_every_language_says_its_habits_and_planted_ones_are_found(tmp_path):
    assert not list(unsaid_habits(search.HABITS, LANGS))
    (tmp_path / "search.en.json").write_text(
        '{"ignored": ["why"], "endings": [[["s$", ""]]]}')
    assert list(unsaid_habits(tmp_path, ["en", "ru"])) == [
        "search.en.json: `letters` and `endings` need one another",
        "search.ru.json: list the words that only make a question, as "
        "`ignored`"]
