"""What a reader copies or downloads is the code that was checked.

Every code block's copy button is pressed; what then lies in the clipboard
must be the block's source without docstrings, which runs alone: each fence
is a test of its own (`pytest docs`). The same for "Copy as script" and
for the notebooks to download.
"""

import ast
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest

from qkv_explained.course import CONCEPTS, MYTHS
from qkv_explained.languages import LANGUAGES as LANGS
from tools.pages import docstrings, reader
from tools.run import examples

ROOT = Path(__file__).resolve().parents[2]
TOPICS = ROOT / "qkv_explained" / "course"
NOTHING = "nothing was copied"
CLIPBOARD = "navigator.clipboard.readText()"
ALLOWED = ["clipboard-read", "clipboard-write"]
BLOCKS = ".md-content div.highlight:not(.doc *)"
BUTTON = "[data-clipboard-target]"
PRESS = """async ([blocks, button]) => {
  const copied = [];
  for (const block of document.querySelectorAll(blocks)) {
    const found = block.querySelector(button);
    if (!found || !found.checkVisibility()) { copied.push(null); continue; }
    await navigator.clipboard.writeText("nothing was copied");
    found.click();
    copied.push(await navigator.clipboard.readText());
  }
  return copied;
}"""


def sources():
    """Return the pages that show code: language, source file."""
    found = []
    for lang in LANGS:
        for path in reader.pages(ROOT, lang):
            if path.name.endswith(".nb.md"):
                continue
            if reader.read(path).fences:
                name = path.relative_to(ROOT / "docs" / lang)
                found.append((lang, name.as_posix()))
    return found


def press(watch, skip=""):
    """Press every copy button of a page; return what each one copied.

    The first is pressed by the mouse, the others by the page itself, which
    is twenty times as quick. A block without a button that a reader could
    see gives None.
    """
    page = watch.page
    blocks = f"{BLOCKS}:not({skip})" if skip else BLOCKS
    page.evaluate("document.querySelectorAll('details').forEach("
                  "one => { one.open = true; })")
    pressed = page.evaluate(PRESS, [blocks, BUTTON])
    for number, text in enumerate(pressed):
        if text is not None:
            page.evaluate(f"navigator.clipboard.writeText('{NOTHING}')")
            page.locator(blocks).nth(number).locator(BUTTON).first.click()
            pressed[number] = page.evaluate(CLIPBOARD)
            break
    return pressed


def difference(name, number, clipboard, code):
    """Say how copied text differs from its source; "" if it does not."""
    said = examples.difference(
        code, clipboard.rstrip("\n"),
        f"{name}, block {number}: the copy button gives something else than "
        "the source; look at what the theme and tools/html do to the block")
    return said or ""


def compare(name, watch, wanted, skip=""):
    """Press every copy button of a page.

    Args:
        name: The page, for messages.
        watch: The page, opened.
        wanted: For every block its code, and whether it must have a button.
        skip: Which blocks are none of these.

    Returns:
        What is wrong, in sentences.
    """
    pressed = press(watch, skip)
    if len(pressed) != len(wanted):
        return [f"{name}: {len(pressed)} code blocks in the page, "
                f"{len(wanted)} in its source; every block of a page comes "
                "from a fence"]
    found = []
    for number, (code, obliged) in enumerate(wanted, 1):
        text = pressed[number - 1]
        if text is not None:
            found += filter(None, [difference(name, number, text, code)])
        elif obliged:
            found.append(f"{name}, block {number}: has no copy button")
    return found


def shown(fence):
    """Return a block's code as its page shows it."""
    code = reader.code(fence)
    return docstrings.bare(code) if fence.kind == "python" else code


@pytest.mark.parametrize(("lang", "name"), sources())
def test_copy_buttons(lang, name, visit):
    page = reader.read(ROOT / "docs" / lang / name)
    address = f"{lang}/{name.removesuffix('.md').removesuffix('index')}/"
    watch = visit(address.replace("//", "/"), permissions=ALLOWED)
    wanted = [(shown(fence), fence.kind == "python")
              for fence in page.fences]
    found = compare(f"{lang}/{name}", watch, wanted)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


CODED = [one for one in (*CONCEPTS, *MYTHS) if one.snippets]


def texts(concept):
    """Return the snippets of a concept, in the order of its page."""
    folder = TOPICS / concept.folder / "snippets"
    return [(folder / f"{name}.py").read_text("utf-8").strip()
            for name in concept.snippets]


def missing_snippets(text, concept):
    """Return the names of snippets that a script does not hold in full."""
    return [name for name, code in
            zip(concept.snippets, texts(concept), strict=True)
            if code not in text]


@pytest.mark.parametrize("concept", CODED, ids=lambda one: one.id)
def test_scripts_to_download(concept, built_site):
    programs = {}
    for lang in LANGS:
        folder = built_site / lang / concept.page.removesuffix(".md")
        text = (folder / f"{folder.name}.py").read_text("utf-8")
        gone = missing_snippets(text, concept)
        assert not gone, (
            f"{lang}: the script of {concept.id} lacks {', '.join(gone)}; "
            "see tools/exports.py")
        programs[lang] = text
    # Only comments differ between the languages, so one run proves three.
    trees = {ast.dump(ast.parse(text)) for text in programs.values()}
    assert len(trees) == 1, (
        f"{concept.id}: the scripts of the languages differ in more than "
        "their comments")
    done = examples.runner().run(programs["en"], f"{concept.id}.py")
    assert not done.returncode, (
        f"{concept.id}: the script does not run:\n{done.stderr}")


