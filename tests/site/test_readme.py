"""The READMEs say the same in three languages."""

import pytest

from tools.checks import readme, report

TEXT = """\
# {a}

[{b}](CONTRIBUTING.md) ![{c}](docs/assets/img/site.{lang}.png)

```bash
make serve  # {d}
```

## {e}

| {f} | |
|---|---|
| `docs/` | {g} |
"""


def test_the_readmes_say_the_same(root):
    assert not report(readme.problems(root))


@pytest.fixture
def three(tree):
    for name, lang in zip(
        (readme.PIVOT, *readme.OTHERS), ("en", "zh", "ru"), strict=True
    ):
        words = {letter: f"{letter} {lang}" for letter in "abcdefg"}
        tree.write(name, TEXT.format(lang=lang, **words))
    return tree


def test_good_readmes_are_clean(three):
    assert not report(readme.problems(three.root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("make serve", "make site", "block 1"),
        ("## ", "### ", "heading 2"),
        ("CONTRIBUTING.md", "LICENSE", "link 1"),
        ("| `docs/`", "| `a/` | b |\n| `docs/`", "table 1"),
        ("```bash\nmake serve  # d ru\n```", "", "0 times block"),
    ],
)
def test_planted_difference_is_found(three, lines, old, new, said):
    three.replace("README.ru.md", old, new)
    (found,) = lines(readme.problems(three.root))
    assert found.startswith("README.ru.md: ")
    assert said in found


def test_a_missing_readme_is_found(three, lines):
    three.path("README.zh.md").unlink()
    assert lines(readme.problems(three.root)) == [
        "README.zh.md: missing. Write it"
    ]
