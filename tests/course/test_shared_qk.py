"""Q = K: two theorems, the models, the rule of the verdict, the numbers."""

import copy
import json
import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from qkv_explained.myths import MYTH_RUNNERS, run_myth
from qkv_explained.myths.arrows import (
    circle,
    louder_and_louder,
    rows_right,
)
from qkv_explained.myths.exam import measure
from qkv_explained.myths.lab import Init, train
from qkv_explained.myths.lookup import (
    couples,
    cycle,
    difference,
    lookup_lab,
)
from qkv_explained.myths.plan import Size, identity, sizes
from qkv_explained.myths.recall import recall_lab
from qkv_explained.myths.runner import Runner
from qkv_explained.myths.shared_qk import report, run
from qkv_explained.myths.variants import (
    VARIANTS,
    attention_mask,
    swap_roles,
    symmetry,
    without_difference,
)
from qkv_explained.myths.verdicts import compare, verdicts
from qkv_explained.runs import ResultFileError, RunFile

RESULT = Path("docs/assets/data/shared-qk.json")
SEPARATE, SHARED = VARIANTS[:2]
whole = st.integers(-9, 9)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


@st.composite
def integer_queries(draw, least=2):
    """Q of whole numbers, so that products and comparisons are exact."""
    n = draw(st.integers(least, 7))
    d_k = draw(st.integers(1, 5))
    rows = st.lists(whole, min_size=d_k, max_size=d_k)
    return torch.tensor(draw(st.lists(rows, min_size=n, max_size=n)))


# Theorem 1 and theorem 2


@pytest.mark.claim(5)
@given(integer_queries())
def test_no_score_exceeds_both_scores_with_oneself(Q):
    scores = Q @ Q.mT
    own = scores.diagonal()
    assert (scores <= torch.maximum(own[:, None], own[None, :])).all()


@given(integer_queries(least=3))
def test_arrows_of_shared_scores_never_run_in_a_circle(Q):
    assert circle(arrows(Q @ Q.mT)) is None


@given(integer_queries(least=3))
def test_without_self_only_couples_can_be_mutual(Q):
    scores = (Q @ Q.mT).double().fill_diagonal_(-math.inf)
    found = circle(arrows(scores))
    assert found is None or len(found) == 2


@pytest.mark.claim(4)
@given(integer_queries(least=3), st.booleans())
def test_a_cycle_loses_at_least_one_row(Q, self_excluded):
    scores = (Q @ Q.mT).double()
    if self_excluded:
        scores.fill_diagonal_(-math.inf)
    n = len(Q)
    assert rows_right(scores, cycle(n)).sum() <= n - 1


@given(integer_queries(least=3))
def test_a_cycle_loses_a_row_with_any_symmetric_scores(Q):
    S = Q[:, :1] - Q[:, :1].mT  # not symmetric
    assert rows_right(S + S.mT, cycle(len(Q))).sum() <= len(Q) - 1
    mixed = Q @ Q.mT - 2 * Q[:, :1] @ Q[:, :1].mT  # not positive
    assert rows_right(mixed, cycle(len(Q))).sum() <= len(Q) - 1


@given(integer_queries(least=2))
def test_at_most_one_of_a_couple_is_right(Q):
    n = len(Q) // 2 * 2
    right = rows_right(Q[:n] @ Q[:n].mT, couples(n))
    assert right.sum() <= n // 2


@pytest.mark.parametrize("n", range(2, 12))
def test_n_minus_one_rows_are_attained(n):
    Q = louder_and_louder(n)
    right = rows_right(Q @ Q.mT, cycle(n))
    assert right.tolist() == [True] * (n - 1) + [False]


@pytest.mark.parametrize("n", range(2, 12))
def test_separate_keys_get_every_row(n):
    K = torch.eye(n)
    Q = K.roll(-1, dims=0)
    assert rows_right(Q @ K.mT, cycle(n)).all()


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
    return [
        int(column.int().argmax()) if column.any() else None
        for column in every.T
    ]


