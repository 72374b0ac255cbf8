"""What the build changes in the theme, and in the HTML that it lays out."""

import re
from pathlib import Path

import pytest

from qkv_explained.languages import LANGUAGES as LANGS
from tools.site import assets, retheme
from tools.site.finish import code, tables

ROOT = Path(__file__).resolve().parents[2]


def restyling(css):
    """Return the selectors by which one attribute restyles a whole page."""
    found = []
    for rule in re.findall(r"([^{}]+)\{", css):
        for one in rule.split(","):
            switch = "[data-md-color-switching]" in one
            if switch or ":not([class])" in one:
                found.append(one.strip())
    return found


def test_the_script_is_changed():
    text = retheme.script()
    assert "[href]:not([rel=stylesheet])" in text
    assert 'name:"color-scheme"' not in text


def test_no_rule_restyles_the_whole_page():
    assert restyling(assets.stylesheet()) == []


def test_planted_rules_are_found():
    css = ("a{}[data-md-color-switching] *{transition:none}"
           ".md-typeset table:not([class])+*,p{margin:0}")
    assert restyling(css) == ["[data-md-color-switching] *",
                              ".md-typeset table:not([class])+*"]


def test_another_theme_is_told():
    """What is replaced is gone, or is there twice."""
    whole = retheme.SCRIPT.read_text("utf-8")
    with pytest.raises(retheme.ThemeChanged, match=r"0 times.*mend tools"):
        retheme.script(whole.replace("r.outerHTML", "r.id"))
    with pytest.raises(retheme.ThemeChanged, match="2 times"):
        retheme.script(whole + 'x("meta",{name:"color-scheme"})')
    with pytest.raises(retheme.ThemeChanged, match="switching"):
        retheme.styles("table:not([class]){color:red}")
    with pytest.raises(retheme.ThemeChanged, match="rules for `table"):
        retheme.styles("[data-md-color-switching] *{transition:none}")


BLOCK = ('<div class="highlight"><span class="filename">a.py</span><pre>'
         '<span></span><code><span class="kn">import</span><span class="w"> '
         '</span><span class="nn">torch</span><span class="p">;</span>'
         "\n</code></pre></div>")


def test_code_keeps_its_words_and_loses_elements():
    light = code.lighten(BLOCK)
    strip = re.compile("<[^>]+>")
    assert strip.sub("", light) == strip.sub("", BLOCK)
    assert light.count("<span") == 3, "the name, and two coloured tokens"


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
