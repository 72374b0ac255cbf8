"""A small site without a fault, for the checks to find planted defects in.

`tree` is a folder with the layout of the repository: one concept, one page in
three languages, as small.yml has them. A test changes one thing and expects
one check to say so.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from qkv_explained import languages
from tools.checks import report
from tools.pages import pins
from tools.places import ROOT

SMALL = yaml.safe_load(Path(__file__).with_name("small.yml").read_text())


class Tree:
    """A small repository in a folder, its `root`."""

    def __init__(self, root):
        self.root = root

    def path(self, name):
        """A file of the tree."""
        return self.root / name

    def read(self, name):
        """The text of a file."""
        return self.path(name).read_text("utf-8")

    def write(self, name, text):
        """Write a file, with its folders."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def copy(self, name):
        """Take a file of the repository."""
        return self.write(name, (ROOT / name).read_text("utf-8"))

    def replace(self, name, old, new):
        """Plant a defect: put one text in the place of another, once."""
        text = self.read(name)
        assert old in text, f"{name} holds no {old!r}"
        return self.write(name, text.replace(old, new, 1))


@pytest.fixture(scope="session")
def small_site(tmp_path_factory):
    """The small repository, written once."""
    tree = Tree(tmp_path_factory.mktemp("small"))
    for name, text in SMALL["files"].items():
        tree.write(name, text)
    for lang, words in SMALL["words"].items():
        tree.copy(f"{languages.HOME}/{lang}.toml")
        for name, text in SMALL["translated"].items():
            for key, word in {**words, "lang": lang}.items():
                name, text = (part.replace(f"<{key}>", word)
                              for part in (name, text))
            tree.write(name, text)
    rules = (ROOT / "docs/terms.yml").read_text("utf-8").split("\nallow:")[0]
    tree.write("docs/terms.yml", f"{rules}\nallow: []\n")
    for page in pins.translations(tree.root):
        pins.pin(page, tree.root)
    return tree


@pytest.fixture
def tree(small_site, tmp_path):
    """A small repository without a fault."""
    shutil.copytree(small_site.root, tmp_path, dirs_exist_ok=True)
    return Tree(tmp_path)


@pytest.fixture
def lines():
    """Turn problems into lines of text, for a test to look into."""
    return lambda problems: [str(problem) for problem in sorted(problems)]


@pytest.fixture
def clean():
    """Fail with the whole list of what a check has found."""

    def none(problems):
        if problems:
            pytest.fail(report(problems), pytrace=False)

    return none
