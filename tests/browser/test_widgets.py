"""The page scripts and widgets in a real browser, against Python and torch.

Nothing is built and nothing is served: the browser's requests are answered
from docs/assets, under the site's own policy and stylesheet. A planted defect
is a change of a script on its way to the browser (`swap`); every check is run
with one and must then report problems.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch

from qkv_explained import shapes
from qkv_explained.languages import LANGUAGES as LANGS
from tools.checks import browser as chrome
from tools.pages.numbers import write_number
from tools.site import assets, widgets
from tools.site.finish import csp

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "browser" / "fixtures" / "widgets.html"
SCRIPT = "print('Привет, 注意力')\n"
SERVED = {"projection.py": SCRIPT,
          "echo.js": "onmessage = e => postMessage(e.data)"}
Swap = tuple[str, str, str]
KINDS = {".js": "text/javascript", ".json": "application/json"}
READY = "document.querySelectorAll('[data-ready]').length === 6"

pytestmark = pytest.mark.browser


class Lab:
    """A browser, and a server that answers it from the repository.

    Pages stand below a number, /3/en-default.html, and so do their scripts:
    a number for each planted change of a script.
    """

    def __init__(self, browser: Any) -> None:
        self.css = assets.stylesheet().encode()
        self.swaps: list[Swap | None] = [None]
        self.said: list[str] = []
        context = browser.new_context(
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"])
        self.page = context.new_page()
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.plain = browser.new_context(
            java_script_enabled=False).new_page()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever,
                         kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.page.context.close()
        self.plain.context.close()
        self.server.shutdown()
        self.server.server_close()

    def open(self, lang: str = "en", *, swap: Swap | None = None,
             scheme: str = "plain", width: int = 1280,
             scripts: bool = True, at: str = "") -> Any:
        """Open the fixture; the scheme "plain" leaves the styles out."""
        below = self.below(swap)
        page = self.page if scripts else self.plain
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        self.said.clear()
        page.goto(f"{below}{lang}-{scheme}.html{at}", wait_until="commit")
        if scripts and not (swap and swap[0].startswith("widgets/strings")):
            wait(page, READY)
        return page

    def below(self, swap: Swap | None) -> str:
        """The address where everything but the planted change is as it is.

        A swap is (file, text, text in its place); no text in its place
        stands for a file that is not there.
        """
        if swap not in self.swaps:
            text = self.source(f"assets/{swap[0]}")
            assert swap[1] in text, f"{swap[0]} has no {swap[1]!r} to change"
            self.swaps.append(swap)
        return f"{self.url}/{self.swaps.index(swap)}/"

    def call(self, swap: Swap | None, module: str, body: str,
             *given: Any) -> Any:
        """Run JavaScript with a module as `m` and arguments as `given`."""
        if not self.page.url.startswith(self.url):
            self.open()
        return self.page.evaluate(
            "async given => { const m = await import("
            f"'{self.below(swap)}assets/{module}'); {body} }}", list(given))

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        number, _, path = handler.path[1:].split("?")[0].partition("/")
        if not path:
            path = number
        body, kind = self.find(path, self.swaps[int(number)]
                               if number.isdigit() else None)
        handler.send_response(200 if kind else 404)
        handler.send_header("Content-Type", f"{kind}; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        keep = "max-age=600" if kind == "text/css" else "no-store"
        handler.send_header("Cache-Control", keep)
        handler.end_headers()
        handler.wfile.write(body)

    def find(self, path: str, swap: Swap | None) -> tuple[bytes, str]:
        page = re.fullmatch(r"(\w\w)-(\w+)\.html", path)
        if page:
            return self.html(*page.groups()).encode(), "text/html"
        if path in SERVED:
            return SERVED[path].encode(), "text/javascript"
        if path == "all.css":
            return self.css, "text/css"
        text = self.source(path)
        if not text:
            return b"", ""
        if swap and path == f"assets/{swap[0]}":
            if not swap[2]:
                return b"", ""
            text = text.replace(swap[1], swap[2])
        return text.encode(), KINDS[Path(path).suffix]

    @staticmethod
    def source(path: str) -> str:
        """A file of the site: as it stands, or as the build makes it."""
        made = re.fullmatch(r"assets/widgets/strings\.(\w+)\.json", path)
        if made:
            return widgets.strings(made[1])
        file = ROOT / "docs" / path
        if not path.startswith("assets/") or not file.is_file():
            return ""
        return file.read_text("utf-8")

    def html(self, lang: str, scheme: str) -> str:
        text = FIXTURE.read_text("utf-8")
        for key, value in {
            "lang": lang, "scheme": scheme,
            "css": "none.css" if scheme == "plain" else "/all.css",
            "policy": escape(csp.policy(set())),
            "widgets": "".join(
                widgets.html_of(w, lang) for w in widgets.FALLBACKS),
        }.items():
            text = text.replace(f"{{{key}}}", value)
        return text


@pytest.fixture(scope="module")
def lab(chromium: Any) -> Iterator[Lab]:
    made = Lab(chromium)
    yield made
    made.close()


def wait(page: Any, what: str) -> None:
    """Wait for an expression (Playwright's own way needs eval)."""
    page.evaluate(f"""new Promise((done, fail) => {{
      const end = performance.now() + 15000;
      const look = () => {what} ? done() : performance.now() > end
        ? fail(new Error({json.dumps(what)})) : setTimeout(look, 5);
      look();
    }})""")


def words(lang: str) -> dict[str, Any]:
    return json.loads(widgets.strings(lang))


# --- The calculator of shapes --------------------------------------------

SIZES: list[dict[str, int]] = [
    {"d_model": 512, "n_heads": 8},
    {"d_model": 4, "n_heads": 2, "n_q": 3},
    {"d_model": 512, "n_heads": 1, "batch": 2},
    {"d_model": 512, "n_heads": 512, "n_q": 1},
    {"d_model": 768, "n_heads": 12, "n_kv_heads": 4, "d_v": 80},
    {"d_model": 4096, "n_heads": 32, "n_kv_heads": 1, "batch": 7},
    {"d_model": 512, "n_heads": 7, "d_k": 64, "n_q": 5, "n_k": 9},
    {"d_model": 512, "n_heads": 7},
    {"d_model": 500, "n_heads": 8},
    {"d_model": 512, "n_heads": 8, "n_kv_heads": 3},
    {"d_model": 512, "n_heads": 8, "n_kv_heads": 16},
    {"d_model": 0, "n_heads": 8},
    {"d_model": 512, "n_heads": -1},
    {"d_model": 512, "n_heads": 8, "d_v": 0},
    {"d_model": 512, "n_heads": 8, "batch": 0},
    *({"d_model": d, "n_heads": h, "d_v": 5, "n_q": 11, "batch": 3}
      for d in (1, 6, 60, 97, 384) for h in (1, 2, 3, 5, 12)),
]

IN_JS = """
return given[0].map(sizes => {
  try {
    const layer = m.attentionShapes(sizes);
    return { layer, steps: m.steps(layer), totals: m.totals(layer) };
  } catch (e) {
    return { kind: e.kind, argument: e.argument, choices: e.choices };
  }
});"""


def in_python(sizes: dict[str, int]) -> dict[str, Any]:
    given = dict(sizes)
    try:
        layer = shapes.attention_shapes(
            given.pop("d_model"), given.pop("n_heads"), **given)
    except shapes.ShapeError as error:
        return {"kind": error.kind, "argument": error.argument,
                "choices": list(error.choices)}
    return {
        "layer": {name: getattr(layer, name) for name in (
            "d_model", "n_heads", "n_kv_heads", "d_k", "d_v", "n_q", "n_k",
            "batch")},
        "steps": [{"name": s.name, "formula": s.formula, "axes": [*s.axes],
                   "shape": [*s.shape], "weights": s.weights,
                   "bias": s.bias} for s in layer.steps()],
        "totals": {"weights": layer.weights, "biases": layer.biases,
                   "cache_per_token": layer.cache_per_token},
    }


def shape_problems(lab: Lab, swap: Swap | None = None) -> list[str]:
    found = lab.call(swap, "widgets/shapes.js", IN_JS, SIZES)
    return [f"{sizes}: {js} in the widget, {py} in qkv_explained.shapes"
            for sizes, js in zip(SIZES, found, strict=True)
            if js != (py := in_python(sizes))]


def seven_problems(page: Any, lang: str) -> list[str]:
    """512 / 7 is refused with a reason, and a head count that works."""
    problems = []
    box = page.locator("qkv-shapes")
    box.locator("[name=n_heads]").fill("7")
    told = box.locator("[role=status]").inner_text()
    for part in ("73", "512", "7"):
        if part not in told:
            problems.append(f"{lang}: 512 / 7: {part} is not in {told!r}")
    if box.locator("table").is_visible():
        problems.append(f"{lang}: 512 / 7: the old shapes are still there")
    offered = box.locator(".qkv-choices button").all_inner_texts()
    if offered != [str(n) for n in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)]:
        problems.append(f"{lang}: offered {offered}")
    box.locator(".qkv-choices button", has_text="16").first.click()
    row = box.locator("tr[data-tensor=Q] .qkv-shape").inner_text()
    if row != "(16 × 10 × 32)":
        problems.append(f"{lang}: 16 heads: Q is {row}")
    total = box.locator("tr[data-sum=weights] td").inner_text()
    if total != write_number(4 * 512 * 512, lang):
        problems.append(f"{lang}: parameters are written {total!r}")
    return problems


