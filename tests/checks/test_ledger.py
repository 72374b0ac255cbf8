"""The ledger as readers get it: its rows, its data, its signs."""

import re

import pytest

from qkv_explained.course import MYTHS
from qkv_explained.languages import LANGUAGES, words
from tools.checks import report, stated
from tools.pages import ledger
from tools.pages.ledger import VERDICTS
from tools.places import ROOT


def test_every_claim_of_a_myth_takes_the_verdict_of_its_experiment():
    judged = {one["id"]: one["result"] for one in ledger.claims()
              if one.get("result")}
    assert judged == {number: f"{myth.id}:claims.{number}"
                      for myth in MYTHS for number in myth.claims}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_say_what_the_page_says(lang):
    data = ledger.published(lang)["claims"]
    html = ledger.table_html(lang, "claims.md")
    assert html.count("<tr id=") == len(data) == len(ledger.claims())
    for claim in data:
        assert f'id="claim-{claim["id"]}"' in html
        assert claim["verdict"] in VERDICTS


def test_rows_are_counted_and_pages_cite_the_count():
    """The id stays the anchor; what a reader sees runs from 1 to n."""
    html = ledger.table_html("en", "claims.md")
    ids = [claim["id"] for claim in ledger.claims()]
    assert re.findall(r'href="#claim-(\d+)">(\d+)</a>', html) == [
        (str(number), str(place)) for place, number in enumerate(ids, 1)]
    assert ledger.link(ids[2], "../") == f"[3](../claims.md#claim-{ids[2]})"


def test_an_unknown_claim_is_refused():
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


@pytest.mark.parametrize("word", words("en")["verdicts"].values())
def test_a_verdict_typed_alone_is_refused(tree, word):
    tree.replace("docs/en/concepts/doubling.md", "| x | y |",
                 f"- **{word}**\n\n| x | y |")
    assert "is a typed verdict" in report(stated.problems(tree.root))
