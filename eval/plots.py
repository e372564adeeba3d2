"""Plots of the benchmark as SVG: what each system costs against the size of its library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from typing import Any

Point = tuple[float, float]
COLOURS = ("#3b82c4", "#c4523b", "#6b8f3c")
PANELS = (
    ("search_ms_p95", "Search, p95 (ms)"),
    ("peak_mb", "Peak memory (MB)"),
    ("disk_mb", "Disk (MB)"),
    ("one_more_seconds", "Adding one report (s)"),
)
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BELOW = 420, 300, 58, 34, 28, 44


def cost(sizes: Mapping[str, Mapping[str, Mapping[str, Any]]], labels: Mapping[str, str]) -> str:
    """A panel per cost, both axes logarithmic; a system without a value above zero has no line there."""
    drawn = [panel(title, _lines(sizes, metric, labels), labels) for metric, title in PANELS]
    drawn = [one for one in drawn if one]
    rows = -(-len(drawn) // 2)
    width, height = 2 * _WIDTH, rows * _HEIGHT + 30 if drawn else 0
    placed = "".join(
        f'<g transform="translate({index % 2 * _WIDTH} {index // 2 * _HEIGHT})">{one}</g>'
        for index, one in enumerate(drawn)
    )
    legend = "".join(
        f'<text x="{_LEFT + index * 200}" y="{height - 10}" fill="{colour}">{escape(label)}</text>'
        for index, (label, colour) in enumerate(zip(labels.values(), COLOURS, strict=False))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f"{placed}{legend if drawn else ''}</svg>\n"
    )


def _lines(
    sizes: Mapping[str, Mapping[str, Mapping[str, Any]]], metric: str, labels: Mapping[str, str]
) -> dict[str, list[Point]]:
    return {
        name: [
            (int(size), rows[name][metric]) for size, rows in sizes.items() if name in rows and rows[name][metric] > 0
        ]
        for name in labels
    }


def panel(title: str, lines: Mapping[str, Sequence[Point]], labels: Mapping[str, str]) -> str:
    """One plot with axes, a line per system and the value at each point; empty where there is no point."""
    flat = [point for line in lines.values() for point in line]
    if not flat:
        return ""
    xs, ys = ticks([x for x, _ in flat]), ticks([y for _, y in flat])

    def place(x: float, y: float) -> Point:
        across = (log10(x) - log10(xs[0])) / ((log10(xs[-1]) - log10(xs[0])) or 1)
        up = (log10(y) - log10(ys[0])) / ((log10(ys[-1]) - log10(ys[0])) or 1)
        return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BELOW - up * (_HEIGHT - _TOP - _BELOW)

    shapes = [f'<text x="{_LEFT}" y="20" font-weight="600">{escape(title)}</text>']
    for y in ys:
        at = place(xs[0], y)[1]
        shapes.append(f'<path d="M{_LEFT} {at:.0f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        shapes.append(f'<text x="{_LEFT - 6}" y="{at + 4:.0f}" text-anchor="end" fill="#555">{y:g}</text>')
    for x in xs:
        at = place(x, ys[0])[0]
        shapes.append(
            f'<text x="{at:.0f}" y="{_HEIGHT - _BELOW + 18}" text-anchor="middle" fill="#555">{x:,.0f}</text>'
        )
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        points = [place(*point) for point in line]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        shapes.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), (_, value) in zip(points, line, strict=True):
            shown = f"{labels[name]}: {value:,.3g}"
            shapes.append(
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{colour}"><title>{escape(shown)}</title></circle>'
            )
            shapes.append(f'<text x="{x:.0f}" y="{y - 7:.0f}" font-size="10" text-anchor="middle">{value:,.3g}</text>')
    return "".join(shapes)


def ticks(values: Sequence[float]) -> list[float]:
    """Powers of ten that enclose the values."""
    low, high = log10(min(values)), log10(max(values))
    first, last = int(low // 1), int(-(-high // 1))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]