def test_shapes_equal_python(lab: Lab) -> None:
    assert shape_problems(lab) == []


@pytest.mark.parametrize(("old", "new"), [
    ("n_heads·d_v\", \"d_model", "n_heads·d_k\", \"d_model"),
    ("n_heads % n_kv_heads", "n_kv_heads % n_heads"),
    ("bias: shape[1]", "bias: shape[0]"),
])
def test_shapes_defect(lab: Lab, old: str, new: str) -> None:
    assert shape_problems(lab, ("widgets/shapes.js", old, new))


@pytest.mark.parametrize("lang", LANGS)
def test_seven_heads(lab: Lab, lang: str) -> None:
    assert seven_problems(lab.open(lang), lang) == []


def test_seven_heads_defect(lab: Lab) -> None:
    page = lab.open(swap=("widgets/shapes.js",
                          "this.table.hidden = true", "0"))
    assert seven_problems(page, "en")


# --- The projection -------------------------------------------------------

def projection_problems(lab: Lab, swap: Swap | None = None) -> list[str]:
    """The widget's q = x W against torch, and what W cannot see."""
    draw = torch.Generator().manual_seed(0)
    xs = torch.randint(-18, 19, (60, 4), generator=draw).double() / 2
    ws = torch.randint(-18, 19, (60, 4, 2), generator=draw).double() / 2
    ws[0] = 0
    ws[1, 1:] = 0
    ws[2, :, 1] = 2 * ws[2, :, 0]
    found = lab.call(
        swap, "widgets/project.js",
        "return given[0].map((x, k) => ({ q: m.project(x, given[1][k]), "
        "ways: m.unseen(given[1][k]), "
        "moves: m.unseen(given[1][k]).map(m.step) }));",
        xs.tolist(), ws.tolist())
    problems = []
    for x, w, js in zip(xs, ws, found, strict=True):
        q = torch.tensor(js["q"], dtype=torch.float64)
        if not torch.equal(q, x @ w):
            problems.append(f"{x} @ {w}: {q} instead of {x @ w}")
        ways = torch.tensor(js["ways"], dtype=torch.float64)
        rank = torch.linalg.matrix_rank
        if not len(ways):
            problems.append(f"{w}: nothing that it does not see")
            continue
        if rank(ways) != 4 - rank(w):
            problems.append(f"{w}: {ways} do not span its null space")
        if (ways @ w).abs().max() > 0:
            problems.append(f"{w}: sees {ways}")
        moves = torch.tensor(js["moves"], dtype=torch.float64)
        if ((x + moves) @ w - x @ w).abs().max() > 1e-12 * 81:
            problems.append(f"{w}: a step along {moves} changes q")
    return problems


