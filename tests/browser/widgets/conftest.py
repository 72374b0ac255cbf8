"""The page scripts and widgets in a real browser, against Python and torch.

Nothing is built and nothing is served: the browser's requests are answered
from docs/assets, under the site's own policy and stylesheet. A planted defect
is a change of a script on its way to the browser (`swap`); every check is run
with one and must then report problems.
"""

import json
import re
from html import escape
from pathlib import Path

import pytest

from tools.browser.server import Answer, Server
from tools.site import assets, widgets
from tools.site.finish import csp

ROOT = Path(__file__).resolve().parents[3]
PAGE = Path(__file__).with_name("page.html")
SERVED = {"projection.py": "print('Привет, 注意力')\n",
          "echo.js": "onmessage = e => postMessage(e.data)"}
KINDS = {".js": "text/javascript", ".json": "application/json",
         ".css": "text/css", ".html": "text/html", ".py": "text/x-python"}
READY = "document.querySelectorAll('[data-ready]').length === 6"


def source(path):
    """A file of the site: as it stands, or as the build makes it."""
    made = re.fullmatch(r"assets/widgets/strings\.(\w+)\.json", path)
    if made:
        return widgets.strings(made[1])
    file = ROOT / "docs" / path
    if not path.startswith("assets/") or not file.is_file():
        return None
    return file.read_text("utf-8")


class Lab(Server):
    """A browser, and a server that answers it from the repository.

    Pages stand below a number, /3/en-default.html, and so do their scripts:
    a number for each planted change of a script.
    """

    def __init__(self, browser):
        super().__init__()
        self.css = assets.stylesheet()
        self.swaps = [None]
        self.said = []
        context = browser.new_context(
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"])
        self.page = context.new_page()
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.plain = browser.new_context(
            java_script_enabled=False).new_page()

    def close(self):
        self.page.context.close()
        self.plain.context.close()
        super().close()

    def open(self, lang="en", *, swap=None, scheme="plain", width=1280,
             scripts=True, at=""):
        """Open the fixture; the scheme "plain" leaves the styles out."""
        below = self.below(swap)
        page = self.page if scripts else self.plain
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        self.said.clear()
        page.goto(f"{below}{lang}-{scheme}.html{at}", wait_until="commit")
        if scripts and not (swap and swap[0].startswith("widgets/strings")):
            self.wait(READY)
        return page

    def below(self, swap):
        """The address where everything but the planted change is as it is.

        A swap is (file, text, text in its place); no text in its place
        stands for a file that is not there.
        """
        if swap not in self.swaps:
            text = source(f"assets/{swap[0]}")
            assert swap[1] in text, f"{swap[0]} has no {swap[1]!r} to change"
            self.swaps.append(swap)
        return f"{self.url}{self.swaps.index(swap)}/"

    def call(self, swap, module, body, *given):
        """Run JavaScript with a module as `m` and arguments as `given`."""
        if not self.page.url.startswith(self.url):
            self.open()
        return self.page.evaluate(
            "async given => { const m = await import("
            f"'{self.below(swap)}assets/{module}'); {body} }}", list(given))

    def wait(self, what):
        """Wait for an expression (Playwright's own way needs eval)."""
        self.page.evaluate(f"""new Promise((done, fail) => {{
          const end = performance.now() + 15000;
          const look = () => {what} ? done() : performance.now() > end
            ? fail(new Error({json.dumps(what)})) : setTimeout(look, 5);
          look();
        }})""")

    def find(self, path):
        number, _, name = path[1:].partition("/")
        name = name or number
        text = self.text(name, self.swaps[int(number)]
                         if number.isdigit() else None)
        if text is None:
            return Answer()
        kept = "max-age=600" if name.endswith(".css") else "no-store"
        kind = KINDS[Path(name).suffix]
        return Answer(text.encode(), f"{kind}; charset=utf-8", 200,
                      {"Cache-Control": kept})

    def text(self, path, swap):
        page = re.fullmatch(r"(\w\w)-(\w+)\.html", path)
        if page:
            return self.html(*page.groups())
        if path == "all.css":
            return self.css
        if path in SERVED:
            return SERVED[path]
        text = source(path)
        if text is None:
            return None
        if swap and path == f"assets/{swap[0]}":
            return text.replace(swap[1], swap[2]) if swap[2] else None
        return text

    def html(self, lang, scheme):
        text = PAGE.read_text("utf-8")
        for key, value in {
            "lang": lang, "scheme": scheme,
            "css": "none.css" if scheme == "plain" else "/all.css",
            "policy": escape(csp.policy(set())),
            "widgets": "".join(
                widgets.html_of(w, lang) for w in widgets.FALLBACKS),
        }.items():
            text = text.replace(f"{{{key}}}", value)
        return text


@pytest.fixture(scope="session")
def lab(chromium):
    made = Lab(chromium)
    yield made
    made.close()


@pytest.fixture(scope="session")
def words():
    """Return what the widgets say in a language."""
    return lambda lang: json.loads(widgets.strings(lang))
