"""Every page as a browser gets it: weight, requests, third parties, scores."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import browser
from tools.bench.report import Bar, Section
from tools.bench.site import copied, make
from tools.browser.server import Site, addresses
from tools.browser.tab import ELSEWHERE, SAYS, Tab
from tools.checks import weight
from tools.checks.weight import KB

# Lighthouse, and a Node that is new enough for it; npx keeps both.
LIGHTHOUSE = ("npx", "--yes", "--package=node@24.21.0",
              "--package=lighthouse@13.5.0", "lighthouse")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"mobile": 95, "desktop": 100}
KINDS = {"page": "page", "notebook": "notebook page",
         "widget": "page with a widget"}
Values = dict[str, float]


@contextmanager
def served() -> Iterator[Site]:
    """The site, built from a copy of the working tree, and served."""
    with copied() as root:
        server = Site(make(root))
        try:
            yield server
        finally:
            server.close()


def most(what: str, limit: float, values: Values, unit: str = "") -> Bar:
    """The bar for the page with the largest of the values."""
    where = max(values, key=lambda address: values[address])
    return Bar(what, limit, values[where], unit, where=where)


def least(what: str, limit: float, values: Values) -> Bar:
    """The bar for the page with the smallest of the values."""
    where = min(values, key=lambda address: values[address])
    return Bar(what, limit, values[where], at_least=True, where=where)


def weigh(quick: bool = False) -> Section:
    """Visit every page for the first time and count what it fetches."""
    kinds: dict[str, Values] = {}
    index, shift = Values(), Values()
    elsewhere = console = 0
    with served() as server, browser.started() as chromium:
        tab = Tab(chromium.new_context())
        for address in addresses(server.site)[: 6 if quick else None]:
            tab.begin(server)
            server.log.clear()
            tab.go(address, until="networkidle")
            kind = KINDS[weight.kind(server.site, address)]
            kinds.setdefault(kind, {})[address] = weight.transferred(
                server.log) / KB
            index[address] = sum(one.size for one in server.log if
                                 weight.INDEX.search(one.path)) / KB
            shift[address] = tab.page.evaluate("window.__shift")
            elsewhere += sum(ELSEWHERE in one for one in tab.complaints)
            console += sum(SAYS in one for one in tab.complaints)
    return Section(
        title="Weight of a first visit",
        how=("Every page, Chromium, 1280 px, nothing cached, every other "
             "host unreachable; bytes as sent, gzip, with 250 for the head "
             "of each answer, the search index apart."),
        bars=[
            *(most(f"heaviest {name}", weight.MOST[kind] / KB, kinds[name],
                   "KB") for kind, name in KINDS.items() if name in kinds),
            most("largest search index", weight.MOST_INDEX / KB, index, "KB"),
            Bar("third-party requests, all pages", 0, elsewhere),
            Bar("console messages, all pages", 0, console),
            most("largest layout shift", 0.02, shift),
        ],
        numbers={"pages": len(shift)},
    )


def judge(quick: bool = False) -> Section:
    """Let Lighthouse judge every page, as a phone and as a desktop."""
    found: dict[str, dict[str, Values]] = {form: {} for form in LEAST}
    with served() as server:
        pages = [one for one in addresses(server.site)
                 if one.endswith("/")][: 1 if quick else None]
        for address in pages:
            for form, bar in LEAST.items():
                # Now and then a page's first frame is shown a second late;
                # five runs, as Lighthouse's notes advise, outvote it.
                runs = [_run(server.url + address, form)]
                if runs[0]["performance"] < bar:
                    runs += [_run(server.url + address, form)
                             for _ in range(4)]
                runs.sort(key=lambda one: one["performance"])
                found[form][address] = runs[len(runs) // 2]
                print(f"  {address} {form}: {found[form][address]}")
    every = {f"{address} ({form})": one for form, some in found.items()
             for address, one in some.items()}
    return Section(
        title="Lighthouse",
        how=("Lighthouse 13.5 on every page in all three languages. Where a "
             "run is below the bar for performance, four more are made, and "
             "the median of the five counts; a first run that keeps the bar "
             "is not repeated."),
        bars=[
            *(least(f"lowest performance, {form}", LEAST[form], {
                address: one["performance"] for address, one in some.items()})
              for form, some in found.items()),
            *(least(f"lowest {name.replace('-', ' ')}", 100, {
                address: one[name] for address, one in every.items()})
              for name in CATEGORIES[1:]),
            most("largest layout shift", 0.02, {
                address: one["cls"] for address, one in every.items()}),
        ],
        numbers={"pages": len(pages)},
    )


def _run(url: str, form: str, again: int = 3) -> Values:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        flags = " ".join([*browser.flags(), "--headless=new"])
        done = subprocess.run(
            [*LIGHTHOUSE, url, "--quiet", "--output=json",
             f"--output-path={out}", f"--chrome-flags={flags} "
             f"--user-data-dir={folder}/profile",
             f"--only-categories={','.join(CATEGORIES)}",
             *(["--preset=desktop"] if form == "desktop" else [])],
            env={**os.environ, "CHROME_PATH": str(browser.find()), "CI": "1"},
            capture_output=True, text=True, timeout=600)
        said = json.loads(out.read_text("utf-8")) if out.is_file() else {}
    scores = {name: one["score"] or 0
              for name, one in said.get("categories", {}).items()}
    if not scores or not scores["performance"]:
        # A browser that did not start in time, for one.
        if not again:
            raise SystemExit(f"Lighthouse, {url}: {done.stderr[-800:]} "
                             f"{said.get('runtimeError')}")
        return _run(url, form, again - 1)
    shift = said["audits"]["cumulative-layout-shift"]["numericValue"]
    return {**{name: round(100 * one) for name, one in scores.items()},
            "cls": shift}