# The models


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_lookup_attends_as_torch_does(variant):
    lab = lookup_lab("cycle", cycle(5), 1, 4)
    weights = doubled(lab.draw_weights(variant, 1.0, generator()))
    values, _ = lab.draw_batch(3, generator(1))
    X = weights["places"] + weights["values"][values]
    W_K = weights.get("W_K", weights["W_Q"])
    mask = attention_mask(
        5, causal=False, self_excluded=variant.self_excluded
    )
    output = F.scaled_dot_product_attention(
        X @ weights["W_Q"], X @ W_K, X @ weights["W_V"], attn_mask=mask
    )
    wanted = (X + output @ weights["W_O"]) @ weights["W_U"]
    logits, attention = lab.forward(weights, values, variant)
    torch.testing.assert_close(logits, wanted, atol=1e-12, rtol=0)
    torch.testing.assert_close(
        attention.sum(-1), torch.ones(3, 5).double()
    )


@pytest.mark.parametrize("variant", VARIANTS[:4], ids=lambda v: v.name)
def test_recall_attends_as_torch_does(variant):
    lab = recall_lab("recall", 3, 5, 1, 4)
    weights = doubled(lab.draw_weights(variant, 1.0, generator()))
    tokens, _ = lab.draw_batch(3, generator(1))
    mask = attention_mask(
        7, causal=True, self_excluded=variant.self_excluded
    )
    X = weights["tokens"][tokens] + weights["positions"]
    for layer in "01":
        N = F.layer_norm(X, (64,))
        W_K = weights.get(f"W_K_{layer}", weights[f"W_Q_{layer}"])
        X = X + F.scaled_dot_product_attention(
            N @ weights[f"W_Q_{layer}"], N @ W_K,
            N @ weights[f"W_V_{layer}"], attn_mask=mask,
        ) @ weights[f"W_O_{layer}"]
    wanted = F.layer_norm(X[:, -1:], (64,)) @ weights["W_U"]
    logits, _ = lab.forward(weights, tokens, variant)
    torch.testing.assert_close(logits, wanted, atol=1e-12, rtol=0)


def test_recall_asks_for_a_pair_that_was_told():
    tokens, answers = recall_lab("r", 4, 6, 1, 1).draw_batch(
        50, generator()
    )
    keys, values = tokens[:, :-1:2], tokens[:, 1:-1:2] - 6
    for row in range(50):
        assert len(set(keys[row].tolist())) == 4
        where = keys[row].tolist().index(int(tokens[row, -1]))
        assert values[row, where] == answers[row, 0]


def test_lookup_answers_are_the_targets_values():
    for target in (cycle(7), couples(8)):
        values, answers = lookup_lab("l", target, 1, 1).draw_batch(
            20, generator()
        )
        for i, j in enumerate(target):
            assert torch.equal(answers[:, i], values[:, j])


def test_only_a_lonely_token_may_attend_to_itself():
    mask = attention_mask(4, causal=True, self_excluded=True)
    assert mask.diagonal().tolist() == [True, False, False, False]
    assert torch.equal(
        mask.int() + torch.eye(4).int() - torch.diag(torch.eye(4)[0]).int(),
        torch.ones(4, 4).tril().int(),
    )


def test_controls_have_equal_parameter_counts():
    lab = recall_lab("r", 3, 5, 1, 4)
    count = {
        variant.name: sum(
            tensor.numel()
            for tensor in lab.draw_weights(variant, 1.0, generator()).values()
        )
        for variant in VARIANTS
    }
    assert count["separate_half"] == count["shared"]
    assert count["shared_double"] == count["separate"]
    assert count["shared"] < count["separate"]