def typing_problems(page: Any, lang: str) -> list[str]:
    """Numbers typed and slid, as a reader does, against torch."""
    problems = []
    box = page.locator("qkv-project")
    fields = box.locator("input[type=number]")
    values = [2, 3, 1.5, -4, 1, -2, -1, 0.5, 0, 3, 2.5, 1]
    for i, value in enumerate(values):
        fields.nth(i).fill(str(value))
    slider = box.locator("input[type=range]").nth(3)
    slider.focus()
    slider.press("Home")  # x4 = -3
    values[9] = -3
    x = torch.tensor([values[0], values[3], values[6], values[9]])
    w = torch.tensor([values[i + 1 : i + 3] for i in (0, 3, 6, 9)])
    q = [write_number(n, lang) for n in (x.double() @ w.double()).tolist()]
    shown = box.locator("tfoot output").all_inner_texts()
    if shown != q:
        problems.append(f"{lang}: q is shown as {shown}, torch says {q}")
    ends = [text.rsplit("= ", 1)[-1]
            for text in box.locator(".qkv-sum").all_inner_texts()]
    if ends != q:
        problems.append(f"{lang}: the sums end in {ends}, torch says {q}")
    seen = set()
    for _ in range(3):
        box.locator("button").click()
        old, moved = page.evaluate(
            "(e => [e.x, e.moved])(document.querySelector('qkv-project'))")
        seen.add(tuple(moved))
        differ = torch.tensor(moved, dtype=torch.float64)
        differ -= torch.tensor(old, dtype=torch.float64)
        if not differ.any() or (differ @ w.double()).abs().max() > 1e-9:
            problems.append(f"{lang}: {moved} does not give the q of {old}")
        told = box.locator("[role=status]").inner_text()
        gap = "; " if lang == "ru" else ", "
        if told.count(f"({gap.join(q)})") != 2:
            problems.append(f"{lang}: q and q′ are not both in {told!r}")
    if len(seen) != 3:
        problems.append(f"{lang}: the button repeats itself: {seen}")
    return problems


