"""Nothing comes from third parties, and the security policy is strict.

A static look at every built page, style sheet and script; tests/browser
looks at what a browser really asks for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tools.checks import Problem, relative, webpage
from tools.checks.links import BASE

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


def problems(site: Path, base: str = BASE) -> list[Problem]:
    """Find what a page would fetch from elsewhere or may not run."""
    found = []
    pages = {path: webpage.read(path) for path in webpage.pages(site)}
    inline = {
        _hash(code) for page in pages.values() for _, code in page.scripts
    }
    for path, page in pages.items():
        said = [*third_party(page, base), *policy(page, inline)]
        for line, message in said:
            found.append(Problem(relative(path, site), line, message))
    for path in sorted(site.rglob("*")):
        if path.suffix not in (".css", ".js", ".mjs", ".svg"):
            continue
        text = path.read_text(encoding="utf-8")
        pattern = _FETCH if path.suffix in (".js", ".mjs") else _URL
        for match in pattern.finditer(text):
            url = match[1] or match[2]
            if _foreign(url, base):
                line = text.count("\n", 0, match.start()) + 1
                message = f"fetches {url}. Serve it from the site"
                found.append(Problem(relative(path, site), line, message))
    return found


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
        if one.tag == "link" and set(one.rel.split()) <= webpage.NAMED:
            continue
        urls = (
            re.split(r",\s+", one.url)
            if "srcset" in one.attribute
            else [one.url]
        )
        for url in urls:
            if _foreign(url.split(" ")[0], base):
                yield (
                    one.line,
                    f"<{one.tag}> fetches {url}. Serve it from the site",
                )


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


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
        if _hash(code) not in listed:
            yield line, "an inline script whose hash the policy does not list"


def _differing(text: str, wanted: str) -> str:
    parts = [
        [one.strip() for one in policy.split(";")] for policy in (text, wanted)
    ]
    here = [one for one in parts[0] if one not in parts[1]]
    there = [one for one in parts[1] if one not in parts[0]]
    return (
        f"the policy says {'; '.join(here) or 'it in another order'!r}, and "
        f"should {'; '.join(there) or wanted!r}. If it is meant to change, "
        "change tools/site/finish/csp.py and _WHOLE in "
            "tools/checks/resources.py, "
        "with the reason"
    )
