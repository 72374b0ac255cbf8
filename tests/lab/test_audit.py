"""Result files are looked over: each planted flaw is found and named."""

import copy
import json

import pytest

from qkv_explained.lab.audit import flaws
from qkv_explained.lab.replay import drawn, impossible
from qkv_explained.lab.run import summed_up
from tests.lab.toy import EXPERIMENT, plan

PLAN = plan()
TUNING = "next seeing steps=20 lr=0.3 std=0.1 seed=10000"


@pytest.fixture
def content(whole):
    return json.loads(whole.read_text("utf-8"))


def said(content):
    return "\n".join(flaws(EXPERIMENT, PLAN, content))


def test_a_file_that_was_just_written_has_no_flaw(content):
    assert said(content) == ""


@pytest.mark.parametrize(
    "part",
    ["experiment", "size", "settings", "command", "versions", "duration_s",
     "runs", "values"],
)
def test_a_missing_part_is_named(content, part):
    del content[part]
    assert said(content) == (
        f"lacks {part}: let the experiment write it")


def at(content, *path):
    for key in path:
        content = content[key]
    return content


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("size",), "full", "size is not the plan's"),
        (("settings", "protocol"), 2, "settings.protocol is not"),
        (("settings", "tasks", "next", "grid", "lr"), [0.1],
         "settings.tasks.next.grid.lr is not"),
        (("settings", "tuning_seeds"), 3, "settings.tuning_seeds is not"),
        (("versions", "torch"), "newest", "versions.torch is 'newest'"),
        (("versions", "python"), None, "versions.python is None"),
        (("versions", "jax"), "0.4.1", "versions.jax is of no package"),
        (("values", "seeds"), 2, "values.seeds is 2; the plan reports 3"),
        (("values", "seeds"), 4, "lacks the run next blind"),
        (("command",), "by hand", "command is not python -m qkv_explained"),
        (("duration_s",), 9e9, "values.minutes does not follow"),
        (("values", "margin"), 0.5, "values.margin does not follow"),
        (("values", "next", "blind", "accuracy", "mean"), 0.9,
         "values.next.blind.accuracy.mean does not follow"),
        (("values", "next", "blind", "accuracy", "unit"), "",
         "values.next.blind.accuracy.unit does not follow"),
        (("values", "next", "blind", "solved"), 3, "blind.solved does not"),
        (("values", "claims", "99", "verdict"), "true",
         "values.claims.99.verdict does not follow"),
        (("runs", TUNING, "accuracy"), 1.1, "next seeing"),
        (("runs", "REPORTED", "accuracy"), 0.1,
         "values.same.blind.accuracy.mean does not follow"),
        (("runs", "REPORTED", "loss"), float("nan"), "finite number"),
        (("runs", "next seeing by hand"), {"accuracy": 1.0, "loss": 0.0},
         "holds the run next seeing by hand"),
    ],
)
def test_a_planted_flaw_is_found(content, path, value, words):
    if "REPORTED" in path:
        path = "runs", next(
            name for name in content["runs"]
            if name.startswith("same blind steps=20 ")
            and name.endswith(" seed=1")
        ), path[-1]
    at(content, *path[:-1])[path[-1]] = value
    assert words in said(content)


def test_a_seed_or_a_measure_that_was_dropped_is_found(content):
    dropped = copy.deepcopy(content)
    name = next(n for n in dropped["runs"] if n.endswith("seed=1"))
    del dropped["runs"][name]
    assert f"lacks the run {name}" in said(dropped)
    name = next(n for n in content["runs"] if n.endswith("seed=10001"))
    del content["runs"][name]
    assert name in said(content)


def test_every_run_of_a_true_file_is_possible(content):
    names = drawn(PLAN, content["runs"], 6, seed=0)
    assert len(set(names)) == 12
    assert list(impossible(EXPERIMENT, PLAN, content, names)) == []


def test_another_day_draws_other_runs_and_the_same_day_the_same(content):
    days = [drawn(PLAN, content["runs"], 2, seed=day) for day in (1, 1, 2)]
    assert days[0] == days[1] != days[2]


def test_a_file_invented_consistently_is_found(content):
    """All runs, the summaries and the verdict, shifted together."""
    for name, numbers in content["runs"].items():
        if "blind" in name:
            numbers["accuracy"] = 0.96 + 0.04 * numbers["accuracy"]
    content["values"] = summed_up(EXPERIMENT, PLAN, 3, content)
    assert content["values"]["claims"]["99"]["verdict"] == "true"
    assert said(content) == ""
    for day in range(2):
        names = [
            name for name in drawn(PLAN, content["runs"], 5, seed=day)
            if name.startswith("next blind")
        ]
        found = list(impossible(EXPERIMENT, PLAN, content, names))
        assert len(found) == len(names) > 0
        assert "accuracy is 0.9" in found[0]


def test_one_run_that_chance_moved_is_no_invention(content):
    name = next(n for n in content["runs"] if "next blind" in n
                and n.endswith("seed=0"))
    content["runs"][name]["accuracy"] += 0.2
    assert list(impossible(EXPERIMENT, PLAN, content, [name])) == []
