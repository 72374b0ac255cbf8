"""No block of code escapes: in the Markdown, in the built HTML."""

import pytest
from sybil import Document

from tools.checks import blocks, fences
from tools.run import examples

EN = "docs/en/concepts/doubling.md"
FOLDER = "qkv_explained/course/concepts/doubling/snippets"


def test_every_block_of_every_page_is_run(root, clean):
    clean(fences.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(fences.problems(tree.root))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("```py\n{inc}\n```", "run by nothing"),
        ("``` {{ .python }}\n{inc}\n```", "run by nothing"),
        ("```pycon\n>>> 1\n```", "run by nothing"),
        ("```\n1\n```", "run by nothing"),
        ("~~~python\nprint(1)\n~~~", "typed into the page"),
        ("```python\nprint(1)\n```", "typed into the page"),
        ("- ```python\n  {inc}\n  ```", "run by no test"),
        ("!!! note\n    ```py\n    {inc}\n    ```", "run by nothing"),
        ("??? note\n    - a\n\n        ```js\n        1\n        ```",
         "run by nothing"),
        ("{inc}", "outside a fence"),
        ("A text.\n\n    print(1)\n", "by indentation"),
        ("!!! note\n    A text.\n\n        print(1)\n", "by indentation"),
        ("<pre>print(1)</pre>", "raw HTML"),
        ("``` {{ .bash .no-run }}\nrm x\n```", "why it is not run"),
        ("```python\n{inc}\n{inc}\n```", "one snippet a block"),
        ('```python\n--8<-- "doubling.py:double"\n```', "`imports`"),
        ('```python\n--8<-- "doubling.py"\n```', "by sections"),
    ],
)  # fmt: skip
def test_planted_block_is_found(tree, lines, block, said):
    inc = '--8<-- "course/concepts/doubling/snippets/by_hand.py"'
    text = block.format(inc=inc)
    tree.replace(EN, "| x | y |", f"{text}\n\n| x | y |")
    found = lines(fences.problems(tree.root))
    assert found
    assert said in "\n".join(found)
    assert all(line.startswith(f"{EN}:") for line in found)


@pytest.mark.parametrize(
    "block",
    [
        '``` { .bash .no-run title="needs a network" }\nmake serve\n```',
        "- a\n\n    b\n\n    c",
        "!!! note\n    a\n\n    b\n\n    - c\n\n        d",
        '=== "a"\n\n    b',
        "[^1]: a\n\n    b",
        "<div>\n\n    <p>a</p>\n\n</div>",
    ],
)
def test_what_is_no_code_is_let_be(tree, block, clean):
    tree.replace(EN, "| x | y |", f"{block}\n\n| x | y |")
    clean(fences.problems(tree.root))


def run(tree, name=EN):
    document = Document.parse(str(tree.path(name)), examples.parse)
    said = []
    for example in document.examples():
        try:
            example.evaluate()
        except AssertionError as error:
            said.append(str(error))
    return "\n".join(said)


def test_sybil_runs_the_small_page(tree):
    assert not run(tree)
    document = Document.parse(str(tree.path(EN)), examples.parse)
    kinds = [one.parsed.fence.kind for one in document.examples()]
    assert kinds == ["python", "output", "python"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (f"{FOLDER}/by_hand.py", "print(y)",
         "print(z)", "NameError"),
        (f"{FOLDER}/by_hand.out", "6", "7",
         "tools.refresh outputs"),
        (EN, '--8<-- "doubling.py:double"', '--8<-- "doubling.py:triple"',
         "could not be located"),
        (EN, "```python title=\"qkv", "```py title=\"qkv", "runs nowhere"),
        ("qkv_explained/doubling.py", "return math.ldexp(x, 1)\n",
         "return math.ldexp(x, 1)\n\n\nFIRST = double.__doc__.split()\n",
         "not as a reader copies it"),
        ("qkv_explained/doubling.py", "import math", "import mat",
         "No module named"),
        (EN, "```python title=\"doubling/by_hand.py\"\n--8<-- \"course/"
         "concepts/doubling/snippets/by_hand.py\"\n```\n", "",
         "must follow the snippet"),
    ],
)  # fmt: skip
def test_sybil_turns_red(tree, name, old, new, said):
    tree.replace(name, old, new)
    assert said in run(tree)


def test_sybil_names_the_page_and_the_line(tree):
    tree.replace(f"{FOLDER}/by_hand.py", "print", "prin")
    said = run(tree)
    assert f"{EN}, line 20" in said


def test_blocks_of_the_built_site_are_run(built_site, root, clean):
    clean(blocks.problems(built_site, root))


def built(tree, text):
    tree.write(
        "site/en/concepts/doubling/index.html",
        f"<!doctype html><title>x</title><body>{text}</body>",
    )
    return blocks.problems(tree.path("site"), tree.root, ("en",))


DOCSTRING = "<pre><code>Twice a number.\n</code></pre>"
SHOWN = (
    '<div class="highlight"><pre><span></span><code>x = 3\n'
    "y = 2 * x  <span># y = 2x</span>\nprint(y)\n</code></pre></div>"
    "<pre><code>6\n</code></pre>"
    "<pre><code>import math\n\n\ndef double(x: float) -&gt; float:\n"
    "    return math.ldexp(x, 1)\n</code></pre>"
    "<pre><code>Twice a number.\n\nArgs:\n    x: A number.\n\n"
    "Returns:\n    Twice as much.\n</code></pre>"
)


def test_blocks_of_a_built_page_are_known(tree, clean):
    clean(built(tree, SHOWN))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHOWN + "<pre><code>print(8)</code></pre>", "no test runs"),
        (SHOWN.replace("y = 2 *", "y = 3 *"), "no test runs"),
        (SHOWN.replace("Twice as", "Thrice as"), "no test runs"),
        (SHOWN[:SHOWN.rindex("<pre>")], "not on the built"),
        (SHOWN.replace("<pre><code>6\n</code></pre>", ""), "not on the built"),
        (SHOWN + "<pre><code>6\n</code></pre>", "no test runs"),
    ],
)
def test_planted_block_of_a_built_page_is_found(tree, lines, text, said):
    found = lines(built(tree, text))
    assert said in "\n".join(found)


def test_blocks_of_docstrings_are_known_on_api_pages_only(tree, lines, clean):
    page = f"<!doctype html><title>x</title><body>{DOCSTRING}</body>"
    tree.write("site/en/reference/api/doubling/index.html", page)
    site = tree.path("site")
    clean(blocks.problems(site, tree.root, ("en",)))
    tree.write(
        "site/en/reference/api/doubling/index.html",
        page.replace("Twice", "Thrice"),
    )
    (found,) = lines(blocks.problems(site, tree.root, ("en",)))
    assert "no test runs: 'Thrice a number.'" in found
