"""Every page as a browser gets it: weight, requests, third parties, scores."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.bench.common import (
    LANGS,
    ROOT,
    Bar,
    Section,
    copy_of_repository,
    python,
    run,
    say,
)
from tools.checks import browser, weight

HERE = Path(__file__).resolve().parent
NODE = ROOT / ".cache" / "lighthouse"
JUDGED = ROOT / ".cache" / "lighthouse.json"
SHIFTS = """
window.__shift = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries())
    if (!one.hadRecentInput) window.__shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@contextmanager
def built() -> Iterator[tuple[Path, browser.Server]]:
    """The site, built from a copy of the working tree, and served."""
    with copy_of_repository() as root:
        python("-m", "tools.site.build", cwd=root)
        server = browser.Server(root / "site")
        try:
            yield root / "site", server
        finally:
            server.close()


def chromium_path() -> str:
    """Where the browser is."""
    found = browser.find()
    if found is None:
        raise SystemExit(browser.HOW_TO_GET)
    return str(found)


def by_page(addresses: list[str]) -> dict[str, dict[str, str]]:
    """Group addresses by page: {"concepts/projection/": {"zh": …}}."""
    found: dict[str, dict[str, str]] = {}
    for address in addresses:
        lang, _, rest = address.partition("/")
        if lang in LANGS:
            found.setdefault(rest or "(start page)", {})[lang] = address
    return found


# --- weight, requests, third parties ---------------------------------------


def bench(quick: bool = False) -> Section:
    """Visit every page for the first time and count what it fetches."""
    from playwright.sync_api import sync_playwright

    with built() as (site, server), sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=chromium_path(), args=browser.flags()
        )
        addresses = browser.addresses(site)[: 6 if quick else None]
        visits = {}
        for number, address in enumerate(addresses, 1):
            visits[address] = _visit(chromium, site, server, address)
            if number % 10 == 0:
                say(f"  {number}/{len(addresses)} pages")
        chromium.close()
    return _section(visits)


def _visit(
    chromium: Any, site: Path, server: browser.Server, address: str
) -> dict[str, Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    elsewhere: list[str] = []
    said: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((server.url, "data:", "blob:"))
        else elsewhere.append(r.url),
    )
    page.on("console", lambda message: said.append(message.text))
    server.log.clear()
    page.goto(server.url + address, wait_until="networkidle")
    visit = {
        "bytes": weight.transferred(server.log),
        "index": sum(
            one.size for one in server.log if weight.INDEX.search(one.path)
        ),
        "requests": len(server.log),
        "elsewhere": len(elsewhere),
        "console": len(said),
        "shift": page.evaluate("window.__shift"),
        "kind": weight.kind(site, address),
    }
    context.close()
    return visit


def _section(visits: dict[str, dict[str, Any]]) -> Section:
    def most(key: str, kind: str | None = None) -> float:
        return max(
            (v[key] for v in visits.values() if kind in (None, v["kind"])),
            default=0,
        )

    kinds = {"page": "page", "notebook": "notebook page",
             "widget": "page with a widget"}
    bars = [
        Bar(f"heaviest {name}", weight.MOST[kind] / weight.KB,
            most("bytes", kind) / weight.KB, "KB")
        for kind, name in kinds.items()
        if any(v["kind"] == kind for v in visits.values())
    ]
    bars += [
        Bar("largest search index", weight.MOST_INDEX / weight.KB,
            most("index") / weight.KB, "KB"),
        Bar("third-party requests, all pages", 0,
            sum(v["elsewhere"] for v in visits.values())),
        Bar("console messages, all pages", 0,
            sum(v["console"] for v in visits.values())),
        Bar("largest layout shift", 0.02, most("shift")),
    ]
    rows = []
    for page, langs in by_page(list(visits)).items():
        some = [visits[address] for address in langs.values()]
        rows.append([
            page, some[0]["kind"],
            *(f"{visits[langs[lang]]['bytes'] / weight.KB:.0f}"
              if lang in langs else "–" for lang in LANGS),
            f"{max(v['requests'] for v in some)}",
            f"{sum(v['elsewhere'] for v in some)}",
            f"{max(v['shift'] for v in some):.3f}",
        ])
    return Section(
        title="Weight of a first visit",
        how=(
            f"All {len(visits)} pages, Chromium, 1280 px, nothing cached, "
            "every other host unreachable; bytes as sent, gzip, with 250 "
            "for the head of each answer, the search index apart."
        ),
        bars=bars,
        head=["page", "kind", *(f"KB, {lang}" for lang in LANGS),
              "requests", "third-party", "shift"],
        rows=rows,
        numbers={
            "pages": len(visits),
            "heaviest_kb": round(most("bytes") / weight.KB, 1),
            "index_kb": round(most("index") / weight.KB, 1),
        },
    )


# --- Lighthouse ------------------------------------------------------------


def bench_lighthouse(quick: bool = False) -> Section:
    """Let Lighthouse judge every page, as a phone and as a desktop."""
    program = _install()
    found: dict[tuple[str, str], dict[str, float]] = {}
    known: dict[str, dict[str, float]] = (
        json.loads(JUDGED.read_text("utf-8")) if JUDGED.exists() else {})
    with built() as (site, server):
        pages = by_page(browser.addresses(site))
        if quick:
            pages = dict(list(pages.items())[:1])
        todo = [
            (address, form)
            for langs in pages.values()
            for address in langs.values()
            if not address.endswith("404.html")
            for form in ("mobile", "desktop")
        ]
        for number, (address, form) in enumerate(todo, 1):
            key = f"{form} {address} {_state(site, address)}"
            if key not in known:
                known[key] = _judge(program, server, address, form)
                _keep(known)
            found[address, form] = scores = known[key]
            say(f"  {number}/{len(todo)} {address} {form}: " + " ".join(
                f"{scores[name]:.0f}" for name in CATEGORIES))
    return _judged(found)


