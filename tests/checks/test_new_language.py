"""A new language is new files and a few edited ones, none of them Python."""

import re
import shutil

import pytest
import yaml

from qkv_explained import languages
from tests.checks.copies import by_hand, copied, files, python
from tools.checks import report, words

WORDS = f"{languages.HOME}/de.toml"
# What is written by hand from the words of another language.
ENGLISH = f"{languages.HOME}/en.toml"
GERMAN = {
    "order = 2": "order = 4",
    'name = "English"': 'name = "Deutsch"',
    'english = "English"': 'english = "German"',
    '"en_GB"': '"de_DE"',
    'letters = "[a-z]"': 'letters = "[a-zäöüß]"',
    'percent = "%"': 'percent = "\\u00a0%"',
    'home = "Home"': 'home = "Anfang"',
    'title = "No such page"': 'title = "Keine solche Seite"',
}
MOST_NEW, MOST_EDITED = 21, 11
# How German writes numbers, and what a search in German passes over.
DATA = {"docs/numbers/de.toml", "docs/assets/data/search.de.json"}


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """The repository in a folder of its own."""
    return copied(root, tmp_path_factory.mktemp("language"))


def begin(copy):
    """Write no more than how German is written, into what new.py begins."""
    assert not python(copy, "-m", "tools.new", "language", "de")[0]
    text = (copy / ENGLISH).read_text("utf-8")
    for old, new in GERMAN.items():
        assert old in text, f"{ENGLISH} has no {old}"
        text = text.replace(old, new, 1)
    (copy / WORDS).write_text(text.split("[site]")[0], "utf-8")
    return text


def finish(copy, text):
    """Write the rest by hand: words, pages, a README, rules, claims."""
    (copy / WORDS).write_text(text, "utf-8")
    shutil.copytree(copy / "docs/en", copy / "docs/de")
    for page in (copy / "docs/de").rglob("*.ipynb"):
        page.unlink()
    for name in DATA:
        model = copy / name.replace("de.", "en.")
        # The pages are copies; their English words are known anyway.
        own = re.sub(r"(?s)\[words\].*?(?=\n\[)", "[words]\n",
                     model.read_text("utf-8"))
        (copy / name).write_text(own, "utf-8")
    shutil.copy(copy / "README.md", copy / "README.de.md")
    terms = copy / "docs/terms.yml"
    rules = "de:\n  - {find: Schlüsselwert, write: key, why: its own word}\n\n"
    terms.write_text(terms.read_text("utf-8").replace("zh:\n", rules + "zh:\n",
                                                      1), "utf-8")
    ledger = copy / "docs/claims.yml"
    content = yaml.safe_load(ledger.read_text("utf-8"))
    for claim in content["claims"]:
        for key in ("claim", "exactly"):
            claim[key]["de"] = claim[key]["en"]
    ledger.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def make(copy):
    """Run the commands, or copy what they would make at length."""
    for page in (copy / "docs/en").rglob("*.ipynb"):
        shutil.copy(page, copy / "docs/de" / page.relative_to(
            copy / "docs/en"))
    status, said = python(copy, "-c", (
        "from pathlib import Path; from tools.pages import pins\n"
        "for page in pins.translations():\n"
        "    pins.pin(page)\n"))
    assert not status, said
    drawn = "projection-by-hand"
    status, said = python(copy, "-m", "tools.refresh", "figures", drawn)
    assert not status, said
    assert "docs/made/projection/by-hand.de.svg" in said
    docs = copy / "docs"
    for path in [*docs.glob("made/*/*.en.*"), *docs.glob("assets/*/*.en.*"),
                 docs / "assets/readme/en.png"]:  # fmt: skip
        own = path.with_name(re.sub(r"\ben\.", "de.", path.name))
        if not own.exists():
            shutil.copy(path, own)


@pytest.fixture(scope="module")
def added(copy):
    """What the checks say of a language half begun; the files by hand."""
    before = files(copy)
    text = begin(copy)
    said = python(copy, "-m", "tools.checks")[1]
    finish(copy, text)
    new, edited = by_hand(before, files(copy))
    make(copy)
    return said, new, edited


def test_the_checks_list_whatever_a_language_lacks(added, root):
    said, new, edited = added
    lacking = set(re.findall(r"^([\w./-]+)(?::\d+)?: ", said, re.M))
    assert new - {WORDS} <= lacking
    assert edited <= lacking
    for key in ("site.name", "nav.home", "lost.root", "page.card", "cli.lang",
                "verdicts.half", "bibliography.places.Theorem",
                "widgets.claims.count.other"):  # fmt: skip
        assert f"{WORDS}: lacks {key}; English has" in said
    for name in ("assets/img/social.de.png", "assets/readme/de.png",
                 "made/origins/curves.de.svg",
                 "made/shared-qk/swap.de.json"):  # fmt: skip
        assert f"docs/{name}: is missing; run: python -m" in said
    for name in DATA:
        assert f"{name}: is missing; write it, after the model of" in said


