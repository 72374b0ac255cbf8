"""What a concept, a myth and a language cost: new files, and edited ones.

All three are added to one copy of the repository, with the scaffold and then
by hand, as one would; nothing is then lacking, and the site is built.
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from qkv_explained import languages
from tools import new
from tools.checks import course, report
from tools.places import ROOT

KEPT = {".ci", ".github", ".gitignore", ".pre-commit-config.yaml"}
DATA = yaml.safe_load(Path(__file__).with_name("additions.yml").read_text())
WORDS, ENGLISH = (f"{languages.HOME}/{lang}.toml" for lang in ("de", "en"))
# How German writes numbers, and what a search in German passes over.
NUMBERS = ["docs/numbers/de.toml", "docs/assets/data/search.de.json"]
PINS = ("from tools.pages import pins\n"
        "for page in pins.translations(): pins.pin(page)\n")
REFRESH = """from tools.refresh.__main__ import refresh
for kind, *names in {}:
    print(*refresh(kind, names, True), sep="\\n")
"""


class Copy:
    """A copy of the repository, but for what is installed or built in it."""

    def __init__(self, folder):
        self.root = folder / "copy"
        if not self.root.exists():
            shutil.copytree(ROOT, self.root, ignore=self.left_out)

    def left_out(self, where, names):
        at_top = {"site", "dist", "build"} if where == str(ROOT) else set()
        return {name for name in names if name in at_top
                or name in ("node_modules", "__pycache__")
                or (name.startswith(".") and name not in KEPT)}

    def files(self):
        """What every file holds, by its path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*") if path.is_file()
            and not {"__pycache__", ".cache"} & {*path.parts}}

    def run(self, *arguments, status=0):
        """Run a tool of the copy; return what it said."""
        environment = {**os.environ, "PYTHONPATH": str(self.root),
                       "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=environment,
            capture_output=True, encoding="utf-8")
        said = done.stdout + done.stderr
        assert status is None or done.returncode == status, said
        return said

    def replace(self, name, *changes):
        """Write by hand into a file that the scaffold began."""
        path = self.root / name
        text = path.read_text("utf-8")
        for old, *to, put in changes:
            begin = text.find(old)
            assert begin >= 0, f"{path} has no {old!r}"
            end = text.index(to[0], begin) if to else begin
            end += len(to[0] if to else old)
            text = text[:begin] + put + text[end:]
        path.write_text(text, "utf-8")

    def write_topics(self):
        """Fill in the topics' pages in three languages, and other files."""
        for lang, said in DATA["prose"].items():
            for page in ("concepts/sharpness.md", "myths/one-head.md"):
                name = f"docs/{lang}/{page}"
                text = (self.root / name).read_text("utf-8")
                self.replace(name, *(
                    (old, put.format(*said)) for old, put in DATA["page"]
                    if old in text))
        for name, changes in DATA["files"].items():
            self.replace(name, *changes)
        ledger = self.root / "docs/claims.yml"
        text = ledger.read_text("utf-8").rstrip()
        claim = textwrap.indent(DATA["claim"], "  ")
        ledger.write_text(f"{text}\n{claim}", "utf-8")

    def speak_german(self):
        """Write the rest by hand: words, pages, a README, rules, claims."""
        shutil.copy(self.root / ENGLISH, self.root / WORDS)
        self.replace(WORDS, *DATA["german"])
        shutil.copytree(self.root / "docs/en", self.root / "docs/de",
                        ignore=shutil.ignore_patterns("*.ipynb"))
        for name in NUMBERS:
            model = (self.root / name.replace("de.", "en.")).read_text("utf-8")
            # The pages are copies; their English words are known anyway.
            (self.root / name).write_text(re.sub(
                r"(?s)\[words\].*?(?=\n\[)", "[words]\n", model), "utf-8")
        shutil.copy(self.root / "README.md", self.root / "README.de.md")
        self.replace("docs/terms.yml", ("zh:\n", "de:\n  - {find: Schlüssel"
                     "wert, write: key, why: its own word}\n\nzh:\n"))
        ledger = self.root / "docs/claims.yml"
        content = yaml.safe_load(ledger.read_text("utf-8"))
        for claim in content["claims"]:
            for key in ("claim", "exactly"):
                claim[key]["de"] = claim[key]["en"]
        ledger.write_text(yaml.safe_dump(content, allow_unicode=True))

    def make(self):
        """Run the commands, or copy what they would make at length."""
        docs = self.root / "docs"
        for page in (docs / "en").rglob("*.ipynb"):
            shutil.copy(page, docs / "de" / page.relative_to(docs / "en"))
        out = docs / "made/one-head/result.json"
        out.parent.mkdir()
        topics = ["sharpness", "one-head"]
        self.run("-c", REFRESH.format([["map"]]))
        self.run("-m", "qkv_explained", "myth", "one-head", "--size", "full",
                 "--out", str(out.relative_to(self.root)))
        said = self.run("-c", REFRESH.format([
            ["outputs", *topics], ["facts", "sharpness"],
            ["figures", *topics, "projection-by-hand"]]) + PINS)
        assert "docs/made/projection/by-hand.de.svg" in said
        for path in [*docs.glob("made/*/*.en.*"), *docs.glob("assets/*/*.en.*"
                     ), docs / "assets/readme/en.png"]:
            own = path.with_name(re.sub(r"\ben\.", "de.", path.name))
            if not own.exists():
                shutil.copy(path, own)