def _state(site: Path, address: str) -> str:
    """What a page's scores depend on: an interrupted run goes on from it."""
    page = site / address / "index.html"
    parts = [page.read_bytes()]
    for path in sorted((site / address.split("/")[0]).rglob("*.js")):
        parts.append(path.read_bytes())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def _keep(known: dict[str, dict[str, float]]) -> None:
    partial = JUDGED.with_suffix(".partial")
    partial.write_text(json.dumps(known, indent=1), "utf-8")
    partial.replace(JUDGED)


def _install() -> list[str]:
    """Install Lighthouse and its Node, once; return how to call it."""
    lock = (HERE / "package-lock.json").read_text("utf-8")
    stamp = NODE / "installed"
    if not stamp.is_file() or stamp.read_text("utf-8") != lock:
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm: not found; install Node 20 or newer")
        say("  installing Lighthouse (once)")
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, NODE / name)
        run(npm, "ci", "--no-audit", "--no-fund", "--silent", cwd=NODE)
        stamp.write_text(lock, "utf-8")
    modules = NODE / "node_modules"
    return [
        str(modules / ".bin" / "node"),
        str(modules / "lighthouse" / "cli" / "index.js"),
    ]


def _judge(
    program: list[str], server: browser.Server, address: str, form: str,
    runs: int = 5,
) -> dict[str, float]:
    """Scores of a page; performance wavers, so a low one is judged again.

    Now and then the display shows a page's first frame a second late; five
    runs, the number that Lighthouse's notes on variability name, outvote it.
    """
    several = [_run_once(program, server.url + address, form)]
    if several[0]["performance"] < (95 if form == "mobile" else 100):
        several += [_run_once(program, server.url + address, form)
                    for _ in range(runs - 1)]
    several.sort(key=lambda one: one["performance"])
    return several[len(several) // 2]


def _run_once(
    program: list[str], url: str, form: str, again: int = 3
) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        flags = " ".join([*browser.flags(), "--headless=new"])
        done = subprocess.run(
            [*program, url, "--quiet", "--output=json", f"--output-path={out}",
             f"--chrome-flags={flags} --user-data-dir={folder}/profile",
             f"--only-categories={','.join(CATEGORIES)}",
             *(["--preset=desktop"] if form == "desktop" else [])],
            env={**os.environ, "CHROME_PATH": chromium_path(), "CI": "1"},
            capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        if not out.is_file():
            # A browser that did not start in time, for one.
            if not again:
                raise SystemExit(f"Lighthouse, {url}: {done.stderr[-800:]}")
            return _run_once(program, url, form, again - 1)
        report = json.loads(out.read_text("utf-8"))
    scores = {
        name: round(100 * (report["categories"][name]["score"] or 0))
        for name in CATEGORIES
    }
    audits = report["audits"]
    if "numericValue" not in audits["largest-contentful-paint"]:
        if not again:
            raise SystemExit(f"Lighthouse, {url}: the browser shows nothing: "
                             f"{report.get('runtimeError')}")
        return _run_once(program, url, form, again - 1)
    failed = [
        ref["id"]
        for name in CATEGORIES[1:]
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)
    ]
    if failed:
        say(f"    {url}: {', '.join(failed)}")
    return {
        **scores,
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "lcp": audits["largest-contentful-paint"]["numericValue"] / 1000,
    }


def _judged(
    found: dict[tuple[str, str], dict[str, float]],
) -> Section:
    def values(form: str, name: str) -> list[float]:
        return [v[name] for (_, f), v in found.items() if f == form]

    bars = [
        Bar("lowest performance, mobile", 95,
            min(values("mobile", "performance")), at_least=True),
        Bar("lowest performance, desktop", 100,
            min(values("desktop", "performance")), at_least=True),
        *(
            Bar(f"lowest {name.replace('-', ' ')}", 100,
                min(v[name] for v in found.values()), at_least=True)
            for name in CATEGORIES[1:]
        ),
        Bar("largest layout shift", 0.02,
            max(v["cls"] for v in found.values())),
    ]
    rows = []
    for page, langs in by_page(sorted({a for a, _ in found})).items():
        for form in ("mobile", "desktop"):
            some = [found[address, form] for address in langs.values()]
            rows.append([
                page, form,
                *(f"{min(one[name] for one in some):.0f}"
                  for name in CATEGORIES),
                f"{max(one['lcp'] for one in some):.1f}",
                f"{max(one['cls'] for one in some):.3f}",
            ])
    return Section(
        title="Lighthouse",
        how=(
            "Lighthouse 13.5 on every page in all three languages; each row "
            "gives the worst language. Where a run is below the bar for "
            "performance, four more are made, and the median of the five "
            "counts; a first run that keeps the bar is not repeated."
        ),
        bars=bars,
        head=["page", "as", "performance", "accessibility",
              "best practices", "SEO", "LCP, s", "CLS"],
        rows=rows,
        numbers={
            "mobile": min(values("mobile", "performance")),
            "mobile_median": statistics.median(
                values("mobile", "performance")),
            "desktop": min(values("desktop", "performance")),
        },
    )
