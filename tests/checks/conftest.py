"""A small site without a fault, for the checks to find planted defects in.

`tree` is a folder with the layout of the repository: one concept, one page in
three languages. A test changes one thing and expects one check to say so.
"""

from pathlib import Path

import pytest

from qkv_explained import languages
from qkv_explained.course import Concept, Source
from tools.checks import report
from tools.pages import pins

PAGE = """\
---
title: {title}
description: {description}
idea: "{description}"
figures:
  doubling-line:
    axis: {word}
---

# {title} {{#doubling}}

{opening}{space}$y = 2x$ [{link}](../index.md#start)

{{{{ card("doubling") }}}}

{{{{ figure("doubling-line", alt="{alt}", caption="{caption}") }}}}

## {by_hand} {{#by-hand}}

```python title="doubling/by_hand.py"
--8<-- "course/concepts/doubling/snippets/by_hand.py"
```
``` {{ .text .output }}
--8<-- "course/concepts/doubling/snippets/by_hand.out"
```

$$y = 2x \\quad \\text{{{word}}}$$

!!! question "{question}"
    {answer} {{{{ n("doubling", "twice") }}}}

    ```python title="qkv_explained/doubling.py"
    --8<-- "doubling.py:imports"


    --8<-- "doubling.py:double"
    ```

<div class="predict" id="predict-doubling" data-answer="2" markdown>

{question}

1. 5
2. 6

??? answer "{reveal}"
    {answer}

</div>

| x | y |
|---|---|
| 1 | 2 |
"""
INDEX = """\
---
title: {title}
description: {description}
---

# {title} {{#start}}

{opening}
"""
WORDS = {
    "en": {
        "title": "Doubling",
        "description": "What doubling does to a number.",
        "opening": "To double a number is to add it to itself:",
        "link": "begin here",
        "space": " ",
        "alt": "A straight line through zero that climbs two for every one.",
        "caption": "Twice as much.",
        "by_hand": "By hand",
        "word": "always",
        "question": "And three?",
        "answer": "Twice three is",
        "reveal": "Reveal",
    },
    "zh": {
        "title": "加倍",
        "description": "加倍对一个数做了什么。",
        "opening": "加倍就是把一个数加到它自己上：",
        "link": "从这里开始",
        "space": "",
        "alt": "一条经过零点的直线，横走一格就升高两格。",
        "caption": "两倍。",
        "by_hand": "手算",
        "word": "总是",
        "question": "三呢？",
        "answer": "三的两倍是",
        "reveal": "揭晓",
    },
    "ru": {
        "title": "Удвоение",
        "description": "Что удвоение делает с числом.",
        "opening": "Удвоить число — значит сложить его с собой:",
        "link": "начните здесь",
        "space": " ",
        "alt": "Прямая через нуль: на каждый шаг вправо два шага вверх.",
        "caption": "Вдвое больше.",
        "by_hand": "Вручную",
        "word": "всегда",
        "question": "А три?",
        "answer": "Дважды три —",
        "reveal": "Открыть ответ",
    },
}
MODULE = '''\
"""Doubling of numbers."""

# --8<-- [start:imports]
import math
# --8<-- [end:imports]


# --8<-- [start:double]
def double(x: float) -> float:
    """Twice a number.

    Args:
        x: A number.

    Returns:
        Twice as much.
    """
    return math.ldexp(x, 1)
# --8<-- [end:double]
'''
SNIPPET = """\
x = 3
y = 2 * x  # y = 2x
print(y)
"""
CONFIG = """\
docs_dir: docs/zh
theme:
  language: zh
"""
TOPIC = "qkv_explained/course/concepts/doubling"
TOPIC_FILE = """\
formula = "y = 2x"
module = "qkv_explained.doubling"
prerequisites = []
sources = [{ key = "euclid", where = "book 5" }]
"""
ORDER = """\
[[part]]
id = "home"
pages = ["index"]

[[part]]
id = "concepts"
pages = ["concepts/doubling"]

[[part]]
id = "reference"
pages = ["reference/api/doubling", "reference/sources"]
"""
REFERENCE = """\
---
title: {title}
description: {description}
---

# {title} {{#{id}}}

{body}
"""