def by_hand(before, after):
    """The new files and the edited ones."""
    return (sorted(after.keys() - before.keys()),
            sorted(n for n in before if after.get(n) != before[n]))


def add(folder):
    """Add all three; say what the checks said, and what was written."""
    copy = Copy(folder)
    steps = [copy.files()]
    for words in ("concept sharpness", "myth one-head", "language de"):
        copy.run("-m", "tools.new", *words.split())
        steps.append(copy.files())
    english = (copy.root / ENGLISH).read_text("utf-8").split("[site]")[0]
    (copy.root / WORDS).write_text(english, "utf-8")
    copy.replace(WORDS, *DATA["german"][:6])
    begun = copy.run("-m", "tools.checks", status=None)
    start = copy.files()
    copy.write_topics()
    topics = copy.files()
    copy.speak_german()
    written = {
        "concept": by_hand(*steps[:2]), "myth": by_hand(*steps[1:3]),
        "topics": by_hand(start, topics),
        "language": by_hand(
            {name: text for name, text in topics.items() if name != WORDS},
            copy.files())}
    copy.make()
    return {"begun": begun, "written": written}


@pytest.fixture(scope="session")
def folder(session_folder):
    """Where the copy is."""
    (session_folder / "additions").mkdir(exist_ok=True)
    return session_folder / "additions"


@pytest.fixture(scope="session")
def added(once, folder):
    return once("additions", lambda: add(folder))


@pytest.fixture
def copy(added, folder):
    return Copy(folder)


@pytest.mark.parametrize(("kind", "edited"), [
    ("concept", ["qkv_explained/course/order.toml"]),
    ("myth", ["qkv_explained/course/order.toml"]),
])
def test_a_topic_costs_ten_new_files_and_a_line(added, kind, edited):
    """And a myth its claims: nothing else is edited to fill in the files."""
    new_files, also = added["written"][kind]
    assert len(new_files) == 10, new_files
    assert also == edited
    more, filled_in = added["written"]["topics"]
    both = added["written"]["concept"][0] + added["written"]["myth"][0]
    assert more == []
    assert set(filled_in) <= {*both, "docs/claims.yml"}


@pytest.mark.parametrize("said", [
    "topic.toml: formula is empty",
    "qkv_explained/sharpness.py:1: has no docstring",
    "docs/ru/concepts/sharpness.md:1: its front matter leaves idea empty",
    "docs/zh/concepts/sharpness.md:15: the text alternative of figure",
    "docs/en/concepts/sharpness.md:27: give at least two options",
    "numbers.json: missing; run: python -m tools.refresh facts sharpness",
])
def test_what_a_topic_still_lacks_is_told(added, said):
    assert said in added["begun"]


