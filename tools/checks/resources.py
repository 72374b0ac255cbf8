"""Nothing comes from third parties, and the security policy is strict.

A static look at every built page, style sheet and script; tests/browser
looks at what a browser really asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tools.checks import Problem, listed, placed, relative, webpage
from tools.checks.links import BASE
from tools.site.finish import csp

POLICY = "content-security-policy"
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
# What makes a script fetch: an address in fetch(), import(), new Worker(…).
_FETCH = re.compile(
    r"(?:\bfetch|\bimport|\bimportScripts|new\s+(?:Worker|WebSocket|"
    r"EventSource|XMLHttpRequest|Image))\s*\(\s*[`'\"]((?:https?:|wss?:)?//"
    r"[^`'\"]+)|\bfrom\s*['\"]((?:https?:)?//[^'\"]+)"
)
# The whole policy; only the hashes of inline scripts are filled in.
_WHOLE = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


@listed
def problems(site: Path, base: str = BASE) -> Iterator[Problem]:
    """Find what a page would fetch from elsewhere or may not run."""
    pages = {path: webpage.read(path) for path in webpage.pages(site)}
    inline = {csp.digest(code) for page in pages.values()
              for _, code in page.scripts}
    for path, page in pages.items():
        yield from placed(relative(path, site), third_party(page, base))
        yield from placed(relative(path, site), policy(page, inline))
    for path in sorted(site.rglob("*")):
        if path.suffix in (".css", ".js", ".mjs", ".svg"):
            yield from placed(relative(path, site), fetched(path, base))


def fetched(path: Path, base: str) -> Iterator[tuple[int, str]]:
    """What a style sheet, a script or a drawing fetches from elsewhere."""
    text = path.read_text(encoding="utf-8")
    pattern = _FETCH if path.suffix in (".js", ".mjs") else _URL
    for match in pattern.finditer(text):
        url = match[1] or match[2]
        if _foreign(url, base):
            line = text.count("\n", 0, match.start()) + 1
            yield line, f"fetches {url}. Serve it from the site"


def _foreign(url: str, base: str) -> bool:
    parts = urlsplit(url.strip())
    if parts.scheme in ("data", "blob"):
        return False
    return bool(parts.netloc) and parts.netloc != urlsplit(base).netloc


def third_party(
    page: webpage.WebPage, base: str = BASE
) -> Iterator[tuple[int, str]]:
    """Resources of a page that come from another host."""
    for one in page.addresses:
        if (one.tag, one.attribute) not in webpage.FETCHED:
            continue
        if one.tag == "link" and one.rels <= webpage.NAMED:
            continue
        several = "srcset" in one.attribute
        for url in re.split(r",\s+", one.url) if several else [one.url]:
            if _foreign(url.split(" ")[0], base):
                yield one.line, (
                    f"<{one.tag}> fetches {url}. Serve it from the site")


def policy(
    page: webpage.WebPage, inline: set[str]
) -> Iterator[tuple[int, str]]:
    """What is wrong with a page's policy, or forbidden by it.

    Args:
        page: The page.
        inline: The hashes of all inline scripts of the site.
    """
    text = page.metas.get(POLICY, "")
    if not text:
        yield 1, f"has no <meta http-equiv={POLICY}>: tools/site/finish/csp.py"
        return
    listed = set(re.findall(r"'sha256-[^']*'", text.split("style-src")[0]))
    wanted = _WHOLE.format(scripts=" ".join(["'self'", *sorted(listed)]))
    if text != wanted:
        yield 1, _differing(text, wanted)
    for spare in sorted(listed - inline):
        yield 1, f"the policy allows {spare}, which is no script of the site"
    for line in page.styles:
        yield line, "an inline style, which the policy forbids. Use a class"
    for line, what in page.handlers:
        yield line, f"an inline handler ({what}), which the policy forbids"
    for line, code in page.scripts:
        if csp.digest(code) not in listed:
            yield line, "an inline script whose hash the policy does not list"


def _differing(text: str, wanted: str) -> str:
    here, there = (
        [one.strip() for one in policy.split(";")] for policy in (text, wanted)
    )
    extra = "; ".join(one for one in here if one not in there)
    lost = "; ".join(one for one in there if one not in here)
    return (
        f"the policy says {extra or 'it in another order'!r}, and should "
        f"{lost or wanted!r}. If it is meant to change, change "
        "tools/site/finish/csp.py and _WHOLE in tools/checks/resources.py, "
        "with the reason")
