"""What the browser checks share: a browser, the served site, a watched page.

Where there is no Chromium or Chrome the tests are left out with a reason
that says how to get one; with CI=true they fail instead.
"""

import os
from collections.abc import Iterator

import pytest

from tools import browser
from tools.browser.server import Site
from tools.browser.tab import WIDE, Tab


def leave_out(reason):
    """Leave a test out; where everything must run, fail it."""
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(f"obligatory in CI, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def missing():
    """Tell that something is not installed, and how to get it."""
    return leave_out


@pytest.fixture(scope="session")
def served(built_site) -> Iterator[Site]:
    """The built site on 127.0.0.1; its search finds nothing."""
    server = Site(built_site, search=False)
    yield server
    server.close()


@pytest.fixture(scope="session")
def searchable(built_site) -> Iterator[Site]:
    """The built site on 127.0.0.1, with its search."""
    server = Site(built_site)
    yield server
    server.close()


@pytest.fixture(scope="session")
def chromium():
    """The machine's Chromium or Chrome, started once."""
    pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed; run: "
        "python3 tools/install.py test")
    try:
        browser.find()
    except browser.NoBrowser as none:
        leave_out(str(none))
    with browser.started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def tabs(chromium):
    """Return a free tab that was opened with given options, or a new one."""
    opened = []

    def tab(**options):
        for known, watch in opened:
            if watch.free and known == options:
                return watch
        watch = Tab(chromium.new_context(**options),
                    options.get("java_script_enabled", True))
        opened.append((options, watch))
        return watch

    yield tab
    for _, watch in opened:
        watch.context.close()


@pytest.fixture
def visit(tabs, request):
    """Open watched pages; each call begins a first visit, nothing cached."""
    used = []

    def new(address=None, to=None, viewport=WIDE, color_scheme="light",
            **options):
        watch = tabs(**options)
        watch.begin(to or request.getfixturevalue("served"), viewport,
                    color_scheme)
        used.append(watch)
        if address is not None:
            watch.go(address)
        return watch

    yield new
    for watch in used:
        watch.end()


@pytest.fixture
def serve(tmp_path):
    """Serve a small site made for a test: `serve({"zh/index.html": …})`."""
    servers = []

    def new(files):
        files = {
            "sitemap.xml": "<loc>https://planted.example/zh/sitemap.xml</loc>",
            **files,
        }
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(text, "utf-8")
        server = Site(tmp_path)
        servers.append(server)
        return server

    yield new
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def axe():
    """axe-core's program, to be evaluated in a page."""
    source = browser.axe_source()
    if source is None:
        leave_out("axe-core is not installed; run: python3 tools/install.py "
                "test (the wheel axe-playwright-python carries it)")
    return source
