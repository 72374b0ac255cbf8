"""Q = K: two theorems, the operations, the rules, the committed numbers."""

import copy
import datetime
import json
import math
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qkv_explained.arrows import circle, louder_and_louder, rows_right
from qkv_explained.course.myths.shared_qk.experiment import (
    EXPERIMENT,
    FULL,
    VARIANTS,
)
from qkv_explained.course.myths.shared_qk.verdict import verdicts
from qkv_explained.lab.audit import flaws
from qkv_explained.lab.exam import FIRST_EXAM_SEED, portrait
from qkv_explained.lab.replay import drawn, impossible
from qkv_explained.lab.run import summed_up
from qkv_explained.lab.task import Start
from qkv_explained.lab.tasks.lookup import (
    couples,
    cycle,
    difference,
    lookup_task,
)
from qkv_explained.lab.tasks.recall import recall_task
from qkv_explained.lab.training import train
from qkv_explained.roles import swap_roles, symmetry, without_difference
from tests.drawn import rng

RESULT = Path("docs/made/shared-qk/result.json")
SEPARATE = VARIANTS[0]
SETTING = {"std": 1.0}
whole = st.integers(-9, 9)
untimed = settings(deadline=None)  # a busy machine is no failure


@st.composite
def integer_queries(draw, least=2):
    """Q of whole numbers, so that products and comparisons are exact."""
    n = draw(st.integers(least, 7))
    d_k = draw(st.integers(1, 5))
    rows = st.lists(whole, min_size=d_k, max_size=d_k)
    return torch.tensor(draw(st.lists(rows, min_size=n, max_size=n)))


# Theorem 1 and theorem 2


@untimed
@pytest.mark.claim(5)
@given(integer_queries())
def test_no_score_exceeds_both_scores_with_oneself(Q):
    scores = Q @ Q.mT
    own = scores.diagonal()
    assert (scores <= torch.maximum(own[:, None], own[None, :])).all()


@untimed
@given(integer_queries(least=3))
def test_arrows_of_shared_scores_never_run_in_a_circle(Q):
    assert circle(arrows(Q @ Q.mT)) is None


@untimed
@given(integer_queries(least=3))
def test_without_self_only_couples_can_be_mutual(Q):
    scores = (Q @ Q.mT).double().fill_diagonal_(-math.inf)
    found = circle(arrows(scores))
    assert found is None or len(found) == 2


@untimed
@pytest.mark.claim(4)
@given(integer_queries(least=3), st.booleans())
def test_a_cycle_loses_at_least_one_row(Q, self_excluded):
    scores = (Q @ Q.mT).double()
    if self_excluded:
        scores.fill_diagonal_(-math.inf)
    n = len(Q)
    assert rows_right(scores, cycle(n)).sum() <= n - 1


@untimed
@given(integer_queries(least=3))
def test_a_cycle_loses_a_row_with_any_symmetric_scores(Q):
    S = Q[:, :1] - Q[:, :1].mT  # not symmetric
    assert rows_right(S + S.mT, cycle(len(Q))).sum() <= len(Q) - 1
    mixed = Q @ Q.mT - 2 * Q[:, :1] @ Q[:, :1].mT  # not positive
    assert rows_right(mixed, cycle(len(Q))).sum() <= len(Q) - 1


@untimed
@given(integer_queries(least=2))
def test_at_most_one_of_a_couple_is_right(Q):
    n = len(Q) // 2 * 2
    right = rows_right(Q[:n] @ Q[:n].mT, couples(n))
    assert right.sum() <= n // 2


@pytest.mark.parametrize("n", range(2, 12))
def test_n_minus_one_rows_are_attained_and_all_with_separate_keys(n):
    Q = louder_and_louder(n)
    right = rows_right(Q @ Q.mT, cycle(n))
    assert right.tolist() == [True] * (n - 1) + [False]
    K = torch.eye(n)
    assert rows_right(K.roll(-1, dims=0) @ K.mT, cycle(n)).all()


