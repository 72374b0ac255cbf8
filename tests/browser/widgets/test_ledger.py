"""The claim ledger's filter: js/claims.js."""

import pytest


def claims_problems(page):
    problems = []

    def shown(want, what):
        rows = [int(text.split()[0]) for text in page.locator(
            "table.claims tbody tr:visible").all_inner_texts()]
        if rows != want:
            problems.append(f"{what}: rows {rows} instead of {want}")

    def address(want):
        found = page.evaluate("location.hash")
        if found != want:
            problems.append(f"address {found} instead of {want}")

    shown([34, 38], "#verdict=false")
    chips = page.locator(".claims-chip").all_inner_texts()
    if chips != ["All 5", "True! 2", "False! 2", "It depends! 1"]:
        problems.append(f"chips {chips}")
    page.locator(".claims-filter input").fill("heads 8")
    shown([34], "false and 'heads 8'")
    address("#verdict=false&q=heads+8")
    link = page.locator(".claims-link").get_attribute("href")
    if link != "#verdict=false&q=heads+8":
        problems.append(f"link {link}")
    told = page.locator(".claims-count").inner_text()
    if told != "1 of 5 claims shown":
        problems.append(f"count {told!r}")
    page.locator(".claims-filter .qkv-button").click()
    shown([31, 34, 36, 38, 41], "all again")
    page.locator(".claims-filter select").select_option("004")
    shown([36, 41], "note 004")
    page.locator(".claims-chip").nth(3).press("Space")
    shown([36], "note 004, by conditions")
    page.evaluate("location.hash = '#verdict=true'")
    page.wait_for_timeout(50)
    shown([31, 41], "a link to #verdict=true")
    page.evaluate("location.hash = '#claim-38'")
    page.wait_for_timeout(50)
    shown([31, 34, 36, 38, 41], "a link to one claim")
    return problems


def test_claims(lab):
    assert claims_problems(lab.open(at="#verdict=false")) == []


@pytest.mark.parametrize(("old", "new"), [
    ("entry.verdict === state.verdict", "true"),
    ("history.replaceState(history.state, \"\", url)", "0"),
    ("entry.sources.includes(state.source)",
     "entry.sources[0] === state.source"),
])
def test_claims_defect(lab, old, new):
    assert claims_problems(lab.open(
        at="#verdict=false", swap=("js/claims.js", old, new)))
