"""BENCH.md, written from the JSON file."""

from __future__ import annotations

from typing import Any

HEAD = """\
# Measurements

What the project promises about itself, and what was measured. Repeat it with
`make bench`, or a part with `python -m tools.bench <section>`; the numbers,
with more of them, are in [bench.json](docs/made/bench.json). Times
depend on the machine, so the bars are ratios wherever that is possible.
This file is written by the command; do not edit it.
"""


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, first column to the left, the others to the right."""
    if not rows:
        return ""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in [head, rule, *rows]
    )


def number(value: float) -> str:
    """A number with the digits that matter."""
    if value == int(value):
        return f"{value:.0f}"
    digits = 4 if abs(value) >= 100 else 3 if abs(value) >= 0.01 else 1
    return f"{value:.{digits}g}"


def verdict(bar: dict[str, Any]) -> str:
    """One bar as a line."""
    sign = "≥" if bar["at_least"] else "≤"
    unit = bar["unit"] if bar["unit"] in ("", "×") else f" {bar['unit']}"
    return (
        f"{'kept' if bar['kept'] else 'NOT KEPT'}: {bar['what']}: "
        f"{number(bar['value'])}{unit} "
        f"(bar: {sign} {number(bar['limit'])}{unit})"
    )


def text(stored: dict[str, Any]) -> str:
    """The whole file."""
    sections = stored.get("sections", {})
    parts = [HEAD, "## Bars\n", _summary(sections)]
    for section in sections.values():
        made = section["machine"]
        parts += [
            f"## {section['title']}\n",
            section["how"] + "\n",
            table(section["head"], section["rows"]) + "\n",
            f"`{section['command']}` · {section['measured']} · "
            f"{made['processor']}, {made['cores']} cores, {made['system']}, "
            f"Python {made['python']} · took {section['seconds']:.0f} s\n",
        ]
    return "\n".join(parts)


def _summary(sections: dict[str, Any]) -> str:
    rows = []
    for section in sections.values():
        for bar in section["bars"]:
            sign = "≥" if bar["at_least"] else "≤"
            rows.append([
                f"{section['title']}: {bar['what']}",
                f"{sign} {number(bar['limit'])} {bar['unit']}".strip(),
                f"{number(bar['value'])} {bar['unit']}".strip(),
                "yes" if bar["kept"] else "**no**",
            ])
    return table(["what", "bar", "measured", "kept"], rows) + "\n"
