"""What a reader downloads is the code that was checked.

What a copy button gives, test_pages.py looks at.
"""

import ast

import nbformat
import pytest

from qkv_explained.course import everything
from qkv_explained.languages import LANGUAGES as LANGS
from tools.places import COURSE, ROOT
from tools.site import exports

CODED = [one for one in everything() if one.snippets]


def texts(topic):
    """The snippets of a topic, in the order of its page."""
    folder = ROOT / COURSE / topic.folder / "snippets"
    return [(folder / f"{name}.py").read_text("utf-8").strip()
            for name in topic.snippets]


def missing(text, topic):
    """The names of snippets that a script does not hold in full."""
    return [name for name, code in
            zip(topic.snippets, texts(topic), strict=True) if code not in text]


def notebook_problems(text, codes):
    """Say what is wrong with a notebook that readers download."""
    try:
        book = nbformat.reads(text, as_version=4)
        nbformat.validate(book)
    except Exception as error:
        return f"not a valid notebook: {error}"
    cells = [c.source.strip() for c in book.cells if c.cell_type == "code"]
    try:
        ast.parse("\n".join(cells))
    except SyntaxError as error:
        return f"does not parse: {error}"
    return "" if cells == codes else (
        "its code cells are not the page's snippets")


@pytest.mark.parametrize("topic", CODED, ids=lambda one: one.id)
def test_scripts_and_notebooks_to_download(topic, built_site):
    trees = set()
    for lang in LANGS:
        folder = built_site / lang / topic.page.removesuffix(".md")
        text = (folder / f"{folder.name}.py").read_text("utf-8")
        # tests/checks/test_snippets.py runs it.
        assert text == exports.script(topic, lang)
        assert not missing(text, topic), f"{lang}: see tools/site/exports.py"
        trees.add(ast.dump(ast.parse(text)))
        book = (folder / f"{folder.name}.ipynb").read_text("utf-8")
        assert not notebook_problems(book, texts(topic)), (lang, topic.id)
    assert len(trees) == 1, "the languages differ in more than their comments"


@pytest.mark.parametrize(("lang", "path"), [
    (lang, path) for lang in LANGS
    for path in sorted((ROOT / "docs" / lang).rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts], ids=str)
def test_the_page_of_a_notebook_gives_it(lang, path, built_site):
    name = path.relative_to(ROOT / "docs" / lang).with_suffix("")
    folder = built_site / lang / name
    page = (folder / "index.html").read_text("utf-8")
    assert f'href="{path.name}"' in page, "no link to download the notebook"
    assert nbformat.read(folder / path.name, 4) == nbformat.read(path, 4)


def test_planted_notebooks():
    text = nbformat.writes(nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("x = 1")]))
    broken = text.replace("x = 1", "x = = 1")
    assert notebook_problems(text, ["x = 1"]) == ""
    assert "not the page's snippets" in notebook_problems(text, ["x = 2"])
    assert "not a valid notebook" in notebook_problems("{}", [])
    assert "does not parse" in notebook_problems(broken, ["x = = 1"])


def test_planted_script_that_lacks_a_snippet():
    topic = CODED[0]
    whole = "\n".join(texts(topic))
    assert missing(whole, topic) == []
    lost = whole.replace(texts(topic)[0], "")
    assert topic.snippets[0] in missing(lost, topic)
