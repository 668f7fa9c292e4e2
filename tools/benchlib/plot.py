# SPDX-License-Identifier: GPL-2.0-or-later
"""A line plot as SVG, both axes logarithmic: growth is a slope, linear growth the dashed one."""
import html
import math

WIDTH, HEIGHT = 640, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 40, 50
COLOURS = ["#1f5fa8", "#c04a1a", "#3a7d2c", "#7a3f99", "#8a6d00", "#555555"]


class Axis:
    """Decades that hold all of `values`, drawn from `low` to `high`."""

    def __init__(self, values, low, high):
        self.first = math.floor(math.log10(min(values)))
        self.last = max(self.first + 1, math.ceil(math.log10(max(values))))
        self.low, self.high = low, high

    def place(self, value):
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return self.low + share * (self.high - self.low)

    def decades(self):
        return [10.0**power for power in range(self.first, self.last + 1)]


def label(value):
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def text(x, y, words, anchor="middle", size=12, colour="#222"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{colour}">{html.escape(words)}</text>'
    )


def line(x1, y1, x2, y2, colour="#ddd", extra=""):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" {extra}/>'
    )


def grid(x, y, across, up):
    parts = []
    for value in x.decades():
        parts.append(line(x.place(value), y.low, x.place(value), y.high))
        parts.append(text(x.place(value), y.low + 18, label(value)))
    for value in y.decades():
        parts.append(line(x.low, y.place(value), x.high, y.place(value)))
        parts.append(text(x.low - 8, y.place(value) + 4, label(value), "end"))
    parts.append(text((x.low + x.high) / 2, HEIGHT - 10, across))
    parts.append(text(LEFT - 50, TOP - 12, up, "start"))
    return parts


def linear(x, y, points):
    """Dashed, from the first point as far as the plot goes: what grows in proportion."""
    (x0, y0), end = points[0], points[-1][0]
    y1 = y0 * end / x0
    if y1 > 10.0**y.last:
        y1 = 10.0**y.last
        end = x0 * y1 / y0
    return line(
        x.place(x0), y.place(y0), x.place(end), y.place(y1), "#999", 'stroke-dasharray="4 4"'
    )


def draw(title, across, up, series):
    """`series`: name -> points [(x, y)], all above 0."""
    series = {name: sorted(points) for name, points in series.items() if points}
    x = Axis([p[0] for points in series.values() for p in points], LEFT, WIDTH - RIGHT)
    y = Axis([p[1] for points in series.values() for p in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" role="img">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text((x.low + x.high) / 2, 18, title, size=14),
        *grid(x, y, across, up),
    ]
    ends = []
    for number, (name, points) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        if len(points) > 1:
            parts.append(linear(x, y, points))
        path = " ".join(f"{x.place(a):.1f},{y.place(b):.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for a, b in points:
            parts.append(
                f'<circle cx="{x.place(a):.1f}" cy="{y.place(b):.1f}" r="3" fill="{colour}"/>'
            )
        ends.append([y.place(points[-1][1]), name, colour])
    ends.sort()
    for before, after in zip(ends, ends[1:]):  # names do not overlap
        after[0] = max(after[0], before[0] + 15)
    parts += [
        text(WIDTH - RIGHT + 8, place + 4, name, "start", colour=c) for place, name, c in ends
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"
