"""What stands above the languages: chooser, 404, sitemap, robots, wheel."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from qkv_explained import __version__
from tools.site import exports
from tools.site.finish import csp

FOLDER = Path("docs") / "root"
WHEEL = f"qkv_explained-{__version__}-py3-none-any.whl"


def base_url() -> str:
    """Return the site's address, from SITE_URL or the neutral default."""
    from tools.site.build import DEFAULT_URL

    return (os.environ.get("SITE_URL") or DEFAULT_URL).rstrip("/") + "/"


def write(site: Path, langs: tuple[str, ...], root: Path) -> None:
    """Write the root of the site.

    Args:
        site: The folder that holds the languages.
        langs: The languages that were built.
        root: The checkout.
    """
    base = base_url()
    path = urlsplit(base).path or "/"
    for source in sorted((root / FOLDER).iterdir()):
        target = site / source.name
        if source.suffix in {".html", ".txt", ".css"}:
            text = source.read_text("utf-8")
            target.write_text(
                text.replace("@BASE@", base).replace("@PATH@", path), "utf-8")
        else:
            shutil.copyfile(source, target)
    put_wheel(site, root)
    (site / ".nojekyll").touch()
    (site / "sitemap.xml").write_text(_sitemap(base, langs), "utf-8")
    exports.site_wide(site, [site / lang for lang in langs])
    csp_root(site)


def put_wheel(site: Path, root: Path) -> None:
    """Build the package's wheel; the same code gives the same bytes."""
    from hatchling.builders.wheel import WheelBuilder

    for old in site.glob("*.whl"):
        old.unlink()
    builder = WheelBuilder(str(root))
    list(builder.build(directory=str(site), versions=["standard"]))


def csp_root(site: Path) -> None:
    """Give the root's own pages their policy."""
    for name in ("index.html", "404.html"):
        page = site / name
        if page.exists():
            csp.apply_to([page])


def _sitemap(base: str, langs: tuple[str, ...]) -> str:
    rows = "".join(f"<sitemap><loc>{base}{lang}/sitemap.xml</loc></sitemap>"
                   for lang in langs)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/'
            f'0.9">{rows}</sitemapindex>\n')
