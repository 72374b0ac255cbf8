"""Every check is clean where nothing is wrong, and finds what is planted.

The defects are data, planted/<check>.yml. A row says what stands in a file of
the small site, what takes its place, and what the check must say of it. A
group of rows may share

    file          the file that is changed; else a row begins with it
    before, for   what the new text is put before, or in the place of
    said          what the check must say, one thing or a list
    only          true where nothing else may be said than of that file
    right         rows of what must not be found

and all groups of a file what the small site needs first: `copied` from the
repository, `written`, `changed`; `langs` are the languages looked at, `check`
the check, if the file is not named like it. Nothing (~) in place of the old
text means the whole file, in place of both no file.
"""

from importlib import import_module
from pathlib import Path

import pytest
import yaml
from sybil import Document

from qkv_explained.languages import LANGUAGES
from tools.checks import (
    alternates,
    blocks,
    chance,
    formula_facts,
    formulas,
    links,
    resources,
    zensical,
)
from tools.places import ROOT
from tools.refresh import outputs
from tools.run import examples
from tools.site.finish import csp
from tools.site.finish import formulas as finish

PLANTED = {path.stem: yaml.safe_load(path.read_text("utf-8"))
           for path in sorted(Path(__file__).parent.glob("planted/*.yml"))}
MENU = [{"Home": "index.md"}, {"Concepts": ["concepts/doubling.md"]}]


def rows(kind):
    """All rows of a kind: check, file, old, new, said, and whether alone."""
    found = []
    for check, data in PLANTED.items():
        for group in data["groups"]:
            for row in group.get(kind, []):
                row = row if isinstance(row, list) else [row]
                file, *row = [*filter(None, [group.get("file")]), *row]
                said = group.get("said")
                if kind == "defects" and said is None:
                    *row, said = row
                anchor = group.get("before") or group.get("for")
                if anchor and "before" in group:
                    gap = "\n\n" if file.endswith(".md") else ""
                    row = [anchor, f"{row[0]}{gap}{anchor}"]
                elif anchor:
                    row = [anchor, *row]
                old, new = row
                said = [said] if isinstance(said, str) else said
                found.append((check, file, old, new, said,
                              group.get("only", False)))
    return found


def named(row):
    """A name for a row: its check, and what the check says."""
    check, _, _, new, said, _ = row
    text = (said or [new])[0] if said != [] else new
    return f"{check}: {text}"[:60].encode("ascii", "replace").decode()


def fences_run(root):
    """What the examples of the small page say when they run."""
    found = []
    page = str(root / "docs/en/concepts/doubling.md")
    for example in Document.parse(page, examples.parse).examples():
        try:
            example.evaluate()
        except AssertionError as error:
            found.append(str(error))
    return found


def by_chance(root):
    """What depends on chance in the snippet of the small page."""
    (path,) = outputs.snippets(root)
    return [said for _, said in chance.problems(path.read_text("utf-8"))]


# A check is called with the root, the built site, and languages.
CALLS = {
    "alternates": lambda root, site, langs: alternates.problems(site, langs),
    "blocks": lambda root, site, langs: blocks.problems(site, root, langs),
    "links": lambda root, site, langs: links.problems(site),
    "resources": lambda root, site, langs: resources.problems(site),
    "formulas": lambda root, site, langs: formulas.problems(
        site, finish.rendered() if root == ROOT else {"I x": "<b>x</b>"}),
    "formula_facts": lambda root, site, langs: formula_facts.problems(
        root, langs),
    "chance": lambda root, site, langs: by_chance(root),
    "sybil": lambda root, site, langs: fences_run(root),
    "zensical": lambda root, site, langs: zensical.of_language(
        root, site, "en", MENU),
}
OF_SITE = {"alternates", "blocks", "links", "resources", "formulas"}
# Tests of their own look at the repository with these.
SMALL_ONLY = {"chance", "prose_readmes", "sybil", "zensical"}


def look(check, root, site, langs):
    """What a check says."""
    if check in CALLS:
        return list(CALLS[check](root, site, langs))
    return import_module(f"tools.checks.{check}").problems(root)


@pytest.fixture
def small(tree):
    """Prepare the small site for a check; look at it with the check."""

    def prepare(check):
        data = PLANTED[check]
        for name in data.get("copied", []):
            tree.copy(name)
        for name, text in data.get("written", {}).items():
            tree.write(name, text)
        for change in data.get("changed", []):
            tree.replace(*change)
        if check == "resources":
            csp.apply(tree.path("site"))
        langs = tuple(data.get("langs", LANGUAGES))
        return lambda: look(data.get("check", check), tree.root,
                            tree.path("site"), langs)

    return prepare


def put(tree, file, old, new):
    """Change a file as a row says."""
    if old is not None:
        tree.replace(file, old, new)
    elif new is not None:
        tree.write(file, new)
    else:
        tree.path(file).unlink()


@pytest.mark.parametrize("check", sorted(
    PLANTED.keys() - SMALL_ONLY | {"results"}))
def test_nothing_is_wrong(check, request, clean):
    site = None
    if check in OF_SITE:
        site = request.getfixturevalue("built_site")
    clean(look(check, ROOT, site, LANGUAGES))


@pytest.mark.parametrize("check", PLANTED)
def test_the_small_site_is_clean(check, small, clean):
    clean(small(check)())


@pytest.mark.parametrize("row", rows("defects"), ids=named)
def test_planted_defect_is_found(row, small, tree):
    check, file, old, new, said, only = row
    looked = small(check)
    put(tree, file, old, new)
    found = sorted(map(str, looked()))
    assert found
    for words in said:
        assert words in "\n".join(found)
    if only:
        assert all(line.startswith(file) for line in found), found


@pytest.mark.parametrize("row", rows("right"), ids=named)
def test_what_is_right_is_let_be(row, small, tree, clean):
    check, file, old, new, *_ = row
    looked = small(check)
    put(tree, file, old, new)
    clean(looked())
