"""Three drawings as SVG, without a drawing library: intervals over years or bounds, a love plot."""

from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 640, 64, 16, 34, 52
INK, MUTED, MAIN, SOFT = "#1a1a1a", "#595959", "#0b4f8a", "#9cc3e5"


@dataclass(frozen=True)
class Bar:
    """A point with a dark interval and, where given, a lighter wider one."""

    label: str
    middle: float | None
    low: float
    high: float
    wide_low: float | None = None
    wide_high: float | None = None


@dataclass(frozen=True)
class _Scale:
    """From values to pixels on one axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers that cover the range.

    Examples
    --------
    >>> ticks(-0.3, 9.2)
    [-2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    span = max(high - low, 1e-9)
    power = 10.0 ** len(str(int(span / about))) / 10 if span / about >= 1 else 1.0
    while power > span / about:
        power /= 10
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= span / about)
    first = int(low // step)
    last = int(-(-high // step))
    return [round(i * step, 10) for i in range(first, last + 1)]


def _text(x: float, y: float, text: str, anchor: str = "middle", colour: str = INK) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}" '
        f'font-size="13" font-family="sans-serif">{escape(text)}</text>'
    )


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _svg(height: int, parts: list[str], alt: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(alt, quote=True)}">' + "".join(parts) + "</svg>"
    )


def intervals(
    bars: list[Bar], axis: str, unit: str, alt: str, decimal: str = ".", target: float | None = None
) -> str:
    """Points with intervals side by side; zero drawn, and the target dashed where there is one.

    Values are drawn in the unit given (percentage points).
    """
    height = 320
    values = [v for b in bars for v in (b.low, b.high, b.wide_low, b.wide_high) if v is not None]
    marks = ticks(min([*values, 0.0]), max([*values, target or 0.0, 0.0]))
    scale = _Scale(marks[0], marks[-1], height - BOTTOM, TOP)
    parts = _grid(marks, scale, decimal)
    parts.append(_line(LEFT, scale.at(0), WIDTH - RIGHT, scale.at(0), INK, 1.2))
    if target is not None:
        parts.append(
            _line(LEFT, scale.at(target), WIDTH - RIGHT, scale.at(target), MUTED, 1.5, "6 4")
        )
    step = (WIDTH - LEFT - RIGHT) / len(bars)
    for place, bar in enumerate(bars):
        parts += _bar(bar, LEFT + step * (place + 0.5), scale, height)
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, height - 8, axis, colour=MUTED))
    parts.append(_text(8, 14, unit, anchor="start", colour=MUTED))
    return _svg(height, parts, alt)


def _grid(marks: list[float], scale: _Scale, decimal: str) -> list[str]:
    out = []
    for mark in marks:
        y = scale.at(mark)
        text = f"{mark:g}".replace("-", "\N{MINUS SIGN}").replace(".", decimal)
        out.append(_line(LEFT, y, WIDTH - RIGHT, y, "#dddddd", 1))
        out.append(_text(LEFT - 8, y + 4, text, anchor="end"))
    return out


def _bar(bar: Bar, x: float, scale: _Scale, height: int) -> list[str]:
    out = []
    if bar.wide_low is not None and bar.wide_high is not None:
        out.append(_line(x, scale.at(bar.wide_low), x, scale.at(bar.wide_high), SOFT, 7))
    out.append(_line(x, scale.at(bar.low), x, scale.at(bar.high), MAIN, 2.5))
    if bar.middle is not None:
        out.append(f'<circle cx="{x}" cy="{scale.at(bar.middle)}" r="5" fill="{MAIN}"/>')
    out.append(_text(x, height - BOTTOM + 20, bar.label))
    return out


@dataclass(frozen=True)
class Love:
    """One row of a love plot: standardised difference before (ring) and after (dot)."""

    label: str
    before: float
    after: float


def love_plot(rows: list[Love], axis: str, alt: str, decimal: str = ".") -> str:
    """Standardised differences, with the 0.1 that is usually asked for dashed."""
    row, left = 30, 200
    height = TOP + row * len(rows) + BOTTOM
    values = [v for r in rows for v in (r.before, r.after)]
    marks = ticks(min([*values, -0.1]), max([*values, 0.1]))
    scale = _Scale(marks[0], marks[-1], left, WIDTH - RIGHT - 8)
    parts = []
    for mark in marks:
        text = f"{mark:g}".replace("-", "\N{MINUS SIGN}").replace(".", decimal)
        parts.append(_line(scale.at(mark), TOP, scale.at(mark), height - BOTTOM, "#dddddd", 1))
        parts.append(_text(scale.at(mark), height - BOTTOM + 18, text))
    for limit in (-0.1, 0.1):
        parts.append(
            _line(scale.at(limit), TOP, scale.at(limit), height - BOTTOM, MUTED, 1.2, "5 4")
        )
    parts.append(_line(scale.at(0), TOP, scale.at(0), height - BOTTOM, INK, 1.2))
    for place, one in enumerate(rows):
        y = TOP + row * (place + 0.5)
        parts.append(_text(left - 12, y + 4, one.label, anchor="end"))
        parts.append(
            f'<circle cx="{scale.at(one.before)}" cy="{y}" r="6" fill="white" stroke="{MAIN}" '
            'stroke-width="2"/>'
        )
        parts.append(f'<circle cx="{scale.at(one.after)}" cy="{y}" r="5" fill="{MAIN}"/>')
    parts.append(_text((left + WIDTH - RIGHT) / 2, height - 8, axis, colour=MUTED))
    return _svg(height, parts, alt)
