"""The loss of a run as a picture: an SVG that needs no other library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 358, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 346, 30, 200
STYLE = (
    "text{font:12px sans-serif;fill:#222}"
    ".axis,.curve,.floor{fill:none;stroke:#222}"
    ".curve{stroke-width:2;stroke:#005fb9}.floor{stroke-dasharray:5 4}"
    "rect{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#1e2129}"
    ".axis,.floor{stroke:#ddd}.curve{stroke:#6fb1f5}}"
)


def curve(
    losses: Sequence[tuple[int, float]],
    steps: int,
    floor: float | None,
    words: Mapping[str, str],
) -> str:
    """Draw the loss over the steps, and the floor if it is known.

    Args:
        losses: Step and loss in nats, for each measurement.
        steps: Where the axis ends.
        floor: The loss that no honest model goes below.
        words: `loss`, `step` and `floor` in the reader's language.

    Returns:
        The SVG.
    """
    top = max([loss for _, loss in losses] + [floor or 0.0, 1e-9])

    def x(step: float) -> float:
        return LEFT + (RIGHT - LEFT) * step / max(steps, 1)

    def y(loss: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * loss / top

    points = " ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in losses)
    parts = [
        f'<polyline class="axis" points="{LEFT},{TOP} {LEFT},{BOTTOM} '
        f'{RIGHT},{BOTTOM}"/>',
        f'<polyline class="curve" points="{points}"/>',
        _text(LEFT, 18, words["loss"]),
        _text(RIGHT, 232, words["step"], "end"),
    ]
    for value in (0.0, top / 2, top):
        parts.append(_text(LEFT - 6, y(value) + 4, f"{value:.2f}", "end"))
    for value in (0, steps):
        parts.append(_text(x(value), 216, str(value), "middle"))
    if floor is not None:
        parts.append(f'<line class="floor" x1="{LEFT}" x2="{RIGHT}" '
                     f'y1="{y(floor):.1f}" y2="{y(floor):.1f}"/>')
        parts.append(_text(RIGHT, y(floor) - 6,
                           f"{words['floor']} {floor:.4f}", "end"))
    last = f"{losses[-1][1]:.4f}" if losses else ""
    title = f"{words['loss']}: {last}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{2 * WIDTH}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}"/>{"".join(parts)}</svg>\n'
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{escape(words)}</text>")
