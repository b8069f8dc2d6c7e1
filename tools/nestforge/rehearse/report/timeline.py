"""The picture of what took how long."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.result import Rehearsed, Step

WIDTH, NAMES, ROW, BAR = 860, 210, 26, 16
TICKS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds between the lines of the grid."""
MOST_LINES = 10


def timeline(rehearsed: Rehearsed) -> str:
    """Return an SVG with a bar for the creation of each resource, in the order in which they began."""
    last = max((step.begun + step.seconds for step in rehearsed.steps), default=0) or 1
    scale = (WIDTH - NAMES - 70) / last
    height = ROW * len(rehearsed.steps) + 2 * ROW
    title = f"creation of {rehearsed.name}, {last:.0f} seconds"
    parts = [
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape('; '.join(map(_told, rehearsed.steps)))}</desc>",
        *_grid(last, scale, height),
    ]
    for row, step in enumerate(rehearsed.steps):
        top = ROW * (row + 1)
        x, width = NAMES + step.begun * scale, max(step.seconds * scale, 2)
        state = "bad" if step.status == "CREATE_FAILED" else "good"
        parts += [
            f'<text x="{NAMES - 8}" y="{top + 13}" text-anchor="end">{escape(step.resource)}</text>',
            f'<rect class="{state}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR}" rx="3"/>',
            f'<text class="dim" x="{x + width + 6:.1f}" y="{top + 13}">{step.seconds:.0f} s</text>',
        ]
    return "\n".join([*parts, "</svg>"])


def _grid(last: float, scale: float, height: int) -> list[str]:
    every = next((tick for tick in TICKS if last / tick <= MOST_LINES), TICKS[-1])
    parts = []
    for second in range(0, int(last) + 1, every):
        x = NAMES + second * scale
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{ROW - 6}" y2="{height - ROW}"/>')
        parts.append(f'<text class="dim" x="{x:.1f}" y="{height - 8}" text-anchor="middle">{second} s</text>')
    return parts


def _told(step: Step) -> str:
    return f"{step.resource} from {step.begun:.0f} s for {step.seconds:.0f} s, {step.status}"
