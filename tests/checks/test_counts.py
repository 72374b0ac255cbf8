"""What a concept and a myth cost: files that are new, files edited by hand."""

import re

import pytest

from tests.checks.copies import by_hand, copied, files, python
from tools import new

PROSE = {
    "en": ("What is left", "Softmax makes weights of scores",
           "Side by side, two rows of numbers: on the left as they were, on "
           "the right as they come out.", "How many?", "Two.", "."),
    "zh": ("剩下什么", "把分数变成权重",
           "左右并排展示两行数：左边是原来的数，右边是算出来的数，都写在格子里。",
           "有几个？", "两个。", "。"),
    "ru": ("Что остаётся", "Этот шаг делает из оценок веса",
           "Рядом показаны две строки чисел: слева исходные, справа то, что "
           "из них вышло.", "Сколько?", "Два.", "."),
}
PAGE = (
    ("title: ''", "title: {0}"),
    ("description: ''", "description: {1}{5}"),
    ("idea: ''", "idea: {1}{5}"),
    ("input: ''", "input: {0}"), ("output: ''", "output: {1}"),
    ("axis: ''", "axis: {0}"),
    ("# {{#", "# {0} {{#"),
    ('alt=""', 'alt="{2}"'), ('caption=""', 'caption="{1}{5}"'),
    ('data-answer=""', 'data-answer="2"'),
    ("1. \n", "{3}\n\n1. 1\n2. 2\n"),
    ("\n\n</div>", "\n    {4}\n\n</div>"),
)
TOPIC = (("formula = \"\"", "formula = \"Y = softmax(X)    (n, d_model)\""),
         ("sources = []", "sources = [{ key = \"vaswani2017\" }]"))
WRITTEN = {
    "qkv_explained/softmax.py": (
        ("# --8<-- [start:imports]\n",
         '"""Softmax: weights of scores."""\n\n# --8<-- [start:imports]\n'),
        ("    raise NotImplementedError(\n        \"softmax in qkv_explained/"
         "softmax.py: write what it makes of X\"\n    )\n",
         '    """Make every row sum to one."""\n'
         "    return X.softmax(-1)  # (*batch, n, d_model)\n"),
    ),
    "qkv_explained/course/concepts/softmax/topic.toml": TOPIC,
    "tests/library/test_softmax.py": (
        ("= []", "= [[0.268941, 0.731059], [0.268941, 0.731059]]"),),
}
MYTH = {
    "qkv_explained/course/myths/one_head/topic.toml": TOPIC,
    "qkv_explained/course/myths/one_head/verdict.py": (
        (re.compile(r"    raise NotImplementedError\(.*?\n    \)\n", re.S),
         '    return {"90": {"verdict": works({"cycle": plain})}}\n'),
        ("Values, compare", "Values, compare, works"),
    ),
    "tests/course/test_one_head.py": (
        ("str] = {}", 'str] = {((0.5, 0.01), (1.0, 0.0)): "false"}'),
        ("@pytest.mark.par", "@pytest.mark.claim(90)\n@pytest.mark.par"),
    ),
}
CLAIM = """\
  - id: 90
    source: "000"
    claim: {zh: 一个头就够了。, en: One head is enough., ru: Хватит и одной.}
    result: "one-head:claims.90"
    exactly: {zh: 对这个任务不成立。, en: Not for this task., ru: Здесь нет.}
    evidence:
      page: "myths/one-head.md#result"
      checks: ["tests/course/test_one_head.py::test_the_verdict_follows"]
    literature: []
"""


def replaced(path, pairs):
    """Write by hand into a file that the scaffold began."""
    text = path.read_text("utf-8")
    for old, put in pairs:
        if isinstance(old, re.Pattern):
            text = old.sub(lambda _, put=put: put, text)
        else:
            assert old in text, f"{path} has no {old!r}"
            text = text.replace(old, put, 1)
    path.write_text(text, "utf-8")


def written(copy, page, rest):
    """Fill in a topic's pages in three languages, and its other files."""
    for lang, said in PROSE.items():
        path = copy / "docs" / lang / page
        text = path.read_text("utf-8")
        pairs = [(old.replace("{{", "{"), put.format(*said))
                 for old, put in PAGE]  # fmt: skip
        replaced(path, [(old, put) for old, put in pairs if old in text])
    for name, pairs in rest.items():
        replaced(copy / name, pairs)


def made(copy, *kinds):
    """Run the commands for what is not written by hand."""
    for kind in kinds:
        status, said = python(copy, "-m", "tools.refresh", *kind.split())
        assert not status, said
    status, said = python(copy, "-c", (
        "from tools.pages import pins\n"
        "for page in pins.translations(): pins.pin(page)\n"))
    assert not status, said


