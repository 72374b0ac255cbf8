"""What a look at an open page finds, in sentences."""

from pathlib import Path

from tools.run import examples

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# An A4 page between its margins.
PAPER = {"width": 680, "height": 960}
MOST_SHIFT = 0.02
# A label is at least so many px high, on a phone and where there is room.
SMALLEST = 11
THIN, LAYOUT, INKS, FIGURES = (
    Path(__file__).with_name(f"{name}.js").read_text("utf-8")
    for name in ("thin", "layout", "inks", "figures"))
# What a first screen must not hold: parts whose height is guessed at first.
GUESSED = """() => [...document.querySelectorAll("main *")].filter(one =>
  getComputedStyle(one).contentVisibility === "auto" &&
  one.getBoundingClientRect().top < innerHeight).map(one =>
  `the height of “${one.textContent.trim().slice(0, 40)}” is guessed until ` +
  "it is laid out, on the first screen, so that what follows moves; see the " +
  "end of site.css")"""
# The rules whose verdict depends on the colours look at the elements that
# inks.js marked, one for each combination.
CONFIGURE = """() => axe.configure({ rules: [
  { id: "color-contrast", selector: "[data-ink]" },
  { id: "link-in-text-block", selector: "a[href][data-ink]" }] })"""
AXE = """rules => axe.run(document, {
  resultTypes: ["violations"],
  preload: false,  // no rule of these reads style sheets
  runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] },
}).then(found => found.violations.flatMap(
  rule => rule.nodes.slice(0, 5).map(node =>
    `axe, ${rule.id}: ${node.target.flat().join(" ")}: ${rule.help}; ` +
    (node.any.concat(node.all, node.none)[0]?.message ?? rule.helpUrl))))"""
# What another width and other colours can change; the rest of a page's
# accessibility is in its HTML, and looked at once.
SEEN = ["color-contrast", "link-in-text-block", "target-size",
        "scrollable-region-focusable"]
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
    """Look at an open page in every way; return what is wrong."""
    page = watch.page
    found = []

    def say(where, *scripts, given=None):
        for script in scripts:
            found.extend(f"{where}: {one}"
                         for one in page.evaluate(script, given))

    shift = page.evaluate("window.__shift ?? 0")
    if shift > MOST_SHIFT:
        found.append(
            f"the page moves while it loads (CLS {shift:.3f}, at most "
            f"{MOST_SHIFT}); give what comes late its size beforehand")
    say("1280 px", GUESSED)
    # All of it, and not only what is near: see the end of site.css.
    page.evaluate("document.documentElement.classList.add('whole')")
    say("1280 px", LAYOUT)
    page.evaluate(UNFOLD)
    say("1280 px", FIGURES, given=SMALLEST)
    watch.resize(PHONE)
    say("390 px", LAYOUT)
    say("390 px", FIGURES, given=SMALLEST)
    page.evaluate(FOLD)
    page.emulate_media(media="print")
    watch.resize(PAPER)
    say("on paper", LAYOUT, LOST)
    say("on paper", FIGURES, given=SMALLEST)
    # From here on the page is lighter, and its lines run otherwise.
    page.emulate_media(media="screen")
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    page.evaluate(CONFIGURE)
    page.evaluate(THIN)
    watch.resize(PHONE)
    page.evaluate(INKS)
    say("390 px, light", AXE, given=SEEN)
    watch.colours("dark")
    watch.resize(WIDE)
    page.evaluate(INKS)
    say("1280 px, dark", AXE)
    return found + watch.complaints


BLOCKS = ".md-content div.highlight:not(.doc *)"
BUTTON = "[data-clipboard-target]"
CLIPBOARD = "navigator.clipboard.readText()"
ALLOWED = ["clipboard-read", "clipboard-write"]
NOTHING = "nothing was copied"
PRESS = """async ([blocks, button, nothing]) => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  const copied = [];
  for (const block of document.querySelectorAll(blocks)) {
    const found = block.querySelector(button);
    if (!found || !found.checkVisibility()) { copied.push(null); continue; }
    await navigator.clipboard.writeText(nothing);
    found.click();
    copied.push(await navigator.clipboard.readText());
  }
  return copied;
}"""


def press(watch, blocks):
    """Press every copy button of a page; return what each one copied.

    The first is pressed by the mouse, the others by the page itself, which
    is twenty times as quick. A block without a button that a reader could
    see gives None.
    """
    page = watch.page
    pressed = page.evaluate(PRESS, [blocks, BUTTON, NOTHING])
    for number, text in enumerate(pressed):
        if text is not None:
            page.evaluate(f"navigator.clipboard.writeText('{NOTHING}')")
            page.locator(blocks).nth(number).locator(BUTTON).first.click()
            pressed[number] = page.evaluate(CLIPBOARD)
            break
    return pressed


def copies(watch, wanted, skip=""):
    """Press every copy button of a page; return what is wrong.

    Args:
        watch: The page, opened.
        wanted: For every block its code, and whether it must have a button.
        skip: Which blocks are none of these.
    """
    pressed = press(watch, f"{BLOCKS}:not({skip})" if skip else BLOCKS)
    if len(pressed) != len(wanted):
        return [f"{len(pressed)} code blocks in the page, {len(wanted)} in "
                "its source; every block of a page comes from a fence"]
    found = []
    for number, (code, obliged) in enumerate(wanted, 1):
        text = pressed[number - 1]
        if text is not None:
            said = examples.difference(
                code, text, f"block {number}: the copy button gives something "
                "else than the source; look at what the theme and "
                "tools/site/finish do to the block")
            found += [said] if said else []
        elif obliged:
            found.append(f"block {number}: has no copy button")
    return found
