"""Reading by keyboard, without scripts, in the colours one has chosen."""

import pytest

from qkv_explained.languages import LANGUAGES as LANGS

PAGE = "concepts/projection/"
PHONE = {"width": 390, "height": 844}
PREDICT = ".predict[data-ready]"
# A page of one's own: head and body.
SMALL = ("<!doctype html><html lang=en><title>t</title>"
         "<link rel=icon href='data:,'>{}")


def tab_to(page, selector, most=80):
    """Press Tab until an element has the focus; fail if it never has."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"the Tab key does not reach {selector} in {most} steps: "
                "make it a button or a link", pytrace=False)


def has_ring(page):
    """Whether the focused element shows that it has the focus."""
    return page.evaluate("""() => {
      const own = getComputedStyle(document.activeElement);
      return own.outlineStyle !== "none" && parseFloat(own.outlineWidth) > 0 ||
        own.boxShadow !== "none";
    }""")


@pytest.mark.parametrize("lang", LANGS)
def test_skip_link(lang, visit):
    watch = visit(f"{lang}/{PAGE}")
    page = watch.page
    page.keyboard.press("Tab")
    skip = page.evaluate("""() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      return { skips: one.matches(".md-skip"), href: one.hash,
               text: one.textContent.trim(), visible: box.top >= 0 &&
               box.height > 0 && getComputedStyle(one).opacity > 0 };
    }""")
    assert skip["skips"], "the first Tab must reach “skip to content”"
    assert skip["visible"], "the skip link must show when it has the focus"
    assert skip["text"]
    page.keyboard.press("Enter")
    page.wait_for_function("wanted => location.hash === wanted",
                           arg=skip["href"])
    # Nobody's fingers are quicker than the theme's answer to a jump.
    page.wait_for_timeout(400)
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest("
                         "'.md-content'))"), (
        "after the skip link the next Tab must be in the content")


def test_search_by_keyboard(visit, searchable):
    watch = visit("en/", to=searchable)
    page = watch.page
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.name === 'query'")
    page.keyboard.type("projection", delay=5)
    # The last of the letters has been searched for.
    page.wait_for_selector(".md-search-result__item a[href*='=projection']")
    page.wait_for_timeout(800)
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.matches("
                           "'.md-search-result__link')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/**?h=projection*")
    page.wait_for_function("() => document.activeElement.name !== 'query'")
    page.wait_for_timeout(800)
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.name === 'query'")
    page.wait_for_timeout(400)
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.name !== 'query'")
    assert not watch.complaints, watch.complaints


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("right", [True, False])
def test_question_by_keyboard(lang, right, visit):
    watch = visit(f"{lang}/{PAGE}")
    page = watch.page
    page.wait_for_selector(PREDICT)
    box = page.locator(PREDICT).first
    answer = int(box.get_attribute("data-answer"))
    count = box.locator("button").count()
    wanted = answer if right else answer % count + 1
    page.evaluate("""box => {
      box.tabIndex = -1; box.focus(); box.removeAttribute("tabindex");
    }""", box.element_handle())
    for _ in range(wanted):
        tab_to(page, f"{PREDICT} button", 1)
    assert has_ring(page), "the focused option shows no outline"
    page.keyboard.press("Enter" if right else "Space")
    said = box.locator("[role=status]")
    assert said.inner_text().strip(), "nothing is said of the choice"
    assert box.locator("details").evaluate("one => one.open"), (
        "the choice must open the answer")
    marks = box.locator("button.is-right")
    assert marks.count() == 1
    assert box.locator("button.is-wrong").count() == (0 if right else 1)
    assert not watch.complaints, watch.complaints


@pytest.mark.parametrize("lang", LANGS)
def test_everything_is_there_without_scripts(lang, visit):
    watch = visit(f"{lang}/{PAGE}", java_script_enabled=False)
    page = watch.page
    box = page.locator(".predict").first
    assert box.locator("ol > li").count() > 1
    assert box.locator("p").first.is_visible()
    summary = box.locator("details > summary")
    assert summary.is_visible()
    summary.click()
    assert box.locator("details > :not(summary)").first.is_visible(), (
        "without scripts the answer must open")
    assert page.locator(".highlight pre").first.is_visible()
    assert page.locator("figure.drawing svg").first.is_visible()
    assert page.locator(".katex").first.is_visible()
    assert not watch.complaints, watch.complaints


LONG = "concepts/projection/"
FAR = "#bias"
# How far below the top of the window a heading stands, in px.
TOP = "s => document.querySelector(s).getBoundingClientRect().top"
HEADER = 120
# As if nothing asked for the heights of what is above.
FORGETFUL = """() => {
  const add = DOMTokenList.prototype.add;
  DOMTokenList.prototype.add = function (...names) {
    if (!names.includes("whole")) add.apply(this, names);
  };
}"""


@pytest.mark.parametrize("lang", LANGS)
def test_a_link_into_a_page_leads_there(lang, visit):
    watch = visit(f"{lang}/{LONG}{FAR}", viewport=PHONE)
    watch.settle()
    assert 0 <= watch.page.evaluate(TOP, FAR) <= HEADER
    assert not watch.complaints, watch.complaints


def test_the_contents_lead_to_their_heading(visit):
    watch = visit(f"en/{LONG}")
    watch.page.locator(f".md-sidebar--secondary a[href$='{FAR}']").click()
    watch.page.wait_for_timeout(300)
    assert 0 <= watch.page.evaluate(TOP, FAR) <= HEADER


def come_back(watch):
    """Leave a page far down, come back; return how far off one then is."""
    page = watch.page
    page.locator(f"h3{FAR}").scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)  # the theme notes where one is
    before = page.evaluate(TOP, FAR)
    page.evaluate("document.querySelector('.md-footer__link--next').click()")
    page.wait_for_url("**/weight-dimensions/")
    page.wait_for_timeout(500)
    page.go_back()
    page.wait_for_function("s => document.querySelector(s)", arg=FAR)
    page.wait_for_timeout(500)
    return abs(page.evaluate(TOP, FAR) - before)


def test_back_leads_to_the_place_that_was_left(visit):
    watch = visit(f"en/{LONG}", viewport=PHONE)
    assert come_back(watch) <= 2
    assert not watch.complaints, watch.complaints


def test_planted_back_to_another_place(visit):
    watch = visit(f"en/{LONG}", viewport=PHONE)
    watch.page.evaluate(FORGETFUL)
    assert come_back(watch) > 2


STYLED = "window.__styled"


def test_a_page_is_styled_once(visit):
    """At the start, and when instant navigation changes the page."""
    watch = visit(f"en/{LONG}")
    page = watch.page
    assert page.evaluate(STYLED) == 1, "see tools/site/retheme.py"
    page.evaluate("document.querySelector('.md-footer__link--next').click()")
    page.wait_for_url("**/weight-dimensions/")
    page.wait_for_function(
        "() => document.querySelector('h1').id === 'weight-dimensions'")
    watch.settle()
    assert page.evaluate(STYLED) == 1, "see tools/site/retheme.py"
    assert page.locator("link[rel=stylesheet]").count() == 1


@pytest.fixture
def small(serve, visit):
    """Open a page of one's own."""

    def opened(text, css=""):
        watch = visit(to=serve({"en/index.html": SMALL.format(text),
                                "en/a.css": css}))
        watch.go("en/")
        return watch.page

    return opened


