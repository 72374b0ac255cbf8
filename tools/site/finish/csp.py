"""A strict content security policy, as a `<meta>` of every page.

The theme has a few inline scripts; their hashes are listed. The list is the
union over all pages, since instant navigation keeps the first page's policy.
"""

import base64
import hashlib
import re
from pathlib import Path

_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)


def hashes(page: str) -> set[str]:
    """Return the CSP hashes of the inline scripts of a page."""
    return {digest(code) for code in _SCRIPT.findall(page)}


def digest(code: str) -> str:
    """Return the hash that allows one inline script or style."""
    found = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f"'sha256-{found}'"


def policy(scripts: set[str], styles: str = "'self'") -> str:
    """Return the policy that allows this site, these scripts, no more."""
    allowed = " ".join(["'self'", *sorted(scripts)])
    return (
        "default-src 'none'; "
        f"script-src {allowed}; "
        f"style-src {styles}; "
        "img-src 'self' data:; "
        "font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def apply(site: Path, styles: str = "'self'") -> None:
    """Put one policy into every page below a folder."""
    apply_to(sorted(site.rglob("*.html")), styles)


def apply_to(pages: list[Path], styles: str = "'self'") -> None:
    """Put one policy, the union of what they need, into some pages."""
    texts = {path: path.read_text("utf-8") for path in pages}
    scripts: set[str] = set()
    for text in texts.values():
        scripts |= hashes(text)
    meta = ('<meta http-equiv="Content-Security-Policy" '
            f'content="{policy(scripts, styles)}">')
    for path, text in texts.items():
        new = _META.sub("", text).replace(
            '<meta charset="utf-8">', f'<meta charset="utf-8">{meta}', 1)
        if new != text:
            path.write_text(new, "utf-8")
