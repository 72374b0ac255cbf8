"""Rules that can come out each way, and rest on nothing that is open."""

import itertools

import pytest

from qkv_explained.lab.verdicts import KINDS, always, compare, raised, works
from qkv_explained.languages import LANGUAGES, words
from tools.pages.ledger import VERDICTS


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


@pytest.mark.parametrize(
    ("mean", "se", "up"),
    [(5, 1, True), (5, 3, None), (0, 0, False), (-5, 1, False), (0, 1, None)],
)
def test_what_is_raised_is_raised_beyond_chance(mean, se, up):
    assert raised({"mean": mean, "se": se}) is up


def named(*outcomes):
    return dict(zip("abc", outcomes, strict=False))


@pytest.mark.parametrize(
    ("plain", "repaired", "kind"),
    [
        (("holds", "holds"), ("loses", "open"), "true"),
        (("loses", "loses"), ("loses", "loses"), "false"),
        (("loses", "loses"), (), "false"),
        (("holds", "loses"), (), "conditional"),
        (("holds", "loses", "open"), (), "conditional"),
        (("loses", "loses"), ("holds", "open"), "conditional"),
        (("open", "open"), ("open", "open"), "open"),
        (("loses", "open"), ("loses", "loses"), "open"),
        (("loses", "loses"), ("loses", "open"), "open"),
        (("holds", "open"), ("loses", "loses"), "open"),
    ],
)
def test_of_what_works(plain, repaired, kind):
    assert works(named(*plain), named(*repaired)) == kind


@pytest.mark.parametrize(
    ("outcomes", "kind"),
    [
        (("holds", "holds"), "true"),
        (("holds", "loses"), "false"),
        (("open", "loses"), "false"),
        (("holds", "open"), "open"),
    ],
)
def test_of_what_is_always_so(outcomes, kind):
    assert always(named(*outcomes)) == kind


def test_settling_what_is_open_never_overturns_a_verdict():
    """The kind of a verdict that is not open holds however it settles."""
    three = ("holds", "loses", "open")
    for rule in (lambda o: works(named(*o)), lambda o: always(named(*o))):
        for outcomes in itertools.product(three, repeat=3):
            if rule(outcomes) == "open":
                assert "open" in outcomes
                continue
            ways = [
                ("holds", "loses") if o == "open" else (o,) for o in outcomes
            ]
            for settled in itertools.product(*ways):
                assert rule(settled) == rule(outcomes)


def test_every_kind_has_a_word_in_every_language():
    assert set(VERDICTS) == set(KINDS)
    for lang in LANGUAGES:
        for kind in KINDS:
            assert words(lang)["verdicts"][kind]