class Tree:
    """A small repository in a folder.

    Attributes:
        root: The folder.
        concept: What its map holds.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.concept = Concept(
            id="doubling",
            titles={lang: words["title"] for lang, words in WORDS.items()},
            ideas={lang: words["opening"] for lang, words in WORDS.items()},
            formula="y = 2x",
            module="qkv_explained.doubling",
            snippets=("by_hand",),
            page="concepts/doubling.md",
            figures=("doubling-line",),
            widgets=(),
            notebooks=(),
            prerequisites=(),
            tests=("tests/library/test_doubling.py",),
            sources=(Source("euclid", "book 5"),),
        )

    def path(self, name: str) -> Path:
        """A file of the tree."""
        return self.root / name

    def write(self, name: str, text: str) -> Path:
        """Write a file, with its folders."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def replace(self, name: str, old: str, new: str) -> Path:
        """Plant a defect: put one text in the place of another, once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} holds no {old!r}"
        return self.write(name, text.replace(old, new, 1))

    def plant(self) -> None:
        """Write all files."""
        self.write("mkdocs.yml", CONFIG)
        for lang in WORDS:
            file = languages.FOLDER / f"{lang}.toml"
            self.write(f"{languages.HOME}/{lang}.toml",
                       file.read_text(encoding="utf-8"))
        for lang, words in WORDS.items():
            self.write(f"docs/{lang}/index.md", INDEX.format(**words))
            page = PAGE.format(**words)
            self.write(f"docs/{lang}/concepts/doubling.md", page)
            for name, body in (
                ("api/doubling", "::: qkv_explained.doubling"),
                ("sources", f"## Euclid {{#euclid}}\n\n{words['opening']}"),
            ):
                text = REFERENCE.format(
                    id=name.split("/")[-1], body=body, **words
                )
                self.write(f"docs/{lang}/reference/{name}.md", text)
            svg = f"<svg><text>{words['word']} 2.5</text></svg>\n"
            self.write(f"docs/made/doubling/line.{lang}.svg", svg)
        terms = Path(__file__).resolve().parents[2] / "docs" / "terms.yml"
        rules = terms.read_text(encoding="utf-8").split("\nallow:")[0]
        self.write("docs/terms.yml", f"{rules}\nallow: []\n")
        self.write(
            "docs/made/doubling/numbers.json",
            '{"name": "doubling", "command": "x", "values": {"twice": 6}}',
        )
        self.write("qkv_explained/__init__.py", '"""Numbers."""\n')
        self.write("qkv_explained/doubling.py", MODULE)
        self.write(f"{TOPIC}/snippets/by_hand.py", SNIPPET)
        self.write(f"{TOPIC}/snippets/by_hand.out", "6\n")
        self.write(
            f"{TOPIC}/figures/line.py",
            "def draw(labels):\n    return None\n",
        )
        self.write("tests/library/test_doubling.py", "")
        self.write(f"{TOPIC}/topic.toml", TOPIC_FILE)
        self.write("qkv_explained/course/order.toml", ORDER)
        for page in pins.translations(self.root):
            pins.pin(page, self.root)


@pytest.fixture
def tree(tmp_path):
    """A small repository without a fault."""
    made = Tree(tmp_path)
    made.plant()
    return made


@pytest.fixture
def lines():
    """Turn problems into lines of text, for a test to look into."""

    def text(problems):
        return [str(problem) for problem in sorted(problems)]

    return text


@pytest.fixture
def clean():
    """Fail with the whole list of what a check has found."""

    def none(problems):
        if problems:
            pytest.fail(report(problems), pytrace=False)

    return none