def test_projection_equals_torch(lab: Lab) -> None:
    assert projection_problems(lab) == []


@pytest.mark.parametrize(("old", "new"), [
    ("x_i * W[i][j]", "x_i * W[i][1 - j]"),
    ("[b]: -minor(a, c)", "[b]: minor(a, c)"),
    ("value * 2 / size", "Math.round(value * 2 / size)"),
])
def test_projection_defect(lab: Lab, old: str, new: str) -> None:
    assert projection_problems(lab, ("widgets/project.js", old, new))


@pytest.mark.parametrize("lang", LANGS)
def test_projection_by_hand(lab: Lab, lang: str) -> None:
    assert typing_problems(lab.open(lang), lang) == []


def test_projection_by_hand_defect(lab: Lab) -> None:
    page = lab.open(swap=("widgets/project.js", "this.x[i] = value",
                          "this.x[0] = value"))
    assert typing_problems(page, "en")


def light_problems(page: Any) -> list[str]:
    """The cell in hand marks its row, its column and its product."""
    page.locator("qkv-project input[type=number]").nth(5).focus()  # w 2 2
    lit = page.evaluate(
        "[...document.querySelectorAll('qkv-project .is-lit')].map(e => "
        "[e.tagName, e.dataset.i ?? '', e.dataset.j ?? ''].join(' '))")
    want = ["P  1", "SPAN 1 1", "TD  1", "TD 0 1", "TD 1 ", "TD 1 ",
            "TD 1 0", "TD 1 1", "TD 2 1", "TD 3 1"]
    return [] if sorted(lit) == want else [f"lit: {sorted(lit)}"]


def test_highlight(lab: Lab) -> None:
    assert light_problems(lab.open()) == []


def test_highlight_defect(lab: Lab) -> None:
    assert light_problems(lab.open(swap=(
        "widgets/project.js", "row || column", "row && column")))


# --- Heads ----------------------------------------------------------------

