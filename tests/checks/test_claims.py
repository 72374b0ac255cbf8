"""The ledger is whole, its evidence exists, and a fault in it is found."""

import json
import re

import pytest
import yaml

from qkv_explained.course import MYTHS
from tools.checks import claims
from tools.pages import ledger
from tools.pages.ledger import VERDICTS
from tools.places import ROOT

CLAIM = {
    "id": 1,
    "source": "000",
    "claim": {"zh": "加倍。", "en": "It doubles.", "ru": "Удваивает."},
    "verdict": "true",
    "exactly": {"zh": "对。", "en": "Right.", "ru": "Верно."},
    "evidence": {
        "page": "concepts/doubling.md#by-hand",
        "checks": ["tests/library/test_doubling.py",
                   "course/concepts/doubling/snippets/by_hand.py"],
    },
    "literature": ["euclid"],
}


@pytest.fixture
def planted(tree, lines):
    """Write a ledger of one claim; give what the check says of it."""
    for lang in ("zh", "en", "ru"):
        page = f"docs/{lang}/reference/sources.md"
        text = tree.path(page).read_text("utf-8")
        tree.write(page, f"{text}\n## 000 {{#note-000}}\n")

    def check(change=None, *more):
        claim = json.loads(json.dumps(CLAIM))
        (change or (lambda _: None))(claim)
        ledger_text = yaml.safe_dump(
            {"claims": [claim, *more]}, allow_unicode=True)
        tree.write("docs/claims.yml", ledger_text)
        return "\n".join(lines(claims.problems(tree.root)))

    return check


def test_the_ledger_is_whole(root, clean):
    clean(claims.problems(root))


def test_every_claim_of_a_myth_takes_the_verdict_of_its_experiment():
    judged = {one["id"]: one["result"] for one in ledger.claims()
              if one.get("result")}
    assert judged == {
        number: f"{myth.id}:claims.{number}"
        for myth in MYTHS for number in myth.claims
    }


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("", "is evidence of claim 1 and does not say so"),
        ("@pytest.mark.claim(2)\n", "carries claim 2, which does not name"),
        ("@pytest.mark.claim(1)\n", ""),
    ],
)
def test_a_test_that_does_not_name_its_claim_is_found(
    tree, planted, mark, said
):
    tree.write("tests/test_doubling.py", f"{mark}def test_it(): pass\n")
    checks = ["tests/test_doubling.py::test_it"]
    found = planted(_with(checks, "evidence", "checks"))
    assert said in found
    assert bool(found) == bool(said)


@pytest.mark.parametrize("lang", ["zh", "en", "ru"])
def test_the_data_say_what_the_page_says(lang):
    data = ledger.published(lang)
    html = ledger.table_html(lang, "claims.md")
    assert html.count("<tr id=") == len(data["claims"]) == len(
        ledger.claims())
    for claim in data["claims"]:
        assert f'id="claim-{claim["id"]}"' in html
        assert claim["verdict"] in VERDICTS


def test_rows_are_counted_and_pages_cite_the_count():
    """The id stays the anchor; what a reader sees runs from 1 to n."""
    html = ledger.table_html("en", "claims.md")
    ids = [claim["id"] for claim in ledger.claims()]
    assert re.findall(r'href="#claim-(\d+)">(\d+)</a>', html) == [
        (str(number), str(place)) for place, number in enumerate(ids, 1)]
    assert ledger.link(ids[2], "../") == f"[3](../claims.md#claim-{ids[2]})"
    with pytest.raises(ValueError, match=r"claim\(0\): docs/claims.yml has"):
        ledger.link(0, "")


def test_every_verdict_has_its_sign():
    """A reader tells them apart by sign and frame, not by colour alone."""
    css = (ROOT / "docs/assets/css/site.css").read_text("utf-8")
    looks = {}
    for verdict in VERDICTS:
        rule = re.search(rf"\.verdict-{verdict} \{{(.*?)\}}", css)
        assert rule, f"write .verdict-{verdict} in site.css"
        colourless = re.sub(r"--verdict: [^;]*;", "", rule[1])
        looks.setdefault(" ".join(colourless.split()), []).append(verdict)
    alike = [names for names in looks.values() if len(names) > 1]
    assert not alike, f"told apart by colour alone: {alike}"


def test_the_small_ledger_is_clean(planted):
    assert planted() == ""


def _without(*path):
    def change(claim):
        for key in path[:-1]:
            claim = claim[key]
        del claim[path[-1]]

    return change


def _with(value, *path):
    def change(claim):
        for key in path[:-1]:
            claim = claim[key]
        claim[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without("claim", "ru"), "write claim in ru"),
        (_with("Right.", "exactly", "zh"), "write exactly in zh"),
        (_with("perhaps", "verdict"), "'perhaps' is none of"),
        (_without("verdict"), "give a verdict"),
        (_with("doubling:twice", "result"), "not both"),
        (_with("note", "remark"), "remark is unknown"),
        (_with("concepts/doubling.md", "evidence", "page"), "a heading"),
        (_with("concepts/halving.md#x", "evidence", "page"),
         "docs/en/concepts/halving.md is not there"),
        (_with("concepts/doubling.md#gone", "evidence", "page"),
         "has no heading {#gone}"),
        (_with([], "evidence", "checks"), "name the test"),
        (_with(["tests/test_halving.py"], "evidence", "checks"),
         "tests/test_halving.py is not there"),
        (_with(["tests/test_doubling.py::test_x"], "evidence", "checks"),
         "test_x is not there"),
        (_with(["pappus"], "literature"), "lacks {#pappus}"),
        (_with("007", "source"), "lacks {#note-007}"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(planted, change, said):
    assert said in planted(change)


def test_a_number_taken_twice_is_found(planted):
    assert "is taken" in planted(None, CLAIM)


def test_claims_out_of_order_are_found(planted):
    assert "in the order" in planted(_with(2, "id"), CLAIM)


def test_a_result_that_holds_no_verdict_is_found(planted):
    def change(claim):
        del claim["verdict"]
        claim["result"] = "no-such-file:verdicts.1"

    assert "result: no-such-file: no numbers" in planted(change)
