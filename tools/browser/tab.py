"""A tab, and everything that a page in it complains about."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import urlsplit

from tools.browser.server import Server

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
ELSEWHERE = "asks another host: "
SAYS = "the console says "
FAILS = "a script fails: "


class Tab:
    """A tab that is watched.

    To start a browser's process takes longer than to open a page, so a tab
    serves many visits; `begin` makes each a first one. Its `complaints` are
    requests to other hosts, failed requests, console messages, errors of
    scripts.
    """

    def __init__(self, context: Any, scripts: bool = True) -> None:
        self.context = context
        self.scripts = scripts
        self.server: Server | None = None
        self.complaints: list[str] = []
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
            f"{FAILS}{error.error}"))
        context.on("console", lambda said: self.complaints.append(
            f"{SAYS}({said.type}): {said.text}"))

    def begin(self, server: Server, viewport: dict[str, int] = WIDE,
              color_scheme: str = "light") -> None:
        """Forget all that earlier visits left: caches, cookies, storage."""
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

    def end(self) -> None:
        """Give the tab back."""
        from playwright.sync_api import Error

        # What a tab keeps for itself, no other page of it can forget.
        with contextlib.suppress(Error):
            self.page.evaluate("sessionStorage.clear()")
        self.free = True

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        here = self.server.host if self.server else ""
        if parts.scheme in {"http", "https", "ws", "wss"} and (
                parts.netloc != here):
            self.complaints.append(
                f"{ELSEWHERE}{request.url}; serve it from the site")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and response.request.frame.parent_frame is (
                None) and not response.request.is_navigation_request():
            self.complaints.append(
                f"asks for {response.url}, which answers {response.status}")

    def _failed(self, request: Any) -> None:
        failure = request.failure or ""
        if "ERR_ABORTED" not in failure:
            self.complaints.append(f"{request.url} fails: {failure}")

    def go(self, address: str, until: str = "load") -> Any:
        """Open a page of the site and wait until it stands still."""
        assert self.server, "begin() says where the pages come from"
        answer = self.page.goto(self.server.url + address, wait_until=until)
        self.settle()
        return answer

    def settle(self) -> None:
        """Wait until nothing moves."""
        if self.scripts:
            self.page.evaluate(SETTLED)

    def resize(self, size: dict[str, int]) -> None:
        """Give the window another size."""
        self.page.set_viewport_size(size)
        self.settle()

    def colours(self, scheme: str) -> None:
        """Make the system light or dark."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(FOLLOWED, arg=scheme, polling=20)
        self.settle()