def heads_problems(page: Any) -> list[str]:
    problems = []
    box = page.locator("qkv-heads")
    slider = box.locator("input[type=range]")
    slider.focus()
    slider.press("Home")
    for n_heads in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        told = box.locator("[data-design=paper]").inner_text()
        layer = shapes.attention_shapes(512, n_heads)
        cuts = (page.locator("qkv-heads path").first.get_attribute("d")
                or "").count("M")
        per_head = write_number(512 * layer.d_k, "en")
        if f"= {per_head} param" not in told or "262,144" not in told:
            problems.append(f"{n_heads} heads: {told!r}")
        if cuts != n_heads - 1:
            problems.append(f"{n_heads} heads: {cuts} cuts are drawn")
        note = box.locator("[data-design=note]").inner_text()
        small = write_number(512 * 64 // n_heads, "en")
        if n_heads <= 64 and f"= {small} param" not in note:
            problems.append(f"{n_heads} heads, note: {note!r}")
        if n_heads > 64 and "not a whole" not in note:
            problems.append(f"{n_heads} heads of 64 columns: {note!r}")
        slider.press("ArrowRight")
    return problems


def test_heads_equal_python(lab: Lab) -> None:
    assert heads_problems(lab.open()) == []


def test_heads_defect(lab: Lab) -> None:
    assert heads_problems(lab.open(swap=(
        "widgets/heads.js", "per_head: d_model * d_k",
        "per_head: d_model * n_heads")))


# --- Without scripts ------------------------------------------------------

def fallback_problems(plain: Any, live: Any) -> list[str]:
    """The tables without scripts say what the widgets begin with."""
    def rows(page: Any, selector: str) -> list[str]:
        return [" ".join(text.split())
                for text in page.locator(selector).all_inner_texts()]

    problems = []
    was, now = (rows(page, "qkv-shapes tbody tr, qkv-shapes tfoot tr")
                for page in (plain, live))
    if was != now:
        problems.append(f"shapes: {was} without scripts, {now} with them")
    was = rows(plain, "qkv-project tfoot td")
    now = rows(live, "qkv-project tfoot td")
    if was != now:
        problems.append(f"q: {was} without scripts, {now} with them")
    if not plain.locator("qkv-heads tbody tr").count():
        problems.append("heads: nothing without scripts")
    for what in ("details.answer summary", "table.claims tr >> nth=5",
                 "a[download]"):
        if not plain.locator(what).is_visible():
            problems.append(f"{what} is not to be seen without scripts")
    return problems


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts(lab: Lab, lang: str) -> None:
    plain = lab.open(lang, scripts=False)
    assert fallback_problems(plain, lab.open(lang)) == []


def test_without_scripts_defect(lab: Lab) -> None:
    live = lab.open(swap=("widgets/shapes.js", '"X W_Q"', '"W_Q X"'))
    assert fallback_problems(lab.open(scripts=False), live)


def test_words_missing_leave_the_table(lab: Lab) -> None:
    page = lab.open(swap=("widgets/strings.en.json", "{", ""))
    wait(page, "customElements.get('qkv-shapes')")
    page.wait_for_timeout(50)
    assert page.locator("qkv-shapes tbody tr").count() == 13


# --- Predict, then reveal -------------------------------------------------

def predict_problems(page: Any, lang: str) -> list[str]:
    t = words(lang)["predict"]
    problems = []
    box = page.locator(".predict")
    options = box.locator("button")
    page.locator("a[download]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first option, which is wrong
    told = box.locator("[role=status]").inner_text()
    if told != t["wrong"].format(answer=2):
        problems.append(f"{lang}: wrong choice: {told!r}")
    if not box.locator("details").evaluate("e => e.open"):
        problems.append(f"{lang}: the answer stays closed")
    for i, mark in ((0, t["yours"]), (1, t["answer"])):
        if mark not in options.nth(i).inner_text():
            problems.append(f"{lang}: option {i + 1} is not marked {mark!r}")
    options.nth(1).dispatch_event("click")
    if box.locator("[role=status]").inner_text() != told:
        problems.append(f"{lang}: a second choice changes the verdict")
    return problems


@pytest.mark.parametrize("lang", LANGS)
def test_predict(lab: Lab, lang: str) -> None:
    assert predict_problems(lab.open(lang), lang) == []
    page = lab.open(lang)
    page.locator(".predict button").nth(1).click()
    told = page.locator(".predict [role=status]").inner_text()
    assert told == words(lang)["predict"]["right"]


@pytest.mark.parametrize(("old", "new"), [
    ("details.open = true", "0"),
    ("Number(box.dataset.answer) - 1", "Number(box.dataset.answer)"),
    ("if (box.dataset.picked) return;", " "),
])
def test_predict_defect(lab: Lab, old: str, new: str) -> None:
    assert predict_problems(lab.open(swap=("js/predict.js", old, new)), "en")


# --- Copy as script -------------------------------------------------------

def copy_problems(page: Any, lang: str) -> list[str]:
    problems = []
    page.locator("[data-copy-script]").click()
    status = page.locator(".copy-status")
    wait(page, "document.querySelector('.copy-status').textContent")
    if status.inner_text() != words(lang)["copy"]["copied"]:
        problems.append(f"{lang}: told {status.inner_text()!r}")
    got = page.evaluate("navigator.clipboard.readText()")
    if got != SCRIPT:
        problems.append(f"{lang}: copied {got!r}")
    return problems


def test_copy(lab: Lab) -> None:
    assert copy_problems(lab.open("ru"), "ru") == []


def test_copy_defect(lab: Lab) -> None:
    assert copy_problems(lab.open(swap=(
        "js/copy-script.js", "answer.text()", "answer.status")), "en")


def test_copy_without_clipboard(lab: Lab) -> None:
    page = lab.open()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("[data-copy-script]").click()
    area = page.locator("textarea.copy-by-hand")
    assert area.input_value() == SCRIPT
    assert area.evaluate(
        "e => e.selectionEnd - e.selectionStart === e.value.length")
    assert page.locator(".copy-status").inner_text() == \
        words("en")["copy"]["by_hand"]


def test_copy_of_a_missing_script(lab: Lab) -> None:
    page = lab.open()
    page.locator("[data-copy-script]").evaluate(
        "e => { e.dataset.copyScript = 'missing.py'; }")
    page.locator("[data-copy-script]").click()
    wait(page, "document.querySelector('.copy-status').textContent")
    assert page.locator(".copy-status").inner_text() == \
        words("en")["copy"]["failed"]


# --- The claim ledger -----------------------------------------------------

def claims_problems(page: Any) -> list[str]:
    problems = []

    def shown(want: list[int], what: str) -> None:
        rows = [int(text.split()[0]) for text in page.locator(
            "table.claims tbody tr:visible").all_inner_texts()]
        if rows != want:
            problems.append(f"{what}: rows {rows} instead of {want}")

    def address(want: str) -> None:
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


def test_claims(lab: Lab) -> None:
    assert claims_problems(lab.open(at="#verdict=false")) == []


@pytest.mark.parametrize(("old", "new"), [
    ("entry.verdict === state.verdict", "true"),
    ("history.replaceState(history.state, \"\", url)", "0"),
    ("entry.sources.includes(state.source)",
     "entry.sources[0] === state.source"),
])
def test_claims_defect(lab: Lab, old: str, new: str) -> None:
    assert claims_problems(lab.open(
        at="#verdict=false", swap=("js/claims.js", old, new)))


# --- The search -----------------------------------------------------------

# Any form finds the others: what is asked for is a beginning of them all.
FORMS = [
    "маска маски масок маскам", "оценка оценок оценки", "ошибка ошибок",
    "столбец столбца столбцы столбцов", "список списка списков",
    "строка строк строки", "точка точек точки",
    "внимание внимания вниманию вниманием внимании",
    "ключ ключа ключу ключом ключе ключи ключей ключам ключами ключах",
    "матрица матрицы матрице матрицу матрицей матриц матрицам матрицами",
    "запрос запроса запросу запросы запросов запросами",
    "значение значения значению значением значений значениям значениями",
    "голова головы голове голову головой голов головам головами",
    "многоголовое многоголового многоголовому многоголовым",
    "проекция проекции проекцию проекцией проекций проекциями",
    "размерность размерности размерностью размерностей размерностям",
    "масштабирование масштабированное масштабированного масштабирования",
    "вес веса весов весам весами",
    "эмбеддинг эмбеддинга эмбеддинги эмбеддингов",
    "трёхмерный трехмерного трёхмерная",
    "вектор векторы вектора векторов",
    "обучение обучения обучению",
    "скалярное скалярного скалярным",
    "attention Attention",
    "head heads", "key keys", "query queries", "value values",
    "matrix matrices", "weight weights", "scale scaled scaling scales",
    "projection projections", "project projected projecting",
    "split splits splitting", "embed embedding embeddings",
    "mask masks masked masking", "shape shapes", "memory memories",
    "bias biases", "softmax",
]
AS_IT_IS = ["d_k", "W_Q", "nn.Linear", "注意力", "多头注意力", "512", "+heads",
            "-матрицами", '"all keys and values"', "title:heads", "class",
            "scaled_dot_product_attention", "heads~1", "как"]
SPACED = {"query矩阵": "quer 矩阵", "权重W_Q": "权重 W_Q",
          "query-key heads": "quer-key head", "матрицы весов,": "матриц вес,"}


def ask(page: Any, queries: list[str]) -> list[str]:
    """What reaches the search worker when these are typed."""
    found: list[str] = page.evaluate("""queries => new Promise(done => {
      const worker = new Worker("echo.js");
      const got = [];
      worker.addEventListener("message", ({ data }) => {
        got.push(data.data);
        if (got.length === queries.length) done(got);
      });
      queries.forEach(data => worker.postMessage({ type: 2, data }));
    })""", queries)
    return found


def search_problems(page: Any) -> list[str]:
    problems = []
    pairs = [(typed, form) for group in FORMS for typed in group.split()
             for form in group.split()]
    asked = ask(page, [typed for typed, _ in pairs])
    for (typed, form), query in zip(pairs, asked, strict=True):
        plain = form.lower().replace("ё", "е")
        if not any(plain.startswith(term) for term in query.split()):
            problems.append(f"{typed} asks for {query!r}, not {form}")
        if any(len(term) < 3 for term in query.split()):
            problems.append(f"{typed} asks for {query!r}: too short")
    for typed, query in zip(AS_IT_IS, ask(page, AS_IT_IS), strict=True):
        if query != typed:
            problems.append(f"{typed} became {query!r}")
    for typed, query in zip(SPACED, ask(page, [*SPACED]), strict=True):
        if query != SPACED[typed]:
            problems.append(f"{typed} became {query!r}")
    return problems + protocol_problems(page)


def protocol_problems(page: Any) -> list[str]:
    """The index loses its ё; results name words as they were typed."""
    problems = []
    other = page.evaluate("""() => new Promise(done => {
      const worker = new Worker("echo.js");
      worker.onmessage = ({ data }) => done(data);
      worker.postMessage({ type: 0, data: { config: { lang: ["ru"] }, docs:
        [{ location: "a/", title: "Ёж", text: "взвешённая", boost: 2 }] } });
    })""")
    if other != {"type": 0, "data": {"config": {"lang": ["ru"]}, "docs": [
            {"location": "a/", "title": "Еж", "text": "взвешенная",
             "boost": 2}]}}:
        problems.append(f"the index became {other}")
    items = page.evaluate("""() => new Promise(done => {
      const worker = new Worker("echo.js");
      worker.addEventListener("message", ({ data }) => {
        if (data.type === 3) done(data.data.items);
      });
      worker.postMessage({ type: 2, data: "Матрицы столбец d_k" });
      worker.postMessage({ type: 3, data: { items: [
        [{ terms: { "матриц": false, "столбец": false, "столбц": true } },
         { terms: { "матриц": true, "столбец": true, "столбц": false } }],
        [{ terms: { "столбец": false, "столбц": false, d_k: false } }],
      ] } });
    })""")
    if items != [[{"terms": {"столбц": True, "Матрицы": False}},
                  {"terms": {"матриц": True, "столбец": True}}],
                 [{"terms": {"столбец": False, "d_k": False}}]]:
        problems.append(f"the results became {items}")
    return problems


def test_search(lab: Lab) -> None:
    assert search_problems(lab.open()) == []


@pytest.mark.parametrize(("old", "new"), [
    ("ими|ами|", "ими|"),
    ('replace(/^(.{3,})s$/, "$1")', 'replace(/^(.{9,})s$/, "$1")'),
    ('if (query.includes(\'"\')) return plain(query);', " "),
    ('.replace(/ё/g, "е")', " "),
    ("if (!there.has(typed)) ", " "),
    ("return [word, bare]", "return [bare]"),
])
def test_search_defect(lab: Lab, old: str, new: str) -> None:
    assert search_problems(lab.open(swap=("js/search-shim.js", old, new)))


def mark_problems(page: Any) -> list[str]:
    """Material marks beginnings of words; the page shows whole words."""
    page.evaluate("""document.querySelector(".predict + *").before(
      document.createRange().createContextualFragment(
        "<p id=marks><mark data-md-highlight>вниман</mark>ие к " +
        "<mark data-md-highlight>Matri</mark>ces, " +
        "<mark data-md-highlight>注意</mark>力 " +
        "<mark data-md-highlight>d_k</mark>·n</p>"))""")
    page.wait_for_timeout(50)
    marks = page.locator("#marks mark").all_inner_texts()
    text = page.locator("#marks").inner_text()
    if marks != ["внимание", "Matrices", "注意", "d_k"]:
        return [f"marked: {marks}"]
    return [] if text == "внимание к Matrices, 注意力 d_k·n" else [text]


def test_marks(lab: Lab) -> None:
    assert mark_problems(lab.open(at="?h=matri")) == []


def test_marks_defect(lab: Lab) -> None:
    assert mark_problems(lab.open(at="?h=matri", swap=(
        "js/whole-words.js", "childList: true", "characterData: true")))


# --- The whole ------------------------------------------------------------

def page_problems(lab: Lab, page: Any, what: str) -> list[str]:
    """Axe, messages, and nothing wider than the screen."""
    page.locator("qkv-project button").click()
    page.locator("qkv-shapes [name=n_heads]").fill("7")
    page.locator(".predict button").first.click()
    page.locator(".claims-chip").nth(1).click()
    page.locator("qkv-project input").nth(3).focus()
    problems = [f"{what}: {text}" for text in lab.said]
    source = chrome.axe_source()
    assert source, "axe-playwright-python is not installed: make test"
    page.evaluate(source + "\n;0")
    problems += page.evaluate(
        "axe.run(document).then(r => r.violations.map(v => "
        "`${v.id}: ${v.nodes.map(n => n.target).join(' ')}`))")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        problems.append(f"{what}: {wide} px wider than the screen")
    small = page.evaluate("""[...document.querySelectorAll(
      "qkv-shapes button, qkv-project :is(button, input), .claims-filter "
      + ":is(button, input, select), .predict button, qkv-heads input")]
      .filter(e => e.checkVisibility()
        && Math.min(e.offsetWidth, e.offsetHeight) < 24)
      .map(e => e.outerHTML)""")
    return problems + [f"{what}: too small to touch: {e}" for e in small]


@pytest.mark.parametrize(("lang", "scheme", "width"), [
    ("zh", "default", 390), ("en", "slate", 1280), ("ru", "slate", 390),
    ("ru", "default", 320),
])
def test_page(lab: Lab, lang: str, scheme: str, width: int) -> None:
    page = lab.open(lang, scheme=scheme, width=width)
    assert page_problems(lab, page, f"{lang} {scheme} {width}") == []


@pytest.mark.parametrize(("file", "old", "new"), [
    ("widgets/project.js", '"aria-label": label', '"data-label": label'),
    ("js/claims.js", 'class: "claims-count"',
     'class: "claims-count", style: "color: red"'),
])
def test_page_defect(lab: Lab, file: str, old: str, new: str) -> None:
    page = lab.open(swap=(file, old, new), scheme="default")
    assert page_problems(lab, page, "planted")
