"""The site's own address."""

import os

DEFAULT_URL = "https://qkv-explained.example/"


def base_url() -> str:
    """Return the site's address, from SITE_URL or the neutral default."""
    return (os.environ.get("SITE_URL") or DEFAULT_URL).rstrip("/") + "/"