@pytest.mark.claim(6)
def test_swapping_transposes_and_evening_makes_symmetric():
    lab = lookup_lab("cycle", cycle(5), 1, 4)
    weights = doubled(lab.draw_weights(SEPARATE, 1.0, generator()))
    D = difference(weights)
    torch.testing.assert_close(D, -D.mT)
    torch.testing.assert_close(difference(swap_roles(weights)), -D)
    even = without_difference(weights)
    torch.testing.assert_close(difference(even), torch.zeros_like(D))
    X = weights["places"]
    S = X @ weights["W_Q"] @ weights["W_K"].mT @ X.mT / 4  # √d_k = 4
    E = X @ even["W_Q"] @ even["W_K"].mT @ X.mT / math.sqrt(32)
    torch.testing.assert_close(E, (S + S.mT) / 2)


def test_symmetry_of_equal_and_of_opposite_matrices():
    W = torch.randn(6, 3, generator=generator())
    assert symmetry(W, W) == pytest.approx(1)
    turn = torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    assert symmetry(torch.eye(2), turn) == pytest.approx(-1)


def test_models_trained_together_are_as_trained_alone():
    lab = lookup_lab("cycle", cycle(5), 1, 8)
    starts = [Init(1.0, 3), Init(0.3, 4)]
    together = train(lab, SEPARATE, 1e-2, 20, starts)
    for start, model in zip(starts, together, strict=True):
        (alone,) = train(lab, SEPARATE, 1e-2, 20, [start])
        for name, tensor in model.items():
            torch.testing.assert_close(
                tensor, alone[name], atol=1e-4, rtol=0
            )


def doubled(weights):
    return {name: tensor.double() for name, tensor in weights.items()}


# The rule of the verdict, on planted numbers


def planted(**accuracy):
    """Values in which everything works, but for what is named."""

    def share(mean):
        return {"mean": mean, "se": 0.005}

    def row(name):
        found = {"accuracy": share(accuracy.get(name, 0.99))}
        for key in ("swapped", "evened", "longer", "large"):
            inner = accuracy.get(f"{name}_{key}", 0.99)
            found[key] = {"accuracy": share(inner)}
        found["lift"] = {"mean": accuracy.get("lift", 5.0), "se": 0.1}
        return found

    labs = ("cycle", "couples", "recall")
    return {
        lab: {
            variant.name: row(f"{lab}_{variant.name}")
            for variant in VARIANTS
        }
        for lab in labs
    }


def kinds(**accuracy):
    found = verdicts(planted(**accuracy))
    return {claim: verdict["verdict"] for claim, verdict in found.items()}


def test_verdicts_are_true_where_nothing_is_lost():
    assert kinds() == {"4": "true", "5": "true", "6": "true"}


def test_claim_4_is_conditional_where_one_lab_loses():
    assert kinds(cycle_shared=0.8)["4"] == "conditional"


def test_claim_4_is_false_where_all_lose_and_nothing_repairs():
    lost = {
        f"{lab}_{variant}": 0.5
        for lab in ("cycle", "couples", "recall")
        for variant in ("shared", "shared_no_self")
    }
    assert kinds(**lost)["4"] == "false"
    lost["recall_shared_no_self"] = 0.99
    assert kinds(**lost)["4"] == "conditional"


def test_claim_5_needs_a_loss_and_a_raised_score():
    assert kinds(cycle_separate_evened=0.5)["5"] == "false"
    assert kinds(cycle_separate_evened=0.5, lift=0.1)["5"] == "conditional"


def test_claim_6_falls_with_one_clear_loss():
    assert kinds(recall_separate_swapped=0.2)["6"] == "false"
    assert kinds(recall_separate_swapped=0.945)["6"] == "conditional"


@pytest.mark.parametrize(
    ("mean", "se", "outcome"),
    [(0.99, 0.0, "holds"), (0.95, 0.0, "holds"), (0.93, 0.0, "loses"),
     (0.93, 0.02, "open"), (0.5, 0.3, "open"), (0.3, 0.1, "loses")],
)
def test_compare_leaves_room_for_chance(mean, se, outcome):
    usual = {"mean": 0.99, "se": 0.0}
    assert compare({"mean": mean, "se": se}, usual) == outcome