def test_planted_second_styling_is_found(small):
    page = small("<link rel=stylesheet href=a.css>"
                 "<p>text<script>addEventListener('load', () => {"
                 "const one = document.querySelector('link[href=\"a.css\"]');"
                 "one.href = one.href })</script>", "p { color: #000 }")
    page.wait_for_timeout(300)
    assert page.evaluate(STYLED) == 2


SCHEME = "() => document.body.getAttribute('data-md-color-scheme')"


def test_chosen_colours_stay_chosen(visit):
    watch = visit(f"en/{PAGE}")
    page = watch.page
    assert page.evaluate(SCHEME) == "default"
    toggle = "form[data-md-component=palette] label:not([hidden])"
    # Follow the system, then light, then dark.
    for wanted in ("default", "slate"):
        page.locator(toggle).click()
        page.wait_for_function(f"wanted => ({SCHEME})() === wanted",
                               arg=wanted)
    watch.go("ru/" + PAGE)
    assert page.evaluate(SCHEME) == "slate", (
        "the colours chosen in one language must hold in the others")
    page.reload()
    assert page.evaluate(SCHEME) == "slate"
    watch.colours_now = page.evaluate(
        "() => getComputedStyle(document.body).backgroundColor")
    assert watch.colours_now != "rgb(255, 255, 255)"
    assert not watch.complaints, watch.complaints


def test_colours_by_keyboard(visit):
    watch = visit("en/")
    page = watch.page
    tab_to(page, "form[data-md-component=palette] input, "
                 "form[data-md-component=palette] label")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => ({SCHEME})() === 'slate'")


def test_planted_unreachable_button_and_focus_without_a_ring(small):
    page = small("<link rel=stylesheet href=a.css><a href='#a'>a</a>"
                 "<button class=bare>b</button>"
                 "<span class=button onclick='x()'>press</span>",
                 ".bare { outline: none }")
    tab_to(page, "a")
    assert has_ring(page)
    tab_to(page, ".bare")
    assert not has_ring(page)
    with pytest.raises(pytest.fail.Exception, match="does not reach"):
        tab_to(page, ".button", 5)