def test_rows_right_wants_a_strict_winner_and_a_square():
    assert not rows_right(torch.zeros(2, 2), [1, 0]).any()
    with pytest.raises(ValueError, match="square matrix"):
        rows_right(torch.zeros(2, 3), [1, 0])
    with pytest.raises(ValueError, match="1 targets"):
        rows_right(torch.zeros(2, 2), [1])


def arrows(scores):
    """The strict winner of each row, or None."""
    n = len(scores)
    every = torch.stack([rows_right(scores, [j] * n) for j in range(n)])
    return [int(column.int().argmax()) if column.any() else None
            for column in every.T]


# The operations on a trained model


def test_controls_have_equal_parameter_counts():
    task = recall_task("r", 3, 5, 1, 4)
    count = {variant.name: sum(map(torch.numel, task.draw_weights(
        variant, SETTING, rng()).values())) for variant in VARIANTS}
    assert count["separate_half"] == count["shared"]
    assert count["shared_double"] == count["separate"]
    assert count["shared"] < count["separate"]


@pytest.mark.claim(6)
def test_swapping_transposes_and_evening_makes_symmetric():
    task = lookup_task("cycle", cycle(5), 1, 4)
    weights = doubled(task.draw_weights(SEPARATE, SETTING, rng()))
    before = copy.deepcopy(weights)
    D = difference(weights)
    torch.testing.assert_close(D, -D.mT)
    torch.testing.assert_close(difference(swap_roles(weights)), -D)
    even = without_difference(weights)
    torch.testing.assert_close(difference(even), torch.zeros_like(D))
    X = weights["places"]
    S = X @ weights["W_Q"] @ weights["W_K"].mT @ X.mT / 4  # √d_k = 4
    E = X @ even["W_Q"] @ even["W_K"].mT @ X.mT / math.sqrt(32)
    torch.testing.assert_close(E, (S + S.mT) / 2)
    for name, tensor in weights.items():  # the operations return new ones
        assert torch.equal(tensor, before[name])


def test_symmetry_of_equal_and_of_opposite_matrices():
    W = torch.randn(6, 3, generator=rng())
    assert symmetry(W, W) == pytest.approx(1)
    turn = torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    assert symmetry(torch.eye(2), turn) == pytest.approx(-1)


def doubled(weights):
    return {name: tensor.double() for name, tensor in weights.items()}


# The rules, on planted numbers

TASKS = ("cycle", "couples", "recall")


def planted(**numbers):
    """Values in which everything works, but for what is named."""

    def share(name):
        mean, se = numbers.get(name, (0.99, 0.005))
        return {"accuracy": {"mean": mean, "se": se}}

    def row(name):
        found = share(name)
        for key in ("swapped", "evened", "longer", "large"):
            found[key] = share(f"{name}_{key}")
        mean, se = numbers.get(f"{name}_lift", (5.0, 0.1))
        return found | {"lift": {"mean": mean, "se": se}}

    return {
        task: {
            variant.name: row(f"{task}_{variant.name}")
            for variant in VARIANTS
        }
        for task in TASKS
    }


def kinds(**numbers):
    found = verdicts(planted(**numbers))
    return {claim: verdict["verdict"] for claim, verdict in found.items()}


HOLDS, LOSES, OPEN = (0.99, 0.005), (0.5, 0.005), (0.93, 0.02)


def test_verdicts_are_true_where_nothing_is_lost():
    assert kinds() == {"4": "true", "5": "true", "6": "true"}


@pytest.mark.parametrize(("plain", "excluded", "kind"), [
    ([HOLDS] * 3, [LOSES] * 3, "true"),
    ([LOSES] * 3, [LOSES] * 3, "false"),
    ([LOSES, HOLDS, HOLDS], [LOSES] * 3, "conditional"),
    ([LOSES] * 3, [LOSES, LOSES, HOLDS], "conditional"),
    ([OPEN] * 3, [OPEN] * 3, "open"),
    ([HOLDS, HOLDS, OPEN], [HOLDS] * 3, "open"),
    ([LOSES, LOSES, OPEN], [LOSES] * 3, "open"),
    ([LOSES] * 3, [LOSES, LOSES, OPEN], "open"),
])
def test_claim_4_comes_out_each_way(plain, excluded, kind):
    numbers = {}
    for task, one, other in zip(TASKS, plain, excluded, strict=True):
        numbers |= {f"{task}_shared": one, f"{task}_shared_no_self": other}
    assert kinds(**numbers)["4"] == kind


