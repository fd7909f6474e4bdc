"""The table and the plot of how the index grows: three measures over the number of reports, both axes logarithmic."""

from collections.abc import Sequence
from math import floor, log10
from typing import Protocol

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 680, 320, 56, 40, 16, 210
_LINES = (
    ("build_per_report_ms", "processor ms a report to build", "#1f5fa8"),
    ("search_ms", "ms a search", "#b4541a"),
    ("search_memory", "MB while searching", "#2f7d4f"),
)


class Sized(Protocol):
    """A row of the table."""

    reports: int
    passages: int
    drawn: bool
    build_seconds: float
    processor_seconds: float
    build_memory: float
    disk: float
    open_seconds: float
    query_ms: float
    search_ms: float
    search_memory: float


def table(sizes: Sequence[Sized]) -> str:
    """Markdown, with what was measured how below it."""
    rows = [
        "| reports | passages | build, s | processor s a report | memory of the build, MB | disk, MB | opening, s "
        "| search, ms | its query embedded, ms | memory of searching, MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    rows += [
        f"| {one.reports:,} | {one.passages:,} | {one.build_seconds:.1f}{'*' if one.drawn else ''} "
        f"| {one.processor_seconds / one.reports:.3f}{'*' if one.drawn else ''} | {one.build_memory:,.0f} "
        f"| {one.disk:,.0f} | {one.open_seconds:.2f} "
        f"| {one.search_ms:.1f} | {one.query_ms:.1f} | {one.search_memory:,.0f} |"
        for one in sizes
    ]
    notes = (
        "# The index as reports are added\n\n"
        "Written by `python -m tests.bench_index scale`. Composed reports of one form with figures of their own. "
        "Processor seconds do not depend on what else runs. Search and query are medians; "
        "memory is the most the process held, model and libraries included.\n"
        "\\* without the embedding model, which takes as long for a report as at 10 reports: vectors were drawn.\n"
    )
    return notes + "\n" + "\n".join(rows) + "\n\n![growth](index-scale.svg)\n"


def plot(sizes: Sequence[Sized]) -> str:
    """An SVG."""
    values = {name: [_value(one, name) for one in sizes] for name, _, _ in _LINES}
    every = [value for found in values.values() for value in found]
    low, high = floor(log10(min(every))), floor(log10(max(every))) + 1
    last = log10(max(2, sizes[-1].reports))

    def point(reports: int, value: float) -> tuple[float, float]:
        across = (WIDTH - LEFT - RIGHT) * log10(reports) / last
        up = (HEIGHT - BOTTOM - TOP) * (log10(value) - low) / (high - low)
        return LEFT + across, HEIGHT - BOTTOM - up

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        y = point(1, 10**power)[1]
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g}</text>')
    for one in sizes:
        x = point(one.reports, 10**low)[0]
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{one.reports:,}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 6}">reports in the index</text>')
    for name, title, colour in _LINES:
        points = [point(one.reports, value) for one, value in zip(sizes, values[name], strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{title}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _value(one: Sized, name: str) -> float:
    if name == "build_per_report_ms":
        return 1000 * one.processor_seconds / one.reports
    return float(getattr(one, name))
