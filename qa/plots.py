"""Small plots as inline SVG, drawn by hand: colours come from the style of the page that holds them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.escape import attribute, shown

_WIDTH = 460  #: of every plot, in units that are pixels where there is room
_ROW, _LABEL, _VALUE = 26, 146, 74  #: height of a bar's row; room for its name and for its number


@dataclass(frozen=True)
class Bar:
    """A bar from 0 to ``value`` of ``most``, with an interval where there is one."""

    name: str
    value: float
    told: str  #: the number as it is written behind the bar
    low: float | None = None
    high: float | None = None


def bars(title: str, rows: Sequence[Bar], most: float = 1.0) -> str:
    """Bars under each other; ``most`` is the value that fills the width."""
    room = _WIDTH - _LABEL - _VALUE
    drawn = []
    for number, bar in enumerate(rows):
        top = number * _ROW
        middle = top + _ROW / 2

        def x(value: float) -> float:
            return _LABEL + room * min(max(value / most, 0), 1) if most else _LABEL

        drawn.append(
            f'<text class="name" x="{_LABEL - 8}" y="{middle + 4}" text-anchor="end">{shown(_cut(bar.name))}'
            f"<title>{shown(bar.name)}</title></text>"
            f'<rect class="rail" x="{_LABEL}" y="{top + 5}" width="{room}" height="{_ROW - 10}" rx="3"/>'
            f'<rect class="bar" x="{_LABEL}" y="{top + 5}" width="{x(bar.value) - _LABEL:.1f}" height="{_ROW - 10}" rx="3"/>'
        )
        if bar.low is not None and bar.high is not None and bar.high > bar.low:
            low, high = x(bar.low), x(bar.high)
            drawn.append(
                f'<path class="interval" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
            )
        drawn.append(f'<text class="value" x="{_LABEL + room + 8}" y="{middle + 4}">{shown(bar.told)}</text>')
    return _svg(title, len(rows) * _ROW, "".join(drawn))


def histogram(title: str, values: Sequence[float], unit: str, parts: int = 16) -> str:
    """How often values fall into each of some equal steps; what lies beyond the 99th of a hundred is in the last one."""
    if not values:
        return ""
    ordered = sorted(values)
    step = _round_step((ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] or 1) / parts)
    counts = [0] * parts
    for value in values:
        counts[min(parts - 1, int(value / step))] += 1
    high, left, bottom = 130, 8, 112
    wide = (_WIDTH - 2 * left) / parts
    drawn = [
        f'<rect class="bar" x="{left + i * wide + 1:.1f}" y="{bottom - (bottom - 18) * count / max(counts):.1f}" '
        f'width="{wide - 2:.1f}" height="{(bottom - 18) * count / max(counts):.1f}">'
        f"<title>{step * i:g}–{step * (i + 1):g} {shown(unit)}：{count}</title></rect>"
        + (
            f'<text class="value" x="{left + (i + 0.5) * wide:.1f}" y="{bottom - 4 - (bottom - 18) * count / max(counts):.1f}" '
            f'text-anchor="middle">{count}</text>'
            if count
            else ""
        )
        for i, count in enumerate(counts)
    ]
    marks = [
        f'<text class="name" x="{left + i * wide:.1f}" y="{high - 3}" text-anchor="{"start" if i == 0 else "middle"}">'
        f"{step * i:g}{f' {shown(unit)}' if i == 0 else ''}</text>"
        for i in range(0, parts, 4)
    ]
    axis = f'<path class="axis" d="M{left} {bottom}H{_WIDTH - left}"/>'
    return _svg(title, high, axis + "".join(drawn) + "".join(marks))


def square(title: str, rows: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str], good: Sequence[int]) -> str:
    """A table of counts as fields, darker the larger their share of the row; ``good``: the right column of each row."""
    tall, head, wide = 48, 24, (_WIDTH - _LABEL) / len(columns)
    drawn = [
        f'<text class="name" x="{_LABEL + (i + 0.5) * wide:.1f}" y="16" text-anchor="middle">{shown(name)}</text>'
        for i, name in enumerate(columns)
    ]
    for r, (name, counts) in enumerate(rows):
        top = head + r * tall
        drawn.append(
            f'<text class="name" x="{_LABEL - 8}" y="{top + tall / 2 + 4}" text-anchor="end">{shown(name)}</text>'
        )
        for c, count in enumerate(counts):
            share = count / sum(counts) if sum(counts) else 0.0
            kind = "right" if good[r] == c else "wrong"
            drawn.append(
                f'<rect class="field {kind}" x="{_LABEL + c * wide + 2:.1f}" y="{top + 2}" width="{wide - 4:.1f}" height="{tall - 4}" '
                f'rx="4" fill-opacity="{0.08 + 0.5 * share:.2f}"/>'
                f'<text class="count" x="{_LABEL + (c + 0.5) * wide:.1f}" y="{top + tall / 2 + 5}" text-anchor="middle">'
                f"{count}{f'（{share:.0%}）' if sum(counts) else ''}</text>"
            )
    return _svg(title, head + len(rows) * tall, "".join(drawn))


def _svg(title: str, height: float, inside: str) -> str:
    return (
        f'<svg class="plot" role="img" aria-label="{attribute(title)}" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    )


def _cut(name: str) -> str:
    """A name as far as there is room for it; Latin letters are half as wide."""
    room = 22.0
    for at, character in enumerate(name):
        room -= 1 if ord(character) < 0x2E80 else 2
        if room < 0:
            return name[:at] + "…"
    return name


def _round_step(step: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … that is no smaller."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step * (1 - 1e-9))
