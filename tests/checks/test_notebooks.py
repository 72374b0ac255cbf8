"""Notebooks are re-executed and equal."""

import json

import nbformat
import pytest
from nbconvert import HTMLExporter

from tools.checks import after_looking
from tools.checks import notebooks as check
from tools.pages import reader
from tools.refresh import notebooks
from tools.site.finish import notebook

SOURCE = """\
---
title: Doubling
---

# Doubling {#doubling}

Twice is {{ n("doubling", "twice") }}.

```python
--8<-- "course/concepts/doubling/notebook/01_first.py"
```

## Then {#then}

```python
--8<-- "course/concepts/doubling/notebook/02_then.py"
```

The end.
"""


@pytest.mark.slow
def test_notebooks_are_what_the_cells_give(root):
    differing = [f"{job.path}: {found}" for job in notebooks.jobs(root)
                 if (found := job.run(write=False))]
    assert not differing, after_looking("python -m tools.refresh notebooks")


@pytest.fixture(scope="session")
def made(session_folder, once):
    """A notebook made from two cells in a folder, once a session."""
    root = session_folder / "notebooks"
    text = once("notebook", lambda: make(root))
    return root, root / "docs/en/notebooks/doubling.nb.md", text


def make(root):
    source = root / "docs/en/notebooks/doubling.nb.md"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    cells = root / "qkv_explained/course/concepts/doubling/notebook"
    cells.mkdir(parents=True)
    (cells / "01_first.py").write_text("x = 3\nprint(x)\n", "utf-8")
    (cells / "02_then.py").write_text(
        "import matplotlib.pyplot as plt\n"
        "plt.plot([0, x], [0, 2 * x])\nplt.show()\n2 * x\n",
        "utf-8",
    )
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(notebooks.numbers, "n", lambda *_, **__: "6")
    text = notebooks.text(source, root)
    monkeypatch.undo()
    return text


def test_a_notebook_is_made(made):
    nbformat.validate(nbformat.reads(made[2], as_version=4))
    cells = json.loads(made[2])["cells"]
    assert [cell["cell_type"] for cell in cells] == [
        "markdown", "code", "markdown", "code", "markdown",
    ]  # fmt: skip
    assert [cell["id"] for cell in cells] == [
        "text-01", "01-first", "text-02", "02-then", "text-03",
    ]  # fmt: skip
    assert "".join(cells[0]["source"]) == (
        '# <a id="doubling"></a>Doubling\n\nTwice is 6.'
    )
    assert cells[1]["outputs"] == [
        {"output_type": "stream", "name": "stdout", "text": ["3\n"]}
    ]
    drawing, result = cells[3]["outputs"]
    assert "".join(drawing["data"]["image/svg+xml"]).startswith("<svg")
    assert "style=" not in "".join(drawing["data"]["image/svg+xml"])
    assert result["data"] == {"text/plain": ["6"]}
    assert result["execution_count"] == 2
    assert "execution" not in json.dumps([c["metadata"] for c in cells])


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ('"3\\n"', '"4\\n"', False),
        ("print(x)", "print(3)", False),
        ("The end.", "The End.", False),
        ("<svg", "<svg id=x", False),
        ("The end.", "The end.", True),
    ],
)
def test_planted_difference_is_found(made, old, new, same):
    assert old in made[2]
    assert notebooks.same(made[2], made[2].replace(old, new)) is same


def test_a_cell_that_fails_is_told():
    with pytest.raises(notebooks.NotebookFails, match="NameError"):
        notebooks.execute(("x_ = 1", "y_"))


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('{{ card("x") }}', "a notebook can hold n(), pm() and f() only"),
        ("$W_{{ij}}$", "put a space between two braces"),
        (r"\(x_1\)", "put it between dollars"),
        (r"\begin{align}x\end{align}", "put it between dollars"),
        ("It costs $5.", r"write \$5"),
        ("It costs $5-$10.", r"write \$5"),
    ],
)
def test_what_the_site_would_show_otherwise_is_refused(made, planted, said):
    root, source, _ = made
    other = source.with_name("other.nb.md")
    other.write_text(SOURCE.replace("The end.", planted), "utf-8")
    with pytest.raises(notebooks.NotebookFails) as refused:
        notebooks.text(other, root)
    other.unlink()
    assert f"other.nb.md:{SOURCE.count(chr(10))}: " in str(refused.value)
    assert said in str(refused.value)


def test_money_is_not_refused():
    page = reader.parse(r"\$5, `$6`, $x$" + "\n```\n$7\n```\n")
    assert not notebooks.problems(page)


def prose(text):
    """What the site makes of a cell of prose, nbconvert included."""
    cells = []
    notebooks._add_prose(cells, [text], (), "en")
    made = nbformat.reads(json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ), 4)
    return notebook.adopt(HTMLExporter().from_notebook_node(made)[0], "en")[0]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("$$\ny = x~z \\\\ *a* < 3\n$$",
         '<div class="arithmatex">\\[y = x~z \\\\ *a* &lt; 3\\]</div>'),
        ("a $$y$$ b", '<div class="arithmatex">\\[y\\]</div>'),
        ("$a_1 * b_1 * c~d$",
         '<span class="arithmatex">\\(a_1 * b_1 * c~d\\)</span>'),
        ("a~b", "<p>a~b</p>"),
        (r"\$5 and \$6; $x$", '<span>$</span>5 and <span>$</span>6; '
         '<span class="arithmatex">\\(x\\)</span>'),
        ("`$x$`", "<code>$x$</code>"),
        ("```\n$$x$$\n```", "<pre><code>$$x$$\n</code></pre>"),
    ],
)
def test_formulas_and_money_in_a_cell(written, shown):
    assert shown in prose(written)


def test_a_notebook_without_a_source_is_found(tree, lines):
    assert not lines(check.problems(tree.root))
    tree.write("docs/en/notebooks/doubling.ipynb", "{}")
    (found,) = lines(check.problems(tree.root))
    assert "has no source" in found