def test_a_new_language_needs_no_python(added, root):
    _, new, edited = added
    pages = {name for name in new if name.startswith("docs/de/")}
    english = set((root / "docs/en").rglob("*.md"))
    assert len(pages) == len(english)
    assert new - pages == {WORDS, "README.de.md", *DATA}
    assert len(new) <= MOST_NEW
    assert len(edited) <= MOST_EDITED
    assert edited == {"docs/terms.yml", "docs/claims.yml"}
    assert not [name for name in new | edited if name.endswith(".py")]


def test_the_checks_find_nothing_when_all_is_there(added, copy):
    status, said = python(copy, "-m", "tools.checks")
    assert not status, said


def test_the_new_language_is_built(added, copy):
    status, said = python(copy, "-m", "tools.site.build", "--lang", "de")
    assert not status, said
    page = (copy / "site/de/concepts/projection/index.html").read_text("utf-8")
    for text in ('<html lang="de"', 'content="de_DE"', "Anfang", "Deutsch",
                 'hreflang="zh"', "assets/img/social.de.png"):  # fmt: skip
        assert text in page
    assert "262,144" in page  # with its mark between thousands
    lost = (copy / "site/de/404.html").read_text("utf-8")
    assert "Keine solche Seite" in lost
    assert (copy / "site/de/assets/widgets/strings.de.json").exists()
    assert 'hreflang="de"' in (copy / "site/index.html").read_text("utf-8")
    choose = (copy / "site/choose.js").read_text("utf-8")
    assert '["zh", "en", "ru", "de"]' in choose


def test_the_languages_are_whole(root):
    assert not report(words.problems(root))


def test_the_small_site_is_clean(tree):
    assert not report(words.problems(tree.root))


RU = f"{languages.HOME}/ru.toml"
PAGE = "docs/ru/concepts/doubling.md"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (RU, 'home = "Начало"\n', "", "lacks nav.home; English has 'Home'"),
        (RU, "[nav]\n", '[nav]\nheim = "x"\n', "has nav.heim, which en.toml"),
        (RU, "{shown} из {all} утверждений", "{shown} утверждений",
         "widgets.claims.count.other leaves room for ['shown'], in English"),
        (RU, 'home = "Начало"', 'home = ""', "nav.home is empty"),
        (RU, 'sample = "внимание"', 'sample = "x"', "has no letter"),
        (PAGE, "    axis:", "    axes:", "lacks figures.doubling-line.axis"),
        (PAGE, "    axis:", "    axes:", "has figures.doubling-line.axes"),
        (PAGE, "idea:", "ideas:", "front matter lacks idea"),
        ("docs/terms.yml", "\nru:\n", "\nuk:\n", "has no rules for ru"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, lines, name, old, new, said):
    tree.replace(name, old, new)
    found = "\n".join(lines(words.problems(tree.root)))
    assert f"{name}:" in found
    assert said in found


@pytest.mark.parametrize("name", [
    RU, "README.ru.md", "docs/made/doubling/line.ru.svg",
])
def test_a_missing_file_is_found(tree, lines, name):
    tree.write("README.md", "# x\n")
    tree.write("README.ru.md", "# x\n")
    tree.path(name).unlink()
    found = lines(words.problems(tree.root))
    assert any(line.startswith(f"{name}: is missing") for line in found)


def test_an_unknown_language_and_word_are_named(tmp_path):
    with pytest.raises(languages.UnknownLanguage, match=r"words/de\.toml is"):
        languages.words("de")
    (tmp_path / "de.toml").write_text("order = 1\n[nav]\nhome = 'x'\n")
    with pytest.raises(languages.MissingWord, match=r"de\.toml: has no nav"):
        languages.words("de", tmp_path)["nav"]["about"]
    (tmp_path / "en.toml").write_text("order = \n")
    with pytest.raises(ValueError, match=r"en\.toml: is not TOML"):
        languages.known(tmp_path)


def test_the_order_of_the_languages_is_theirs(tmp_path):
    for code, order in (("aa", 3), ("bb", 1), ("cc", 2)):
        (tmp_path / f"{code}.toml").write_text(f"order = {order}\n")
    assert languages.known(tmp_path) == ("bb", "cc", "aa")
