"""Keep the READMEs true: `python -m tools.refresh.readme` writes outputs.

In README.md and its translations the block after a Python block is
what that block prints, and a console block is what its command prints.
`--check` writes nothing and fails if anything differs. `--pictures` builds
the site and takes the READMEs' pictures again (needs Chromium).
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from qkv_explained.languages import LANGUAGES, PIVOT
from tools.places import ROOT
from tools.run.runner import environment

READMES = {PIVOT: "README.md"} | {
    lang: f"README.{lang}.md" for lang in LANGUAGES if lang != PIVOT
}
PICTURES = ROOT / "docs" / "assets" / "readme"
SHOWN = ""
WIDTH, HEIGHT = 1280, 900
MOST = 200_000
_PYTHON = re.compile(r"(```python\n(.*?)```\n\n```text\n)(.*?)(```\n)", re.S)
_CONSOLE = re.compile(r"(```console\n\$ (.*?)\n)(.*?)(```\n)", re.S)


@cache
def printed(*command: str) -> str:
    """Run this Python with arguments; return what it prints."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)} fails:\n{done.stderr}")
    return done.stdout.strip("\n") + "\n"


def refreshed(text: str, run: Callable[..., str] = printed) -> str:
    """Return a README's text with every output as it is now."""
    text = _PYTHON.sub(lambda m: f"{m[1]}{run('-c', m[2])}{m[4]}", text)
    return _CONSOLE.sub(
        lambda m: f"{m[1]}{run(*shlex.split(m[2])[1:])}{m[4]}", text
    )


def take_pictures() -> list[str]:
    """Photograph the same page in each language; return what was made."""
    from tools import browser
    from tools.browser.server import Site
    from tools.site.build import build

    PICTURES.mkdir(parents=True, exist_ok=True)
    made = []
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.started() as chromium,
    ):
        site = Path(folder) / "site"
        build(site)
        server = Site(site)
        for lang in READMES:
            page = chromium.new_page(
                viewport={"width": WIDTH, "height": HEIGHT},
                color_scheme="light",
            )
            page.goto(f"{server.url}{lang}/{SHOWN}")
            page.wait_for_load_state("networkidle")
            target = PICTURES / f"{lang}.png"
            page.screenshot(path=target)
            shrink(target)
            made.append(f"{target.name}: {target.stat().st_size:,} bytes")
        server.close()
    return made


def shrink(picture: Path) -> None:
    """Keep 256 colours: a page of text needs no more."""
    from PIL import Image

    with Image.open(picture) as full:
        few = full.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def main(argv: list[str] | None = None) -> int:
    """Write, check, or take pictures."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.refresh.readme",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pictures", action="store_true")
    args = parser.parse_args(argv)
    differs = []
    for name in READMES.values():
        path = ROOT / name
        before = path.read_text("utf-8")
        after = refreshed(before)
        if before != after:
            differs.append(name)
            if not args.check:
                path.write_text(after, "utf-8")
    if differs:
        print(f"{'differ' if args.check else 'written'}: {', '.join(differs)}")
    if args.pictures:
        print("\n".join(take_pictures()))
    return 1 if differs and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