@pytest.mark.parametrize(("evened", "lift", "kind"), [
    (HOLDS, (5.0, 0.1), "true"), (LOSES, (5.0, 0.1), "false"),
    (LOSES, (-5.0, 0.1), "conditional"), (LOSES, (0.1, 0.1), "open"),
    (OPEN, (5.0, 0.1), "open"),
])
def test_claim_5_comes_out_each_way(evened, lift, kind):
    numbers = {"cycle_separate_evened": evened, "cycle_separate_lift": lift}
    assert kinds(**numbers)["5"] == kind


@pytest.mark.parametrize(("swapped", "kind"), [
    (HOLDS, "true"), (LOSES, "false"), (OPEN, "open")])
def test_claim_6_comes_out_each_way(swapped, kind):
    assert kinds(recall_separate_swapped=swapped)["6"] == kind


# The committed numbers


@pytest.fixture(scope="module")
def result():
    return json.loads(RESULT.read_text("utf-8"))


def test_tuning_and_reporting_rest_on_several_seeds():
    for plan in EXPERIMENT.plans.values():
        assert plan.tuning_seeds >= 1
        assert plan.seeds >= 2
    assert FULL.seeds >= 5


@pytest.mark.claim(4, 5, 6)
def test_values_and_verdicts_follow_from_the_runs(result):
    """Settings, seeds, versions, command, summaries and verdicts."""
    assert list(flaws(EXPERIMENT, FULL, result)) == []


def test_no_shared_model_broke_the_bound(result):
    bound = result["values"]["cycle"]["bound"]
    for name, numbers in result["runs"].items():
        if name.startswith("cycle shared"):
            assert numbers["most_rows_right"] <= bound
        if name.startswith("couples shared "):
            assert numbers["most_rows_right"] <= 4


@pytest.mark.parametrize("task", TASKS)
def test_runs_drawn_today_are_possible(result, task):
    """A committed run of each task is trained again, another each day."""
    day = datetime.date.today()
    names = [
        name for name in drawn(FULL, result["runs"], 1, day.toordinal())
        if name.startswith(f"{task} ")
    ]
    found = list(impossible(EXPERIMENT, FULL, result, names))
    assert found == [], f"drawn on {day}: {names}"


def test_numbers_that_were_invented_together_are_found(result):
    """Runs, summaries and verdict shifted alike: it agrees with itself."""
    invented = copy.deepcopy(result)
    for name, numbers in invented["runs"].items():
        if name.split()[:2] == ["couples", "shared"]:
            numbers["accuracy"] -= 0.3
    seeds = invented["values"]["seeds"]
    invented["values"] = summed_up(EXPERIMENT, FULL, seeds, invented)
    assert list(flaws(EXPERIMENT, FULL, invented)) == []
    plain = invented["values"]["claims"]["4"]["plain"]
    assert plain["couples"] == "loses"
    name = next(n for n in result["runs"] if n.startswith("couples shared "))
    (found,) = impossible(EXPERIMENT, FULL, invented, [name])
    assert "accuracy is 0.7" in found


def test_the_picture_is_of_a_model_that_training_gives(result):
    """The attention weights of seed 0, drawn by two figures."""
    task, variant = FULL.tasks[0][0], SEPARATE
    chosen = result["values"]["cycle"]["separate"]
    start = Start(0, {"std": chosen["std"]})
    (model,) = train(task, variant, chosen["lr"], task.steps, [start])
    again = portrait(task, variant, {"": model}, FIRST_EXAM_SEED)
    torch.testing.assert_close(
        torch.tensor(again["trained"]),
        torch.tensor(result["maps"]["separate"]["trained"]),
        atol=0.05, rtol=0,
    )