@pytest.mark.parametrize(
    ("number", "concept"), list(enumerate(CODED)),
    ids=[concept.id for concept in CODED])
def test_copy_as_script(number, concept, visit):
    """The button, in one language each: its script is the same in all."""
    address = (f"{LANGS[number % len(LANGS)]}/"
               f"{concept.page.removesuffix('.md')}/")
    watch = visit(address, permissions=ALLOWED)
    watch.page.locator("details.card > summary").click()
    watch.page.wait_for_selector("[data-copy-script][data-ready]")
    watch.page.evaluate("navigator.clipboard.writeText('nothing')")
    watch.page.locator("[data-copy-script]").click()
    watch.page.wait_for_function(
        "() => document.querySelector('.copy-status')?.textContent")
    text = watch.page.evaluate(CLIPBOARD)
    link = watch.page.locator(
        ".card-actions a[download][href$='.py']").get_attribute("href")
    served = watch.context.request.get(urljoin(watch.page.url, link)).text()
    assert text == served, (
        f"{address}: the script copied is not the script downloaded")
    assert not watch.complaints, watch.complaints


def notebook_problems(text, codes, name):
    """Say what is wrong with a notebook that readers download."""
    try:
        book = nbformat.reads(text, as_version=4)
        nbformat.validate(book)
    except Exception as error:
        return [f"{name}: not a valid notebook: {error}"]
    cells = [c.source.strip() for c in book.cells if c.cell_type == "code"]
    found = []
    if cells != codes:
        found.append(f"{name}: its code cells are not the page's snippets")
    for number, cell in enumerate(cells, 1):
        try:
            ast.parse(cell)
        except SyntaxError as error:
            found.append(f"{name}: cell {number} does not parse: {error}")
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_notebooks_to_download(lang, built_site):
    found = []
    for concept in CODED:
        folder = built_site / lang / concept.page.removesuffix(".md")
        file = folder / f"{folder.name}.ipynb"
        if not file.is_file():
            found.append(f"{lang}: {concept.id} has no notebook to download")
            continue
        found += notebook_problems(
            file.read_text("utf-8"), texts(concept),
            file.relative_to(built_site).as_posix())
    assert not found, "\n".join(found)


NOTEBOOKS = sorted(
    (path.relative_to(ROOT / "docs" / lang).as_posix(), lang)
    for lang in LANGS for path in (ROOT / "docs" / lang).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts)


@pytest.mark.parametrize(("name", "lang"), NOTEBOOKS)
def test_notebook_page(name, lang, visit):
    source = (ROOT / "docs" / lang / name).read_text("utf-8")
    cells = [cell.source for cell in nbformat.reads(source, 4).cells
             if cell.cell_type == "code"]
    watch = visit(f"{lang}/{name.removesuffix('.ipynb')}/",
                  permissions=ALLOWED)
    found = compare(f"{lang}/{name}", watch, [(c, True) for c in cells],
                    skip=".output, .language-text")
    assert not found, "\n".join(found)
    links = watch.page.locator("a[download][href$='.ipynb']")
    assert links.count(), f"{lang}/{name}: no link to download the notebook"
    answer = watch.context.request.get(urljoin(
        watch.page.url, links.first.get_attribute("href")))
    assert answer.ok, f"{lang}/{name}: the notebook's link is dead"
    problems = notebook_problems(
        answer.text(), [cell.strip() for cell in cells], f"{lang}/{name}")
    assert not problems, "\n".join(problems)


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,"></head>
<body><main class="md-content">
<div class="highlight"><pre><code id="c">x = 1
<span class="c1"># \N{NO-BREAK SPACE}a comment</span>
</code></pre><button data-clipboard-target="#c">copy</button></div>
</main><script>
document.querySelector("button").onclick = () =>
  navigator.clipboard.writeText(document.getElementById("c").innerText);
</script></body></html>
"""


def test_planted_copies(serve, visit):
    """A button that copies something else, a lost button, a lost block."""
    watch = visit(to=serve({"en/index.html": PAGE}), permissions=ALLOWED)
    watch.go("en/")
    good = "x = 1\n# \N{NO-BREAK SPACE}a comment\n"
    assert compare("p", watch, [(good, True)]) == []
    found = compare("p", watch, [(good.replace("\xa0", ""), True)])
    assert "gives something else than the source" in found[0]
    found = compare("p", watch, [(good, True), (good, True)])
    assert "1 code blocks in the page, 2 in its source" in found[0]
    watch.page.evaluate("document.querySelector('button').remove()")
    assert "has no copy button" in compare("p", watch, [(good, True)])[0]


def test_planted_notebooks():
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("x = 1")])
    text = nbformat.writes(book)
    assert notebook_problems(text, ["x = 1"], "n") == []
    assert "not the page's snippets" in notebook_problems(
        text, ["x = 2"], "n")[0]
    assert "not a valid notebook" in notebook_problems("{}", [], "n")[0]
    broken = text.replace("x = 1", "x = = 1")
    assert "does not parse" in notebook_problems(broken, ["x = = 1"], "n")[0]


def test_planted_script():
    concept = CODED[0]
    whole = "\n".join(texts(concept))
    assert missing_snippets(whole, concept) == []
    lost = whole.replace(texts(concept)[0], "")
    assert concept.snippets[0] in missing_snippets(lost, concept)
