"""Figures, facts and results are what the code gives."""

import dataclasses
import json
import re

import pytest

from qkv_explained.course import myths
from tools import places
from tools.checks import after_looking, drawings, report, results
from tools.checks import readme as readmes
from tools.refresh import facts, figures, readme
from tools.run import examples

SVG = '<svg><text x="1.5">{}</text><path d="M{} 2"/></svg>'


def printed(code):
    """Run code in a process of its own: one thread, no checks of shapes."""
    result = examples.runner().run(code, "made.py")
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("topic", sorted({
    path.parent.parent.name for path in places.figure_modules().values()}))
def test_figures_are_what_the_code_draws(topic):
    # A topic at once, since its figures may show the same training run.
    assert not printed(
        "from tools.checks import drawings, report\n"
        f"print(report(drawings.stale(['made/{topic}/'])))").strip()


def test_a_stale_drawing_is_found(tmp_path, monkeypatch, root):
    (job,) = [job for job in figures.jobs(root)
              if job.path.name == "course.en.svg"]
    job = dataclasses.replace(job, path=tmp_path / "course.en.svg")
    monkeypatch.setattr(figures, "jobs", lambda *_: [job])
    monkeypatch.setattr(figures, "left_over", lambda *_: [])
    (missing,) = drawings.stale([])
    assert "missing: the code draws something else" in missing.message
    job.run(write=True)
    assert not drawings.stale([])
    text = job.path.read_text("utf-8")
    job.path.write_text(text.replace("</svg>", "<path/></svg>"), "utf-8")
    (problem,) = drawings.stale([])
    assert "differs: the code draws something else" in problem.message


def test_a_drawing_left_over_is_found(tree):
    tree.write("docs/made/x/old.en.svg", "<svg/>")
    names = [path.name for path in figures.left_over(tree.root)]
    assert "old.en.svg" in names


@pytest.mark.parametrize(("word", "x", "same"), [
    ("0.51", "10.0", True), ("0.51", "10.4", True), ("0.51", "11.4", False),
    ("0.52", "10.0", False), ("other", "10.0", False),
])
def test_figures_are_compared_by_content(word, x, same):
    one = SVG.format("0.51", "10.0")
    assert figures.same_figure(one, SVG.format(word, x)) is same


@pytest.mark.parametrize("name", facts.names())
def test_facts_are_what_the_code_computes(name, root):
    new = json.loads(printed("from tools.refresh import facts\n"
                             f"print(facts.text({name!r}), end='')"))
    path = root / "docs/made" / name / "numbers.json"
    old = json.loads(path.read_text("utf-8"))
    differing = facts.differences(old, new)
    assert not differing, f"{differing} of {name}.json. " + after_looking(
        f"python -m tools.refresh facts {name}")


@pytest.mark.parametrize(("new", "where"), [
    ({"a": {"b": [1, 2.5]}}, []),
    ({"a": {"b": [1, 2.5001]}}, []),
    ({"a": {"b": [1, 2.51]}}, ["a.b.1"]),
    ({"a": {"b": [2, 2.5]}}, ["a.b.0"]),
    ({"a": {"b": [1]}}, ["a.b"]),
    ({"a": {"c": 1}}, ["a.b", "a.c"]),
    ({"a": {"b": "x"}}, ["a.b"]),
])
def test_a_fact_that_differs_is_found(new, where):
    assert facts.differences({"a": {"b": [1, 2.5]}}, new) == where


def test_an_incomplete_fact_file_is_found():
    whole = {"name": "x", "command": "c", "values": {}}
    assert not list(results.in_facts(whole, "x"))
    said = list(results.in_facts({"name": "y", "values": {}}, "x"))
    assert re.search(r"has no 'command'.*tools.refresh facts x", said[0])
    assert "'y', not 'x'" in said[1]


@pytest.mark.parametrize(("place", "value", "said"), [
    ("values.seeds", 3, "the plan reports 10"),
    ("settings.tuning_seeds", 1, "settings.tuning_seeds is not"),
    ("values.claims.4.verdict", "true", "does not follow"),
    ("versions.torch", "2.1.0", "pyproject.toml asks for torch>="),
    ("versions.torch", "99.0.0", "newer than"),
    ("versions.python", "3.8.1", "asks for python>="),
    ("versions.torch", "2.13.zero", "no version"),
])
def test_a_planted_flaw_of_a_result_file_is_found(root, place, value, said):
    file = root / "docs/made/shared-qk/result.json"
    inner = content = json.loads(file.read_text("utf-8"))
    *path, last = place.split(".")
    for key in path:
        inner = inner[key]
    inner[last] = value
    assert said in "\n".join(results.in_experiment(
        content, myths.experiment("shared-qk"), root))


def test_a_missing_result_file_is_named_with_its_command(tmp_path):
    found = report(results.problems(tmp_path))
    assert "myth shared-qk --size full --out docs/made/shared-qk/" in found


@pytest.mark.parametrize("name", readme.READMES.values())
def test_outputs_in_the_readmes(root, name):
    text = (root / name).read_text("utf-8")
    fix = "run: python -m tools.refresh readme"
    assert readme.refreshed(text) == text, fix
    for old, new in [("10.5581", "10.5582"), ("Read first:", "Read last:")]:
        assert readme.refreshed(text.replace(old, new)) == text, "planted"


def test_planted_heavy_picture_is_found(tree):
    for name in ("Makefile", *readme.READMES.values()):
        tree.copy(name)
    tree.write("docs/assets/readme/en.png", b"x" * (readme.MOST + 1))
    said = report(readmes.problems(tree.root))
    assert "the most is 200,000" in said