def test_what_a_myth_still_lacks_is_told(tree):
    order = "qkv_explained/course/order.toml"
    tree.replace(order, '"concepts/doubling"',
                 '"concepts/doubling", "myths/no-zero"')
    folder = "qkv_explained/course/myths/no_zero"
    for lang in languages.LANGUAGES:
        page = tree.read(f"docs/{lang}/concepts/doubling.md").replace(
            "course/concepts/doubling", "course/myths/no_zero")
        tree.write(f"docs/{lang}/myths/no-zero.md",
                   page.replace("doubling-line", "no-zero-line"))
    found = report(course.problems(tree.root))
    assert f"{folder}/topic.toml: missing." in found
    topic = tree.read("qkv_explained/course/concepts/doubling/topic.toml")
    tree.write(f"{folder}/topic.toml", topic.replace(
        "explained.doubling", "explained.course.myths.no_zero.experiment"))
    tree.write("docs/claims.yml", "claims: []")
    found = report(course.problems(tree.root))
    for part in (f"add the module {folder}/experiment.py",
                 "add tests/library/test_experiment.py",
                 "docs/made/no-zero/line.ru.svg is missing; run: python -m",
                 "docs/made/no-zero/result.json is missing; run: python -m",
                 'needs {{ card("no-zero") }}'):
        assert part in found


def test_whatever_a_language_lacks_is_told(added):
    said = added["begun"]
    new_files, edited = added["written"]["language"]
    lacking = set(re.findall(r"^([\w./-]+)(?::\d+)?: ", said, re.M))
    assert {*new_files, *edited} - {WORDS} <= lacking
    for key in ("site.name", "nav.home", "lost.root", "page.card", "cli.lang",
                "verdicts.half", "bibliography.places.Theorem",
                "widgets.claims.count.other"):
        assert f"{WORDS}: lacks {key}; English has" in said
    for name in ("assets/img/social.de.png", "assets/readme/de.png",
                 "made/origins/curves.de.svg", "made/shared-qk/swap.de.json"):
        assert f"docs/{name}: is missing; run: python -m" in said
    for name in NUMBERS:
        assert f"{name}: is missing; write it, after the model of" in said


def test_a_new_language_is_pages_and_four_files_and_no_python(added, root):
    new_files, edited = added["written"]["language"]
    pages = {name for name in new_files if name.startswith("docs/de/")}
    # With the new concept and the new myth.
    assert len(pages) == len([*(root / "docs/en").rglob("*.md")]) + 2
    assert {*new_files} - pages == {WORDS, "README.de.md", *NUMBERS}
    assert edited == ["docs/claims.yml", "docs/terms.yml"]


def test_nothing_is_lacking_when_all_is_there(copy):
    copy.run("-m", "tools.checks")


def test_the_tests_of_the_new_topics_pass(copy):
    copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider",
             "tests/library/test_sharpness.py",
             "tests/course/test_one_head.py")


def test_what_is_new_is_built(copy):
    copy.run("-m", "tools.site.build", "--lang", "de")
    site = copy.root / "site"

    def built(name):
        return (site / name).read_text("utf-8")

    page = built("de/concepts/projection/index.html")
    for text in ('<html lang="de"', 'content="de_DE"', "Anfang", "Deutsch",
                 'hreflang="zh"', "assets/img/social.de.png"):
        assert text in page
    assert "6,303,744" in built(  # with its mark between thousands
        "de/concepts/weight-dimensions/index.html")
    for topic in ("concepts/sharpness", "myths/one-head"):
        assert DATA["prose"]["en"][1] in built(f"de/{topic}/index.html")
    assert "Keine solche Seite" in built("de/404.html")
    assert (site / "de/assets/widgets/strings.de.json").exists()
    assert 'hreflang="de"' in built("index.html")
    assert '["zh", "en", "ru", "de"]' in built("choose.js")


@pytest.mark.parametrize(("kind", "name", "said"), [
    ("concept", "Soft_max", "small letters, digits and single hyphens"),
    ("concept", "json", "Python or a library has this name"),
    ("myth", "class", "Python or a library has this name"),
    ("concept", "projection", "lists it already"),
    ("language", "german", "two or three letters"),
    ("language", "ru", "words/ru.toml: is there already"),
])
def test_a_name_that_will_not_do_is_refused(root, kind, name, said):
    with pytest.raises(new.Refused, match=re.escape(said)):
        new.new(kind, name, root)


def test_what_is_there_is_never_overwritten(tree):
    page = tree.write("docs/ru/concepts/sharpness.md", "# Моё\n")
    with pytest.raises(new.Refused, match="nothing was written"):
        new.new("concept", "sharpness", tree.root)
    assert page.read_text("utf-8") == "# Моё\n"
    assert not tree.path("qkv_explained/sharpness.py").exists()
    assert "sharpness" not in tree.read("qkv_explained/course/order.toml")
