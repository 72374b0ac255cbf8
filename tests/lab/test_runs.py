"""Result files: whole, resumed, and never overwritten by mistake."""

import json
import math
import os

import pytest

from qkv_explained.lab.runs import (
    ResultFileError,
    RunFile,
    versions,
    write_json,
)

IDENTITY = {"experiment": "weights", "size": "full"}


def test_versions_name_python_and_the_package():
    assert set(versions("torch")) == {"python", "torch"}


def test_finished_runs_are_kept_and_time_adds_up(tmp_path):
    path = tmp_path / "r.json"
    RunFile(path, IDENTITY).record({"seed 0": {"accuracy": 0.5}}, 2.0)
    again = RunFile(path, IDENTITY)
    again.record({"seed 1": {"accuracy": 0.7}}, 3.0)
    content = json.loads(path.read_text("utf-8"))
    assert list(content["runs"]) == ["seed 0", "seed 1"]
    assert content["duration_s"] == 5.0
    assert content["experiment"] == "weights"


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        ("", "not a whole result file"),
        ('{"experiment": "weights", "si', "not a whole result file"),
        ("[1, 2]", "not a whole result file"),
        ('{"experiment": "weights", "size": "full"}', "not a whole"),
        ('{"experiment": "other", "size": "full", "runs": {},'
         ' "duration_s": 1}', "experiment 'other', not 'weights'"),
        ('{"experiment": "weights", "size": "quick", "runs": {},'
         ' "duration_s": 1}', "size 'quick', not 'full'"),
    ],
)
def test_a_foreign_or_damaged_file_is_refused_and_left(
    tmp_path, planted, says
):
    path = tmp_path / "r.json"
    path.write_text(planted, "utf-8")
    with pytest.raises(ResultFileError, match=says) as caught:
        RunFile(path, IDENTITY)
    assert "--out" in str(caught.value)
    assert path.read_text("utf-8") == planted


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ResultFileError, match="folder does not exist"):
        RunFile(tmp_path / "nowhere" / "r.json", IDENTITY)


@pytest.mark.parametrize("broken", ["replace", "chmod"])
def test_an_interrupted_write_leaves_the_old_file_whole(
    tmp_path, monkeypatch, broken
):
    path = tmp_path / "r.json"
    write_json(path, {"a": 1})

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, broken, stop)
    with pytest.raises(KeyboardInterrupt):
        write_json(path, {"a": 2})
    assert json.loads(path.read_text("utf-8")) == {"a": 1}
    assert [file.name for file in tmp_path.iterdir()] == ["r.json"]


def test_a_number_that_is_none_is_not_written(tmp_path):
    path = tmp_path / "r.json"
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(path, {"loss": math.nan})
    assert list(tmp_path.iterdir()) == []
