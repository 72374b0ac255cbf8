"""The claim ledger's filter: js/claims.js."""

import pytest


def filters(page):
    def shown():
        page.wait_for_timeout(50)
        return [int(text.split()[0]) for text in page.locator(
            "table.claims tbody tr:visible").all_inner_texts()]

    assert shown() == [34, 38], "#verdict=false"
    assert page.locator(".claims-chip").all_inner_texts() == [
        "All 5", "True! 2", "False! 2", "It depends! 1"]
    page.locator(".claims-filter input").fill("heads 8")
    assert shown() == [34], "false and 'heads 8'"
    wanted = "#verdict=false&q=heads+8"
    assert page.evaluate("location.hash") == wanted
    assert page.locator(".claims-link").get_attribute("href") == wanted
    assert page.locator(".claims-count").inner_text() == "1 of 5 claims shown"
    page.locator(".claims-filter .qkv-button").click()
    assert shown() == [31, 34, 36, 38, 41], "all again"
    page.locator(".claims-filter select").select_option("004")
    assert shown() == [36, 41], "note 004"
    page.locator(".claims-chip").nth(3).press("Space")
    assert shown() == [36], "note 004, by conditions"
    page.evaluate("location.hash = '#verdict=true'")
    assert shown() == [31, 41], "a link to #verdict=true"
    page.evaluate("location.hash = '#claim-38'")
    assert shown() == [31, 34, 36, 38, 41], "a link to one claim"


def test_claims(lab):
    filters(lab.open(at="#verdict=false"))


@pytest.mark.parametrize(("old", "new"), [
    ("entry.verdict === state.verdict", "true"),
    ("history.replaceState(history.state, \"\", url)", "0"),
    ("entry.sources.includes(state.source)",
     "entry.sources[0] === state.source"),
])
def test_claims_defect(lab, old, new):
    page = lab.open(at="#verdict=false", swap=("js/claims.js", old, new))
    with pytest.raises(AssertionError):
        filters(page)