def test_compare_refuses_a_single_seed():
    with pytest.raises(ValueError, match="two seeds"):
        compare({"mean": 1.0, "se": None}, {"mean": 1.0, "se": 0.0})


# Running, stopping, going on


def tiny(steps=2):
    return Size(
        "tiny",
        (
            (lookup_lab("cycle", cycle(3), steps, 4), (1e-2,)),
            (lookup_lab("couples", couples(4), steps, 4), (1e-2,)),
            (recall_lab("recall", 2, 3, steps, 4), (1e-2,)),
        ),
        stds=(1.0,), tuning_seeds=1, seeds=2, longer=2,
    )


def test_a_stopped_run_goes_on_and_ends_as_if_it_had_not(
    tmp_path, monkeypatch
):
    whole_run = run(tiny(), out=tmp_path / "whole.json", progress=False)
    path = tmp_path / "stopped.json"
    done = []

    def stop_later(*args, **kwargs):
        if len(done) == 9:
            raise KeyboardInterrupt
        done.append(args)
        return train(*args, **kwargs)

    monkeypatch.setattr("qkv_explained.myths.runner.train", stop_later)
    with pytest.raises(KeyboardInterrupt):
        run(tiny(), out=path, progress=False)
    kept = json.loads(path.read_text("utf-8"))["runs"]
    assert kept
    monkeypatch.undo()
    resumed = run(tiny(), out=path, progress=False)
    assert list(resumed["runs"]) == list(whole_run["runs"])
    for name, numbers in kept.items():
        assert resumed["runs"][name] == numbers
    for name, numbers in whole_run["runs"].items():
        assert resumed["runs"][name] == pytest.approx(numbers, abs=1e-3)


def test_a_finished_run_trains_nothing_and_more_seeds_only_the_new(
    tmp_path, monkeypatch
):
    path = tmp_path / "r.json"
    first = run(tiny(), out=path, progress=False)
    trained = []

    def watch(lab, variant, lr, steps, starts, tick):
        trained.extend(start.seed for start in starts)
        return train(lab, variant, lr, steps, starts, tick)

    monkeypatch.setattr("qkv_explained.myths.runner.train", watch)
    assert run(tiny(), out=path, progress=False)["runs"] == first["runs"]
    assert trained == []
    more = run(tiny(), seeds=3, out=path, progress=False)
    assert set(trained) == {2}
    assert more["values"]["cycle"]["shared"]["accuracy"]["n"] == 3
    assert "--seeds 3" in more["command"]


def test_a_file_of_another_size_is_refused(tmp_path):
    path = tmp_path / "r.json"
    run(tiny(), out=path, progress=False)
    before = path.read_bytes()
    with pytest.raises(ResultFileError, match="settings"):
        run(tiny(steps=3), out=path, progress=False)
    with pytest.raises(ResultFileError, match="size"):
        run("quick", out=path, progress=False)
    assert path.read_bytes() == before


def test_tuning_is_equal_and_on_other_seeds():
    for size in sizes().values():
        for lab, lrs in size.labs:
            assert lrs
            assert lab.steps > 0
        assert size.tuning_seeds >= 1
        assert size.seeds >= 2
    assert sizes()["full"].seeds >= 5


def test_every_variant_is_tuned_over_one_grid(tmp_path):
    file = RunFile(tmp_path / "r.json", identity(tiny()))
    runner = Runner(tiny(), 2, file, lambda _: None, lambda _: None)
    runner.everything()
    tuned = {}
    for name in file.runs:
        lab, variant, _, lr, std, seed = name.split()
        if int(seed.removeprefix("seed=")) >= 10_000:
            tuned.setdefault((lab, variant), set()).add((lr, std, seed))
    assert len(tuned) == 3 * len(VARIANTS)
    assert len({frozenset(grid) for grid in tuned.values()}) == 1


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="'huge'; choose quick or full"):
        run("huge")
    with pytest.raises(ValueError, match="seeds: got 1"):
        run("quick", seeds=1)
    with pytest.raises(ValueError, match="'flat-earth'; there is shared-qk"):
        run_myth("flat-earth")


