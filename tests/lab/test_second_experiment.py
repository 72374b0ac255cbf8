"""An experiment of its own: one file (toy.py), all else from the lab."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from qkv_explained.lab.report import report
from qkv_explained.lab.run import run
from qkv_explained.lab.runs import ResultFileError
from qkv_explained.lab.training import train
from qkv_explained.languages import LANGUAGES, words
from tests.lab.toy import EXPERIMENT, plan


@pytest.fixture
def trained(monkeypatch):
    """The seeds of all models trained; `stop` ends it after so many calls."""
    watch = SimpleNamespace(seeds=[], stop=None)

    def watched(task, variant, lr, steps, starts, tick):
        if watch.stop is not None and len(watch.seeds) >= watch.stop:
            raise KeyboardInterrupt
        watch.seeds += [start.seed for start in starts]
        return train(task, variant, lr, steps, starts, tick)

    monkeypatch.setattr("qkv_explained.lab.runner.train", watched)
    return watch


@pytest.fixture
def finished(whole, tmp_path):
    """A copy of the finished file."""
    return Path(shutil.copy(whole, tmp_path))


def go(path, **kwargs):
    return run(EXPERIMENT, out=path, progress=False, **kwargs)


def test_it_runs_and_its_rule_gives_the_verdict(whole):
    result = json.loads(whole.read_text("utf-8"))
    said = result["values"]["claims"]["99"]
    assert said["plain"] == {"next": "loses", "same": "holds"}
    assert said["verdict"] == "conditional"
    values = result["values"]
    assert values["next"]["seeing"]["accuracy"]["n"] == 3
    assert values["next"]["seeing"]["solved"] == 3
    assert values["next"]["blind"]["solved"] == 0
    assert values["next"]["blind"]["large"]["std"] == 1.0
    assert values["longer"] == 2
    assert values["next"]["longer_steps"] == 40
    assert len(values["next"]["blind"]["by_std"]) == 2
    assert set(result["maps"]) == {"seeing", "blind"}


@pytest.mark.parametrize(("next_", "same", "kind"), [
    ((0.99, 0.01), (0.99, 0.01), "true"),
    ((0.20, 0.01), (0.30, 0.01), "false"),
    ((0.20, 0.01), (0.99, 0.01), "conditional"),
    ((0.90, 0.10), (0.99, 0.01), "open"),
    ((0.20, 0.01), (0.90, 0.10), "open"),
])
def test_its_verdict_by_results_fed_to_the_rule(next_, same, kind):
    def fed(mean, se):
        return {
            "blind": {"accuracy": {"mean": mean, "se": se}},
            "seeing": {"accuracy": {"mean": 1.0, "se": 0.0}},
        }

    values = {"next": fed(*next_), "same": fed(*same)}
    assert EXPERIMENT.judge(values)["99"]["verdict"] == kind


def test_a_rule_that_gives_no_verdict_is_refused():
    odd = replace(
        EXPERIMENT, verdicts=lambda values: {"99": {"verdict": "perhaps"}}
    )
    with pytest.raises(ValueError, match=r"claim 99: 'perhaps'.*metaphor"):
        odd.judge({})


@pytest.mark.parametrize("stop", [0, 5, 11])
def test_a_stopped_run_goes_on_and_ends_as_if_it_had_not(
    tmp_path, whole, trained, stop
):
    path = tmp_path / "stopped.json"
    whole_run = json.loads(whole.read_text("utf-8"))
    trained.stop = stop
    with pytest.raises(KeyboardInterrupt):
        go(path)
    kept = json.loads(path.read_text("utf-8"))["runs"] if stop else {}
    assert len(kept) >= stop
    trained.stop = None
    resumed = go(path)
    assert list(resumed["runs"]) == list(whole_run["runs"])
    for name, numbers in kept.items():
        assert resumed["runs"][name] == numbers
    for name, numbers in whole_run["runs"].items():
        assert resumed["runs"][name] == pytest.approx(numbers, abs=1e-3)


def test_a_finished_run_trains_nothing_and_more_seeds_only_the_new(
    finished, trained
):
    first = json.loads(finished.read_text("utf-8"))["runs"]
    assert go(finished)["runs"] == first
    assert trained.seeds == []
    more = go(finished, seeds=4)
    assert set(trained.seeds) == {3}
    assert more["values"]["next"]["blind"]["accuracy"]["n"] == 4
    assert "--seeds 4" in more["command"]


def test_every_variant_is_tuned_over_one_grid(whole):
    tuned = {}
    for name in json.loads(whole.read_text("utf-8"))["runs"]:
        task, variant, _, lr, std, seed = name.split()
        if int(seed.removeprefix("seed=")) >= 10_000:
            tuned.setdefault((task, variant), set()).add((lr, std, seed))
    assert len(tuned) == 4
    (grid,) = {frozenset(grid) for grid in tuned.values()}
    assert len(grid) == 2 * 2 * 2


def test_a_file_of_another_plan_is_refused(finished):
    before = finished.read_bytes()
    with pytest.raises(ResultFileError, match="settings"):
        go(finished, size=plan(steps=21))
    with pytest.raises(ResultFileError, match="size"):
        go(finished, size="full")
    assert finished.read_bytes() == before


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="'huge'; choose quick or full"):
        run(EXPERIMENT, "huge")
    with pytest.raises(ValueError, match="seeds: got 1"):
        run(EXPERIMENT, "quick", seeds=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_speaks_the_readers_language(whole, lang):
    result = json.loads(whole.read_text("utf-8"))
    text = report(EXPERIMENT, result, lang)
    claim = words(lang)["cli"]["myth_claim"].format(number=99)
    assert claim + words(lang)["habits"]["colon"] in text
    assert words(lang)["verdicts"]["conditional"] in text
    assert "1.00 ± 0.00" in text
    assert words(lang)["cli"]["myth_report"].format(seeds=3) in text