def about(topic, said):
    """What the quick checks said of a topic."""
    name = re.compile(topic.replace("-", "[-_]"))
    return [line for line in said.split("\n") if name.search(line)]


@pytest.fixture(scope="module")
def concept(root, tmp_path_factory):
    """A copy with a new concept: what was said at first, and the files."""
    copy = copied(root, tmp_path_factory.mktemp("concept"))
    before = files(copy)
    assert not python(copy, "-m", "tools.new", "concept", "softmax")[0]
    begun = python(copy, "-m", "tools.checks", "softmax")[1]
    written(copy, "concepts/softmax.md", WRITTEN)
    counted = by_hand(before, files(copy))
    made(copy, "map", "outputs softmax", "facts softmax", "figures softmax")
    return copy, begun, counted


def test_a_concept_costs_ten_new_files_and_one_edited(concept):
    _, _, (new_files, edited) = concept
    assert len(new_files) == 10, new_files
    assert edited == {"qkv_explained/course/order.toml"}


@pytest.mark.parametrize("said", [
    "topic.toml: formula is empty",
    "qkv_explained/softmax.py:1: has no docstring",
    "docs/ru/concepts/softmax.md:1: its front matter leaves idea empty",
    "docs/zh/concepts/softmax.md:15: the text alternative of figure",
    "docs/en/concepts/softmax.md:27: give at least two options",
    "numbers.json: missing; run: python -m tools.refresh facts softmax",
])  # fmt: skip
def test_what_is_still_to_be_written_is_told(concept, said):
    assert said in concept[1]


def test_a_written_concept_lacks_nothing(concept):
    copy = concept[0]
    said = python(copy, "-m", "tools.checks")[1]
    assert not about("softmax", said)
    status, said = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                          "tests/library/test_softmax.py")
    assert not status, said


def test_its_page_is_built(concept):
    status, said = python(
        concept[0], "-m", "tools.site.build", "--lang", "ru", "--no-strict")
    assert not status, said
    page = concept[0] / "site/ru/concepts/softmax/index.html"
    assert PROSE["ru"][1] in page.read_text("utf-8")


@pytest.fixture(scope="module")
def myth(root, tmp_path_factory):
    """A copy with a new myth, and the files by hand."""
    copy = copied(root, tmp_path_factory.mktemp("myth"))
    before = files(copy)
    assert not python(copy, "-m", "tools.new", "myth", "one-head")[0]
    written(copy, "myths/one-head.md", MYTH)
    ledger = copy / "docs/claims.yml"
    ledger.write_text(ledger.read_text("utf-8").rstrip() + "\n" + CLAIM,
                      "utf-8")
    counted = by_hand(before, files(copy))
    out = "docs/made/one-head/result.json"
    (copy / out).parent.mkdir()
    made(copy, "map")
    status, said = python(copy, "-m", "qkv_explained", "myth", "one-head",
                          "--size", "full", "--out", out)
    assert not status, said
    made(copy, "outputs one-head", "figures one-head")
    return copy, counted


def test_a_myth_costs_ten_new_files_and_two_edited(myth):
    new_files, edited = myth[1]
    assert len(new_files) == 10, new_files
    assert edited == {"qkv_explained/course/order.toml", "docs/claims.yml"}


def test_a_written_myth_lacks_nothing(myth):
    said = python(myth[0], "-m", "tools.checks")[1]
    assert not about("one-head", said)
    status, said = python(
        myth[0], "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "tests/course/test_one_head.py")
    assert not status, said


@pytest.mark.parametrize(("kind", "name", "said"), [
    ("concept", "Soft_max", "small letters, digits and single hyphens"),
    ("concept", "json", "Python or a library has this name"),
    ("myth", "class", "Python or a library has this name"),
    ("concept", "projection", "lists it already"),
    ("language", "german", "two or three letters"),
    ("language", "ru", "words/ru.toml: is there already"),
])  # fmt: skip
def test_a_name_that_will_not_do_is_refused(root, kind, name, said):
    with pytest.raises(new.Refused, match=re.escape(said)):
        new.new(kind, name, root)


def test_what_is_there_is_never_overwritten(tree):
    page = tree.write("docs/ru/concepts/softmax.md", "# Моё\n")
    with pytest.raises(new.Refused, match="nothing was written"):
        new.new("concept", "softmax", tree.root)
    assert page.read_text("utf-8") == "# Моё\n"
    assert not tree.path("qkv_explained/softmax.py").exists()
    assert "softmax" not in tree.path(
        "qkv_explained/course/order.toml").read_text("utf-8")
