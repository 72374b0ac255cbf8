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
_DIRECTIVE = {
    "default-src": {"'none'"},
    "style-src": {"'self'"},
    "font-src": {"'self'", "data:"},
    "img-src": {"'self'", "data:"},
    "base-uri": {"'none'"},
    "form-action": {"'none'", "'self'"},
}


def problems(site: Path, base: str = BASE) -> list[Problem]:
    """Find what a page would fetch from elsewhere or may not run."""
    found = []
    for path in webpage.pages(site):
        name = relative(path, site)
        page = webpage.read(path)
        for line, message in [*third_party(page, base), *policy(page)]:
            found.append(Problem(name, line, message))
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


def policy(page: webpage.WebPage) -> Iterator[tuple[int, str]]:
    """What is wrong with a page's policy, or forbidden by it."""
    text = page.metas.get(POLICY, "")
    if not text:
        yield 1, f"has no <meta http-equiv={POLICY}>: see tools/site/finish/csp.py"
        return
    parts = (part.split() for part in text.split(";") if part.strip())
    directives = {part[0]: set(part[1:]) for part in parts}
    for name, allowed in _DIRECTIVE.items():
        if name not in directives:
            yield 1, f"the policy lacks {name}"
        elif not directives[name] <= allowed:
            extra = ", ".join(sorted(directives[name] - allowed))
            yield 1, f"the policy lets {name} be {extra}"
    scripts = directives.get("script-src", set())
    for word in scripts:
        if word != "'self'" and not word.startswith("'sha256-"):
            yield 1, f"the policy lets scripts be {word}"
    for line in page.styles:
        yield line, "an inline style, which the policy forbids. Use a class"
    for line, what in page.handlers:
        yield line, f"an inline handler ({what}), which the policy forbids"
    for line, code in page.scripts:
        digest = hashlib.sha256(code.encode()).digest()
        if f"'sha256-{base64.b64encode(digest).decode()}'" not in scripts:
            yield line, "an inline script whose hash the policy does not list"