def test_run_myth_prints_the_verdicts(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        "qkv_explained.myths.shared_qk.sizes", lambda: {"quick": tiny()}
    )
    run_myth("shared-qk", out=tmp_path / "r.json", progress=False)
    printed = capsys.readouterr().out
    assert "2 seeds" in printed
    assert printed.count("Claim") == 3


def test_every_runner_is_there():
    assert set(MYTH_RUNNERS) == {"shared-qk"}
    assert callable(run)
    assert callable(report)


# The committed numbers


@pytest.fixture(scope="module")
def result():
    return json.loads(RESULT.read_text("utf-8"))


def test_the_result_file_is_the_full_experiment(result):
    wanted = json.loads(json.dumps(identity(sizes()["full"])))
    for key, value in wanted.items():
        assert result[key] == value
    assert result["values"]["seeds"] >= 5
    assert set(result["versions"]) == {"python", "torch"}


@pytest.mark.claim(4, 5, 6)
def test_values_and_verdicts_follow_from_the_runs(result, tmp_path):
    copied = tmp_path / "r.json"
    copied.write_text(json.dumps(result), "utf-8")
    seeds = result["values"]["seeds"]
    again = run("full", seeds=seeds, out=copied, progress=False)
    assert again["runs"] == result["runs"]
    assert again["values"] == result["values"]


def test_no_shared_model_broke_the_bound(result):
    bound = result["values"]["cycle"]["bound"]
    for name, numbers in result["runs"].items():
        if name.startswith("cycle shared"):
            assert numbers["most_rows_right"] <= bound
        if name.startswith("couples shared "):
            assert numbers["most_rows_right"] <= 4


def test_a_smaller_cycle_shows_the_same(result):
    """Direction and, within 0.1, size of what the page reports."""
    lab = lookup_lab("cycle", cycle(7), 150, 32)
    starts = [Init(1.0, seed) for seed in (901, 902)]
    found = {}
    for variant in (SEPARATE, SHARED):
        models = train(lab, variant, 3e-2, lab.steps, starts)
        found[variant.name] = [
            measure(lab, variant, model, 903) for model in models
        ]
    published = result["values"]["cycle"]
    for numbers in found["separate"]:
        for key in ("accuracy", "needed"):
            assert numbers[key] == pytest.approx(
                published["separate"][key]["mean"], abs=0.1
            )
        assert numbers["swapped_reverse"] == pytest.approx(
            published["separate"]["swapped"]["reverse"]["mean"], abs=0.1
        )
        assert numbers["lift"] > 1
    worst = min(numbers["accuracy"] for numbers in found["separate"])
    best = max(numbers["accuracy"] for numbers in found["shared"])
    assert worst - best > 0.1


def test_a_smaller_recall_shows_the_same(result):
    """Q ≠ K learns, and exchanging W_Q and W_K undoes most of it."""
    lab = recall_lab("recall", 2, 4, 200, 64)
    starts = [Init(1.0, 901), Init(1.0, 902)]
    published = result["values"]["recall"]["separate"]
    usual = published["accuracy"]["mean"]
    assert usual - published["swapped"]["accuracy"]["mean"] > 0.2
    for model in train(lab, SEPARATE, 3e-3, lab.steps, starts):
        numbers = measure(lab, SEPARATE, model, 903)
        assert numbers["accuracy"] == pytest.approx(usual, abs=0.1)
        assert usual - numbers["swapped_accuracy"] > 0.2


@settings(max_examples=20, deadline=None)
@given(st.lists(whole, min_size=3, max_size=3))
def test_changing_a_copy_changes_no_original(values):
    """The operations on a model return new tensors."""
    weights = {
        "W_Q": torch.tensor([values]).double(),
        "W_K": torch.tensor([values[::-1]]).double(),
    }
    before = copy.deepcopy(weights)
    swap_roles(weights)
    without_difference(weights)
    for name, tensor in weights.items():
        assert torch.equal(tensor, before[name])


