"""What the browser checks share: a browser, the served site, a watched page.

Where there is no Chromium or Chrome the tests are left out with a reason
that says how to get one; with CI=true they fail instead.
"""

import contextlib
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tools.checks import browser

WIDE = {"width": 1280, "height": 800}
SHIFTS = """
window.__shift = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries())
    if (!one.hadRecentInput) window.__shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# How often the page was styled: a link tells each time that it has loaded.
STYLED = """
window.__styled = 0;
document.addEventListener("load", event => {
  if (event.target.rel === "stylesheet") window.__styled++;
}, true);
"""
# Styles have been applied, fonts are there, nothing is moving any more.
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(
    () => requestAnimationFrame(done)));
  const moving = document.getAnimations().filter(
    one => one.effect?.getTiming().iterations !== Infinity);
  await Promise.race([
    Promise.allSettled(moving.map(one => one.finished)),
    new Promise(done => setTimeout(done, 1000)),
  ]);
}"""

# The theme sets a scheme by script; other pages have a media query.
FOLLOWED = """scheme => {
  const now = document.body.getAttribute("data-md-color-scheme");
  return !now || now === (scheme === "dark" ? "slate" : "default");
}"""


def playwright_error():
    """The class of Playwright's errors; it is imported only if it is there."""
    from playwright.sync_api import Error

    return Error


def leave_out(reason):
    """Leave a test out; where everything must run, fail it."""
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(f"obligatory in CI, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def missing():
    """Tell that something is not installed, and how to get it."""
    return leave_out


class Watch:
    """A tab, and everything that a page in it complains about.

    To start a browser's process takes longer than to open a page, so a tab
    serves many tests; `begin` makes each visit a first one.

    Attributes:
        page: Playwright's page.
        server: Where the site is served.
        complaints: Requests to other hosts, failed requests, console
            messages, errors of scripts.
    """

    def __init__(self, context, scripts=True):
        self.context = context
        self.scripts = scripts
        self.server = None
        self.complaints = []
        self.free = True
        context.set_default_timeout(10_000)
        context.add_init_script(SHIFTS + STYLED)
        self.page = context.new_page()
        self._tools = context.new_cdp_session(self.page)
        self._tools.send("Network.enable")
        self._tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", self._failed)
        context.on("weberror", lambda error: self.complaints.append(
            f"a script fails: {error.error}"))
        context.on("console", lambda said: self.complaints.append(
            f"the console says ({said.type}): {said.text}"))

    def begin(self, server, viewport, color_scheme):
        """Forget all that earlier visits left: nothing cached, nothing kept.

        Args:
            server: Where the pages will come from.
            viewport: The size of the window.
            color_scheme: What the system prefers, light or dark.
        """
        self.page.goto("about:blank")
        self.context.clear_cookies()
        if self.server:
            self._tools.send("Storage.clearDataForOrigin", {
                "origin": f"http://{self.server.host}",
                "storageTypes": "all"})
        self._tools.send("Network.clearBrowserCache")
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="screen", color_scheme=color_scheme,
                                reduced_motion="reduce")
        self.server = server
        self.complaints.clear()
        self.free = False

    def end(self):
        """Give the tab back."""
        # What a tab keeps for itself, no other page of it can forget.
        with contextlib.suppress(playwright_error()):
            self.page.evaluate("sessionStorage.clear()")
        self.free = True

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and (
                parts.netloc != self.server.host):
            self.complaints.append(
                f"asks another host: {request.url}; serve it from the site")

    def _response(self, response):
        if response.status >= 400 and response.request.frame.parent_frame is (
                None) and not response.request.is_navigation_request():
            self.complaints.append(
                f"asks for {response.url}, which answers {response.status}")

    def _failed(self, request):
        failure = request.failure or ""
        if "ERR_ABORTED" not in failure:
            self.complaints.append(f"{request.url} fails: {failure}")

    def go(self, address):
        """Open a page of the site and wait until it stands still."""
        answer = self.page.goto(self.server.url + address, wait_until="load")
        self.settle()
        return answer

    def settle(self):
        """Wait until nothing moves."""
        if self.scripts:
            self.page.evaluate(SETTLED)

    def resize(self, size):
        """Give the window another size."""
        self.page.set_viewport_size(size)
        self.settle()

    def colours(self, scheme):
        """Make the system light or dark."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(FOLLOWED, arg=scheme, polling=20)
        self.settle()


@pytest.fixture(scope="session")
def served(built_site) -> Iterator[browser.Server]:
    """The built site on 127.0.0.1; its search finds nothing."""
    server = browser.Server(built_site, search=False)
    yield server
    server.close()


@pytest.fixture(scope="session")
def searchable(built_site) -> Iterator[browser.Server]:
    """The built site on 127.0.0.1, with its search."""
    server = browser.Server(built_site)
    yield server
    server.close()


@pytest.fixture(scope="session")
def chromium():
    """The machine's Chromium or Chrome, started once."""
    path = browser.find()
    if path is None:
        leave_out(browser.HOW_TO_GET)
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed; run: "
        "python3 tools/install.py test")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=str(path), args=browser.flags())
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs(chromium):
    """Return a free tab that was opened with given options, or a new one."""
    opened = []

    def tab(**options):
        for known, watch in opened:
            if watch.free and known == options:
                return watch
        watch = Watch(chromium.new_context(**options),
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
        server = browser.Server(tmp_path)
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
