"""The chart: how many requests run at once, by the length of their context."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log2
from typing import TYPE_CHECKING

from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 860, 532
LEFT, RIGHT, TOP, BOTTOM = 84, 836, 64, 440
LINE_HEIGHT = 22
STEPS = 8
"""Points of a line for each doubling of the context."""

_STYLE = """\
  svg { color-scheme: light dark; font-family: system-ui, sans-serif; background: #fff; fill: #1f2328 }
  text { font-size: 14px } .title { font-size: 18px; font-weight: 600 }
  .grid { stroke: #d0d7de } .axis { stroke: #59636e } .line { fill: none; stroke-width: 2.5 }
  .c0 { stroke: #0550ae } .c1 { stroke: #bc4c00 } .c2 { stroke: #116329 } .c3 { stroke: #8250df }
  .d1 { stroke-dasharray: 9 5 } .d2 { stroke-dasharray: 2 5 } .d3 { stroke-dasharray: 12 4 2 4 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; fill: #e6edf3 } .grid { stroke: #30363d } .axis { stroke: #9198a1 }
    .c0 { stroke: #79c0ff } .c1 { stroke: #ffa657 } .c2 { stroke: #7ee787 } .c3 { stroke: #d2a8ff }
  }"""
_COLOURS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, the tokens that the cache holds, how many requests the engine runs at once at most."""

    name: str
    tokens: int
    most: int | None


def chart(lines: Sequence[Line], contexts: tuple[int, int], title: str) -> str:
    """Return an SVG with both axes doubling: context length in tokens, and requests at once, from 1 up.

    A line ends where the cache holds no whole request any more.
    """
    shortest, longest = contexts
    longest = max(longest, 2 * shortest)
    top = max((_requests(line, shortest) for line in lines), default=1)
    scale = _Scale(shortest, longest, max(2, top))
    told = [f"{line.name}: {_told(line, shortest, longest)}" for line in lines]
    height = HEIGHT + LINE_HEIGHT * max(0, len(lines) - 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape("; ".join(told))}</desc>',
        f"<style>\n{_STYLE}\n</style>",
        f'<text class="title" x="{LEFT}" y="30">{escape(title)}</text>',
        *_axes(scale),
        *(part for number, line in enumerate(lines) for part in _drawn(number, line, scale)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Scale:
    shortest: int
    longest: int
    top: float

    def x(self, context: float) -> float:
        share = log2(context / self.shortest) / log2(self.longest / self.shortest)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def y(self, requests: float) -> float:
        return round(BOTTOM - log2(requests) / log2(self.top) * (BOTTOM - TOP), 1)


def _requests(line: Line, context: float) -> float:
    fitting = line.tokens / context
    return fitting if line.most is None else min(fitting, line.most)


def _told(line: Line, shortest: int, longest: int) -> str:
    ends = [f"{floor(_requests(line, context)):,} at {context:,} tokens" for context in (shortest, longest)]
    return ", ".join(ends)


def _axes(scale: _Scale) -> list[str]:
    parts = []
    for power in range(ceil(log2(scale.shortest)), floor(log2(scale.longest)) + 1):
        x = scale.x(2**power)
        parts.append(f'<path class="grid" d="M{x} {TOP}V{BOTTOM}"/>')
        parts.append(f'<text x="{x}" y="{BOTTOM + 22}" text-anchor="middle">{_short(2**power)}</text>')
    for power in range(floor(log2(scale.top)) + 1):
        y = scale.y(2**power)
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 10}" y="{y + 5}" text-anchor="end">{2**power}</text>')
    middle = (TOP + BOTTOM) // 2
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none"/>')
    parts.append(
        f'<text x="{(LEFT + RIGHT) // 2}" y="{BOTTOM + 46}" text-anchor="middle">context of each request, tokens</text>'
    )
    parts.append(f'<text transform="translate(24 {middle}) rotate(-90)" text-anchor="middle">requests at once</text>')
    return parts


def _short(tokens: int) -> str:
    return f"{tokens // 1024}k" if tokens >= 1024 else str(tokens)


def _drawn(number: int, line: Line, scale: _Scale) -> list[str]:
    kind = f"line c{number % _COLOURS} d{number % _COLOURS}"
    doublings = log2(scale.longest / scale.shortest)
    count = ceil(doublings * STEPS)
    contexts = [scale.shortest * 2 ** (doublings * step / count) for step in range(count + 1)]
    bends = [float(line.tokens)] + ([line.tokens / line.most] if line.most else [])
    contexts = sorted({*contexts, *(bend for bend in bends if scale.shortest < bend < scale.longest)})
    points = [
        f"{scale.x(context)} {scale.y(_requests(line, context))}" for context in contexts if line.tokens >= context
    ]
    y = BOTTOM + 74 + LINE_HEIGHT * number
    legend = f'<text x="{LEFT + 52}" y="{y + 5}">{escape(line.name)}</text>'
    key = f'<path class="{kind}" d="M{LEFT} {y}h40"/>'
    return [f'<path class="{kind}" d="M{" L".join(points)}"/>', key, legend] if points else [key, legend]
