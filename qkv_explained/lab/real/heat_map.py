"""Attention weights as an SVG, without a library for drawing."""

from __future__ import annotations

from xml.sax.saxutils import escape

CELL, LABEL, HEAD = 22, 90, 30


def svg(
    maps: list[tuple[str, list[list[float]]]], tokens: list[str]
) -> str:
    """Heat maps below one another: a row for each query.

    Args:
        maps: A title and the weights of each, n rows of n shares.
        tokens: The n tokens.

    Returns:
        The text of an SVG file; each cell tells its weight when pointed at.
    """
    side = CELL * len(tokens)
    one = HEAD + LABEL + side + CELL
    width, height = LABEL + side + CELL, one * len(maps)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{max(width, 420)}" '
        f'height="{height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, (title, weights) in enumerate(maps):
        top = one * number
        parts.append(f'<text x="8" y="{top + 20}">{escape(title)}</text>')
        parts += _cells(weights, tokens, top + HEAD + LABEL)
    return "\n".join([*parts, "</svg>", ""])


def _cells(
    weights: list[list[float]], tokens: list[str], top: int
) -> list[str]:
    """The labels and cells of one map, whose first row begins at `top`."""
    parts = []
    for i, token in enumerate(tokens):
        name, middle = escape(token[:12]), CELL * i + CELL // 2 + 4
        parts.append(f'<text x="{LABEL - 6}" y="{top + middle}" '
                     f'text-anchor="end">{name}</text>')
        parts.append(f'<text transform="translate({LABEL + middle} {top - 6}) '
                     f'rotate(-60)">{name}</text>')
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            told = escape(f"{tokens[i]} → {tokens[j]}: {weight:.2f}")
            parts.append(
                f'<rect x="{LABEL + CELL * j}" y="{top + CELL * i}" '
                f'width="{CELL - 1}" height="{CELL - 1}" fill="#3d6fb4" '
                f'fill-opacity="{max(weight, 0.03):.3f}">'
                f"<title>{told}</title></rect>")
    return parts
