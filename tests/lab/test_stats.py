"""Mean, standard error, and the seeds that a mean hides."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qkv_explained.lab.stats import sum_up, summary

UNITS = {"accuracy": "share of answers"}
numbers = st.floats(-1e6, 1e6)


@given(st.lists(numbers, min_size=2, max_size=20))
def test_mean_and_standard_error_agree_with_the_statistics_module(values):
    found = summary(values, "share")
    wanted = statistics.stdev(values) / math.sqrt(len(values))
    assert found["mean"] == pytest.approx(statistics.fmean(values))
    assert found["se"] == pytest.approx(wanted, abs=1e-6)
    assert (found["n"], found["unit"]) == (len(values), "share")


def test_one_seed_has_no_standard_error():
    assert summary([0.5], "share")["se"] is None


@pytest.mark.parametrize("values", [[], [math.nan], [1.0, math.inf]])
def test_summary_refuses_what_has_no_mean(values):
    with pytest.raises(ValueError, match="finite number"):
        summary(values, "share")


def test_seeds_that_split_are_counted_and_changes_stand_apart():
    runs = [
        {"accuracy": right, "swapped_accuracy": 0.1}
        for right in (1.0, 1.0, 0.2)
    ]
    table = sum_up(runs, UNITS)
    assert table["solved"] == 2
    assert table["accuracy"]["mean"] == pytest.approx(2.2 / 3)
    assert table["swapped"]["accuracy"]["mean"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    "runs",
    [
        [{"accuracy": 1.0, "height": 2.0}],
        [{"accuracy": 1.0, "swapped_height": 2.0}],
        [{"accuracy": 1.0, "swapped_accuracy": 1.0}, {"accuracy": 1.0}],
    ],
)
def test_a_measure_without_a_unit_or_not_in_every_run_is_named(runs):
    with pytest.raises(ValueError, match=r"height: give|accuracy: give"):
        sum_up(runs, UNITS)
