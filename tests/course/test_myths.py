"""Experiments are found by their place, and speak the reader's language."""

import dataclasses

import pytest

from qkv_explained import course
from qkv_explained.course import myths
from qkv_explained.course.myths import experiment, experiments, run_myth
from qkv_explained.course.myths.shared_qk.experiment import (
    EXPERIMENT,
    VARIANTS,
    further,
)
from qkv_explained.lab.plan import Plan
from qkv_explained.lab.tasks.lookup import couples, cycle, lookup_task
from qkv_explained.lab.tasks.recall import recall_task
from qkv_explained.languages import LANGUAGES, words


def tiny():
    grid = {"lr": (1e-2,), "std": (1.0,)}
    return Plan(
        "quick",
        (
            (lookup_task("cycle", cycle(3), 2, 4), grid),
            (lookup_task("couples", couples(4), 2, 4), grid),
            (recall_task("recall", 2, 3, 2, 4), grid),
        ),
        VARIANTS, tuning_seeds=1, seeds=2, further=further(2),
    )


def test_every_myth_has_an_experiment_under_its_own_name():
    assert set(experiments()) == {myth.id for myth in course.MYTHS}
    for name in experiments():
        assert experiment(name).name == name
        assert {"quick", "full"} <= set(experiment(name).plans)


def test_an_unknown_myth_is_named():
    with pytest.raises(ValueError, match="'flat-earth'; there is shared-qk"):
        run_myth("flat-earth")


def test_run_myth_prints_the_verdicts(tmp_path, monkeypatch, capsys):
    small = dataclasses.replace(EXPERIMENT, plans={"quick": tiny()})
    monkeypatch.setattr(myths, "experiment", lambda name: small)
    path = tmp_path / "r.json"
    for lang in LANGUAGES:  # the first trains, the others report
        run_myth("shared-qk", out=path, progress=False, lang=lang)
        printed = capsys.readouterr().out
        for key in ("myth_task_recall", "myth_no_self_means", "myth_evened"):
            assert words(lang)["cli"][key] in printed
        for number in "456":
            assert words(lang)["cli"][f"myth_claim_{number}"] in printed


def test_a_stopped_myth_says_where_it_is(tmp_path, monkeypatch, capsys):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("qkv_explained.lab.run.run", stopped)
    path = tmp_path / "r.json"
    with pytest.raises(KeyboardInterrupt):
        run_myth("shared-qk", out=path, lang="ru")
    assert str(path) in capsys.readouterr().err
