"""The checker of the exercises is itself checked.

Every mistake of the zoo is caught and named; right answers in other styles
are accepted; solutions pass. What runs in a process of its own is in
test_exercise_process.py.
"""

import contextlib
import io
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from qkv_explained.course.exercises import examine, files, tell
from qkv_explained.languages import LANGUAGES, words
from tests.course.variants import VARIANTS

ROOT = Path(__file__).resolve().parents[2]
ZOO = sorted((ROOT / "qkv_explained/course/zoo").glob("*/zoo.toml"))
PARTS = [(name, part.name) for name in files.names()
         for part in files.parts(name)]
UNLISTED = yaml.safe_load(
    Path(__file__).with_name("unlisted.yml").read_text("utf-8"))
_made = {}


def prepared(name: str, function: str) -> examine.Prepared:
    """A task with its right and wrong answers, computed once."""
    if (name, function) not in _made:
        part = next(p for p in files.parts(name) if p.name == function)
        _made[name, function] = examine.prepare(part)
    return _made[name, function]


def defined(code: str) -> dict:
    """What a file defines, without what it prints."""
    found: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "learner.py", "exec"), found)
    return found


def judge(name: str, function: str, code: str) -> list[examine.Finding]:
    """What the checker finds in a function of a file."""
    return examine.examine(defined(code)[function],
                           prepared(name, function), "learner.py")


@pytest.mark.parametrize(("name", "function"), PARTS)
def test_the_published_solution_passes(name, function):
    assert judge(name, function, files.solution(name)) == []


@pytest.mark.parametrize("what", VARIANTS)
def test_a_right_variant_is_accepted(what):
    name, code = VARIANTS[what]
    for function in files.functions(name):
        assert judge(name, function, code) == [], function


@pytest.mark.parametrize("entry", ZOO, ids=lambda path: path.parent.name)
def test_the_zoo_is_caught_and_named(entry):
    told = tomllib.loads(entry.read_text("utf-8"))
    source = next(entry.parent.glob("snippets/*.py"))
    found = judge(told["exercise"], told["function"],
                  source.read_text("utf-8"))
    if not told["mistakes"]:  # a false alarm
        assert found == []
        return
    assert [f.key for f in found] == ["mistake"]
    assert found[0].values["bugs"] == told["mistakes"]


@pytest.mark.parametrize(("name", "function"), PARTS)
def test_every_known_mistake_is_named_as_itself(name, function):
    task = prepared(name, function)
    for bug in task.part.bugs:
        found = examine.examine(
            lambda *args, bug=bug: task.part.model(
                *args, bugs=frozenset({bug})), task)
        assert [f.key for f in found] == ["mistake"], bug
        assert found[0].values["bugs"] == [bug]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_has_its_words(lang):
    said = words(lang)["exercise"]
    bugs = {bug for name, function in PARTS
            for bug in prepared(name, function).part.bugs}
    assert set(said["mistakes"]) == bugs
    names = {prop for name, function in PARTS
             for prop in prepared(name, function).part.properties}
    assert set(said["properties"]) == names | {"repeatable"}
    source = "".join(
        path.read_text("utf-8") for path in
        (ROOT / "qkv_explained/course/exercises").glob("*.py"))
    for key in set(said["say"]) - {"forbidden", "memoryerror", "systemexit"}:
        assert f'"{key}"' in source, key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", files.names())
def test_the_file_to_start_with_asks_for_every_function(name, lang):
    text = files.start(name, lang, "title", "command")
    compile(text, "start.py", "exec")
    begun = defined(text)
    for function in files.functions(name):
        found = examine.examine(begun[function], prepared(name, function))
        assert [f.key for f in found] == ["not_written"]
        assert set(files.texts()[name][lang]) == {
            "task", "hint", *files.functions(name)}
    body = re.sub(r"(?m)^\s*#.*$", "", text)
    assert "softmax(dim" not in body  # nothing of the solution is left


@pytest.mark.parametrize("what", UNLISTED)
def test_a_mistake_that_nobody_listed_is_caught(what):
    name, function, code = UNLISTED[what]
    assert judge(name, function, code)


GOOD = "return Q @ K.mT / K.shape[-1] ** 0.5"
TOLD = {
    "none": "pass",
    "not_tensor": "return (Q @ K.mT).numpy()",
    "shape": "return (Q @ K.mT).sum(-1)",
    "dtype": "return (Q @ K.mT).round().long()",
    "nan": "return (Q @ K.mT) * float('nan')",
    "inf": "return (Q @ K.mT) / 0",
    "changed": f"Q /= 2; {GOOD}",
    "raised": "return Q @ K",
    "factor": "return 3 * (Q @ K.mT) / K.shape[-1] ** 0.5",
    "negated": "return -(Q @ K.mT) / K.shape[-1] ** 0.5",
    "offset": "return (Q @ K.mT) / K.shape[-1] ** 0.5 + 1",
    "ordered": "return ((Q @ K.mT) / K.shape[-1] ** 0.5).flip(-1)",
    "slices": "s = (Q @ K.mT) / K.shape[-1] ** 0.5; "
              "s[..., 0, :] *= 2; return s",
    "differs": "return (Q @ K.mT).sin()",
    "systemexit": "raise SystemExit(3)",
    "memoryerror": "raise MemoryError",
}


@pytest.mark.parametrize("key", TOLD)
def test_what_is_wrong_is_told(key):
    found = judge("scaling", "scaled_scores",
                  f"def scaled_scores(Q, K):\n    {TOLD[key]}\n")
    told = [f.key for f in found]
    assert told[0] == key
    for lang in LANGUAGES:
        for text in tell.findings([(f.key, f.values) for f in found],
                                  "scaled_scores", lang):
            assert "{" not in text
            assert text


def test_random_results_are_told():
    found = judge("softmax", "softmax", """
import torch
calls = []
def softmax(scores):
    calls.append(1)
    noise = 0.1 if len(calls) > 20 else 0
    return scores.softmax(-1) + noise * len(calls)
""")
    assert "repeatable" in [f.values.get("name") for f in found]


def test_where_it_happens_to_be_right_is_told():
    found = judge("scaling", "scaled_scores", """
def scaled_scores(Q, K):
    s = Q @ K.mT / K.shape[-1] ** 0.5
    return s if Q.shape[0] == Q.shape[1] else s.cos()
""")
    assert ("only_equal", {"a": "batch", "b": "heads"}) in [
        (f.key, f.values) for f in found]


def test_two_mistakes_at_once_are_both_named():
    found = judge("attention", "attention", """
def attention(Q, K, V):
    return (Q @ K.mT).softmax(-2) @ V
""")
    assert found[0].values["bugs"] == ["wrong_axis", "no_scale"]
