"""Numbers on pages come from result files, and these from code."""

import json
import re

import pytest

from qkv_explained.course import myths
from tools.checks import after_looking, numbers, results
from tools.refresh import facts
from tools.run import examples

EN = "docs/en/concepts/doubling.md"
RU = "docs/ru/concepts/doubling.md"
ZH = "docs/zh/concepts/doubling.md"
TWICE = '{{ n("doubling", "twice") }}'


def test_no_number_is_typed_or_missing(root, clean):
    clean(numbers.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(numbers.problems(tree.root))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (EN, "0.5"),
        (EN, "12 %"),
        (EN, "12%"),
        (EN, "twelve and 12 percent"),
        (EN, "32,768"),
        (EN, "4096"),
        (EN, "1e-12"),
        (EN, "10⁻¹²"),
        (EN, "1.5×"),
        (RU, "0,5"),
        (RU, "32\u00a0768"),
        (RU, "12\u00a0%"),
        (RU, "12 процентов"),
        (ZH, "百分之十"),
        (ZH, "约 0.97 倍"),
        (EN, "ninety-seven per cent"),
        (EN, "97 per cent"),
        (EN, "nought point nine"),
        (EN, "`0.97`"),
        (EN, "`97 %`"),
        (EN, "$0.97$"),
        (EN, "1997 of them"),
        (RU, "девяносто семь процентов"),
        (RU, "`0,97`"),
        (RU, "ноль целых девять"),
        (RU, "1999 строк"),
        (ZH, "百分之九十七"),
        (ZH, "九成"),
        (ZH, "零点九七"),
    ],
)
def test_typed_number_is_found(tree, lines, name, text):
    tree.replace(name, TWICE, text)
    (found,) = lines(numbers.problems(tree.root))
    assert re.match(re.escape(name) + r":\d+: ", found)
    assert "is typed" in found


@pytest.mark.parametrize(
    "text",
    [
        "in 2017", "8 heads of 64", "`Linear(0.5)`", "28 June 2025",
        "$0.5 \\cdot 2 = 1$",
        "[arXiv:1706.03762](https://arxiv.org/abs/1706.03762)",
        "arXiv 1706.03762", "Python 3.11", "section 3.2.2", "§3.2.2",
        "Table 3", "CC BY 4.0", "[§5.3](../index.md#start)",
    ],
)  # fmt: skip
def test_what_is_no_measurement_may_be_typed(tree, text, clean):
    tree.replace(EN, TWICE, text)
    clean(numbers.problems(tree.root))


def test_numbers_in_a_text_alternative_are_in_the_figure(tree, lines, clean):
    tree.replace(EN, "climbs two for", "climbs 2.5 for")
    clean(numbers.problems(tree.root))
    tree.replace(EN, "climbs 2.5 for", "climbs 3.5 for")
    (found,) = lines(numbers.problems(tree.root))
    assert "'3.5' in the text of figure doubling-line is not in" in found


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('n("doubling", "thrice")', "no 'thrice' under values"),
        ('n("halving", "twice")', "no numbers in docs/made/halving"),
        ('pm("doubling", "twice")', "no standard error"),
    ],
)
def test_missing_number_is_found(tree, lines, call, said):
    tree.replace(EN, 'n("doubling", "twice")', call)
    (found,) = lines(numbers.problems(tree.root))
    assert said in found


def test_result_files_are_whole(root, clean):
    clean(results.problems(root))


@pytest.fixture
def experiment(root):
    """An experiment and a copy of its result file."""
    found = myths.experiment("shared-qk")
    file = root / "docs/made/shared-qk/result.json"
    return found, json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("values", "seeds"), 3, "the plan reports 10"),
        (("settings", "tuning_seeds"), 1, "settings.tuning_seeds is not"),
        (("values", "claims", "4", "verdict"), "true", "does not follow"),
        (("versions", "torch"), "2.1.0", "pyproject.toml asks for torch>="),
        (("versions", "torch"), "99.0.0", "newer than"),
        (("versions", "python"), "3.8.1", "asks for python>="),
        (("versions", "torch"), "2.13.zero", "no version"),
    ],
)
def test_a_planted_flaw_of_a_result_file_is_found(
    experiment, root, place, value, said
):
    found, content = experiment
    assert not list(results.in_experiment(content, found, root))
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    assert said in "\n".join(results.in_experiment(content, found, root))


def test_a_missing_result_file_is_named_with_its_command(tmp_path):
    found = "\n".join(map(str, results.problems(tmp_path)))
    assert "myth shared-qk --size full --out docs/made/shared-qk/" in found


def test_an_incomplete_fact_file_is_found():
    assert not list(
        results.in_facts({"name": "x", "command": "c", "values": {}}, "x")
    )
    said = list(results.in_facts({"name": "y", "values": {}}, "x"))
    assert re.search(r"has no 'command'.*tools.refresh facts x", said[0])
    assert "'y', not 'x'" in said[1]


@pytest.mark.parametrize("name", facts.names())
def test_facts_are_what_the_code_computes(name, root):
    # In a process of its own: one thread, and no checks of shapes.
    code = (
        "from tools.refresh import facts\n"
        f"print(facts.text({name!r}), end='')"
    )
    result = examples.runner().run(code, "facts.py")
    assert result.returncode == 0, result.stderr
    path = root / "docs" / "made" / name / "numbers.json"
    old, new = json.loads(path.read_text("utf-8")), json.loads(result.stdout)
    differing = facts.differences(old, new)
    assert not differing, f"{differing} of {name}.json. " + after_looking(
        f"python -m tools.refresh facts {name}"
    )


@pytest.mark.parametrize(
    ("new", "where"),
    [
        ({"a": {"b": [1, 2.5]}}, []),
        ({"a": {"b": [1, 2.5001]}}, []),
        ({"a": {"b": [1, 2.51]}}, ["a.b.1"]),
        ({"a": {"b": [2, 2.5]}}, ["a.b.0"]),
        ({"a": {"b": [1]}}, ["a.b"]),
        ({"a": {"c": 1}}, ["a.b", "a.c"]),
        ({"a": {"b": "x"}}, ["a.b"]),
    ],
)
def test_a_fact_that_differs_is_found(new, where):
    assert facts.differences({"a": {"b": [1, 2.5]}}, new) == where
