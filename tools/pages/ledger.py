"""The claim ledger: docs/claims.yml as a table on a page and as claims.json.

A verdict stands in the file, except where an experiment gives it: such a
claim names a place in a result file instead, and the verdict is read there.
"""

import html
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from qkv_explained import bibliography
from qkv_explained.languages import DEFAULT, Lang, words
from tools.pages import numbers, reader
from tools.places import ROOT, stamp

FILE = ROOT / "docs" / "claims.yml"
VERDICTS: tuple[str, ...] = tuple(words(DEFAULT)["verdicts"])


def claims(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the claims, each with its verdict filled in.

    Raises:
        ValueError: If a verdict is not one of the known ones.
    """
    if not file.exists():
        return []
    return [{**claim, "verdict": verdict(claim)}
            for claim in _load(file, stamp(file))["claims"]]


@lru_cache
def _load(file: Path, _stamp: tuple[int, int]) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def verdict(claim: dict[str, Any]) -> str:
    """Return a claim's verdict, from its result file where it names one."""
    if claim.get("result"):
        name, path = claim["result"].split(":", 1)
        found = numbers.value(name, path)
        found = found.get("verdict") if isinstance(found, dict) else found
    else:
        found = claim["verdict"]
    if found not in VERDICTS:
        raise ValueError(
            f"docs/claims.yml, claim {claim['id']}: verdict {found!r} is "
            f"none of {', '.join(VERDICTS)}")
    return str(found)


def published(lang: Lang, file: Path = FILE) -> dict[str, Any]:
    """Return the ledger in one language, as claims.json publishes it."""
    return {
        "lang": lang,
        "licence": "CC BY 4.0",
        "verdicts": dict(words(lang)["verdicts"]),
        "claims": [
            {"id": claim["id"], "number": place, "source": claim["source"],
             "claim": claim["claim"][lang], "verdict": claim["verdict"],
             "exactly": claim["exactly"][lang], "evidence": claim["evidence"],
             "literature": claim.get("literature", [])}
            for place, claim in enumerate(claims(file), 1)],
    }


def badge(verdict: str, lang: Lang) -> str:
    """Return a verdict as a badge; the styles give each its sign."""
    return (f'<span class="verdict verdict-{verdict}">'
            f"{words(lang)['verdicts'][verdict]}</span>")


def link(number: int, back: str) -> str:
    """Return a claim's place in the ledger, as a link to it.

    Its place is counted, so no page types it; `back` is the way from the
    page's source to its language's folder.
    """
    ids = [claim["id"] for claim in claims()]
    if number not in ids:
        raise ValueError(
            f"claim({number}): docs/claims.yml has the ids "
            f"{', '.join(map(str, ids))}")
    return f"[{ids.index(number) + 1}]({back}claims.md#claim-{number})"


def table_html(lang: Lang, path: str, file: Path = FILE) -> str:
    """Return the ledger as a table, rows marked for the filter's script."""
    word = words(lang)["page"]
    rows = []
    for place, claim in enumerate(claims(file), 1):
        verdict_key = claim["verdict"]
        rows.append(
            f'<tr id="claim-{claim["id"]}" data-verdict="{verdict_key}" '
            f'data-source="{claim["source"]}" '
            f'data-page="{claim["evidence"]["page"]}" markdown="1">'
            f'<td class="number"><a href="#claim-{claim["id"]}">'
            f"{place}</a></td>"
            f'<td markdown="span">{html.escape(claim["claim"][lang], False)}'
            f' <small>({_note(claim["source"], lang, path)})</small></td>'
            f"<td>{badge(verdict_key, lang)}</td>"
            f'<td markdown="1"><p markdown="span">{claim["exactly"][lang]} '
            f"<small>{_shown(claim, lang, path)}</small></p>"
            f"{_evidence(claim, lang)}</td></tr>")
    head = "".join(
        f'<th scope="col">{h}</th>'
        for h in ("№", word["claim"], word["verdict"], word["exactly"]))
    return ('\n<table class="claims" markdown="1"><thead markdown="1">'
            f'<tr markdown="1">{head}</tr></thead>'
            '<tbody markdown="1">' + "\n".join(rows) + "</tbody></table>\n")


def _note(source: str, lang: Lang, path: str) -> str:
    back = "../" * path.count("/")
    return (f"[{words(lang)['page']['note']} {source}]"
            f"({back}reference/sources.md#note-{source})")


def _shown(claim: dict[str, Any], lang: Lang, path: str) -> str:
    back = "../" * path.count("/")
    page = claim["evidence"]["page"]
    shown = words(lang)["page"]["shown"]
    colon = words(lang)["habits"]["colon"].strip()
    parts = [f"[{page_title(page, lang)}]({back}{page})"]
    parts += [f"[{bibliography.label(key, lang)}]"
              f"({back}reference/sources.md#{key})"
              for key in claim.get("literature", [])]
    return f"{shown}{colon} " + "; ".join(parts)


def _evidence(claim: dict[str, Any], lang: Lang) -> str:
    checks = claim["evidence"].get("checks", [])
    if not checks:
        return ""
    items = "".join(f"<li><code>{html.escape(check, False)}</code></li>"
                    for check in checks)
    return (f'<details class="quiet evidence"><summary>'
            f"{words(lang)['page']['evidence']}</summary>"
            f"<ul>{items}</ul></details>")


def page_title(page: str, lang: Lang) -> str:
    """Return the title of a page that an address with a heading names."""
    source = ROOT / "docs" / lang / page.split("#")[0]
    return reader.read(source).headings[0].text
