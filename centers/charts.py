"""Charts as inline SVG: pure functions, numbers and words in, escaped markup out.

Sizes are SVG attributes and colours CSS classes, because the Content-Security-Policy forbids style attributes.
Colour never carries a meaning alone: each figure stands beside its picture as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# ---- cap meter (計画相談の上限) ----

METER_SCALE = 125


def cap_meter(held: int, cap: int | None, label: str, scale: int = METER_SCALE) -> SafeString:
    """Held plan cases on a track of 0..scale (one scale for all centers of a table); a longer bar ends at the edge."""
    within = held if cap is None else min(held, cap)
    parts = [_bar("ks-held", 0, _share(within, scale))]
    if cap is not None:
        if held > cap:
            start = _share(cap, scale)
            parts.append(_hatched(start, _share(held, scale) - start))
        parts.append(_tick(_share(cap, scale)))
    limit = "上限なし" if cap is None else f"上限{cap}件"
    return format_html(
        '<svg class="bar" role="meter" aria-label="{} 計画相談の件数" aria-valuemin="0" aria-valuemax="{}"'
        ' aria-valuenow="{}" aria-valuetext="{}件。{}">'
        '<rect class="ks-track" x="0" y="4" width="100%" height="12" rx="3"/>{}</svg>',
        label,
        max(scale, held),
        held,
        held,
        limit,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _bar(css: str, start: float, width: float) -> SafeString:
    return format_html('<rect class="{}" x="{}%" y="4" width="{}%" height="12" rx="2"/>', css, start, width)


def _hatched(start: float, width: float) -> SafeString:
    """The part over the cap; the pattern #hatch stands once in the page's frame."""
    return format_html(
        '<rect class="ks-over" fill="url(#hatch)" x="{}%" y="4" width="{}%" height="12"/>',
        start,
        round(width, 1),
    )


def _tick(at: float) -> SafeString:
    return format_html('<rect class="ks-tick" x="{}%" y="0" width="2" height="20"/>', at)


def _share(value: float, whole: float) -> float:
    """Percent of the whole, 0..100."""
    if whole <= 0:
        return 0.0
    return round(min(max(value / whole, 0), 1) * 100, 1)


# ---- staffing squares ----

_SIDE, _STEP = 14, 17


def staff_squares(filled: int, required: int, label: str) -> SafeString:
    """One square for each post: full = placed, red frame = vacant. The n/m in words is the caller's."""
    count = max(filled, required)
    squares = ((_square(number, number < filled),) for number in range(count))
    return format_html(
        '<svg class="ks-staff" width="{}" height="{}" role="img" aria-label="{} {}/{}">{}</svg>',
        max(count * _STEP - 3, 0),
        _SIDE,
        label,
        filled,
        required,
        format_html_join("", "{}", squares),
    )


def _square(number: int, placed: bool) -> SafeString:
    if placed:
        return format_html('<rect class="on" x="{}" width="14" height="14" rx="3"/>', number * _STEP)
    return format_html('<rect class="no" x="{}" y="1" width="12" height="12" rx="3"/>', number * _STEP + 1)


# ---- horizontal bars ----


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart; with a url the figure opens its records. mute greys it (その他)."""

    label: str
    value: int
    url: str = ""
    mute: bool = False


def hbars(rows: Sequence[Bar], unit: str = "件") -> SafeString:
    """Bars in the order given, the longest value filling the width."""
    longest = max((row.value for row in rows), default=0)
    return format_html(
        '<dl class="ks-hb">{}</dl>', format_html_join("", "{}", ((_hbar(r, longest, unit),) for r in rows))
    )


def _hbar(row: Bar, longest: int, unit: str) -> SafeString:
    figure = f"{row.value:,}{unit}"
    shown = format_html('<a href="{}">{}</a>', row.url, figure) if row.url else figure
    return format_html(
        '<div class="{}"><dt>{}</dt><dd aria-hidden="true"><svg focusable="false"><rect class="fill" width="{}%" height="14" rx="2"/>'
        '</svg></dd><dd class="v">{}</dd></div>',
        "mute" if row.mute else "",
        row.label,
        _share(row.value, longest),
        shown,
    )


# ---- sparkline ----

_SPARK_W, _SPARK_H = 60, 22


def sparkline(values: Sequence[float], label: str, *, cap: float | None = None) -> SafeString:
    """Twelve months in a table row on their own scale; the dashed line is a cap."""
    low, high = _range([*values, cap])
    points = [
        (round(2 + i * (_SPARK_W - 8) / max(len(values) - 1, 1), 1), _height(v, low, high, top=5, bottom=18))
        for i, v in enumerate(values)
    ]
    rule = ""
    if cap is not None:
        y = _height(cap, low, high, top=5, bottom=18)
        rule = format_html('<line class="cap" x1="0" x2="{}" y1="{}" y2="{}"/>', _SPARK_W, y, y)
    end = format_html('<circle cx="{}" cy="{}" r="2.6"/>', *points[-1]) if points else ""
    return format_html(
        '<svg class="ks-spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="{label}">'
        '{rule}<polyline points="{points}"/>{end}</svg>',
        w=_SPARK_W,
        h=_SPARK_H,
        label=label,
        rule=rule,
        points=_points(points),
        end=end,
    )


# ---- line chart: this year and last year ----

_LEFT, _STEP_X, _TOP, _BOTTOM = 44, 46, 16, 172


@dataclass(frozen=True)
class LineChart:
    """Two years over the same months; None where a month is still to come."""

    months: Sequence[str]
    this_year: Sequence[float | None]
    last_year: Sequence[float | None]
    this_label: str
    last_label: str


def line_chart(chart: LineChart, finding: str) -> SafeString:
    """This year solid, last year dashed, each named at its end; `finding` is read out in place of the picture."""
    low, high, step = _axis([*chart.this_year, *chart.last_year])
    right = _LEFT + _STEP_X * (len(chart.months) - 1)
    parts = [_grid_line(value, low, high, right) for value in _ticks(low, high, step)]
    parts += [_text(_month_css(i), _LEFT + i * _STEP_X, 198, month) for i, month in enumerate(chart.months)]
    past, now = (_line_points(values, low, high) for values in (chart.last_year, chart.this_year))
    parts += [_polyline("past", past), _polyline("now", now)]
    parts += [format_html('<circle cx="{}" cy="{}" r="3.6"/>', x, y) for x, y in now]
    if past:
        parts.append(_text("past", past[-1][0] + 8, past[-1][1] + 4, chart.last_label))
    if now:
        last = [value for value in chart.this_year if value is not None][-1]
        parts.append(_text("now", now[-1][0] + 10, now[-1][1] - 6, f"{chart.this_label} {last:,}"))
    return format_html(
        '<svg viewBox="0 0 {} 206" role="img" aria-label="{}">{}</svg>',
        right + 112,
        finding,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def line_caption(chart: LineChart) -> str:
    low, _, _ = _axis([*chart.this_year, *chart.last_year])
    axis = f"縦軸は{low:,}件から。" if low else ""
    return f"{axis}実線={chart.this_label}、点線={chart.last_label}。"


def _line_points(values: Sequence[float | None], low: float, high: float) -> list[tuple[float, float]]:
    return [
        (_LEFT + i * _STEP_X, _height(value, low, high, top=_TOP, bottom=_BOTTOM))
        for i, value in enumerate(values)
        if value is not None
    ]


def _polyline(css: str, points: Sequence[tuple[float, float]]) -> SafeString:
    return format_html('<polyline class="{}" points="{}"/>', css, _points(points))


def _grid_line(value: int, low: float, high: float, right: float) -> SafeString:
    y = _height(value, low, high, top=_TOP, bottom=_BOTTOM)
    line = format_html('<line class="grid" x1="40" x2="{}" y1="{}" y2="{}"/>', right + 10, y, y)
    return format_html("{}{}", line, _text("a-end", 34, y + 4, f"{value:,}"))


def _month_css(number: int) -> str:
    """Every other month is left out where the picture is narrow."""
    return "a-mid alt" if number % 2 else "a-mid"


def _text(css: str, x: float, y: float, words: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, x, round(y, 1), words)


def _axis(values: Sequence[float | None]) -> tuple[int, int, int]:
    """Lowest and highest figure of the axis and the step between its lines.

    The axis begins at zero unless all figures lie in the upper half, where the movement would not be seen.
    """
    known = [value for value in values if value is not None]
    highest, lowest = max(known, default=0), min(known, default=0)
    floor_at = lowest if lowest > highest / 2 else 0
    step = _nice_step((highest - floor_at) / 4)
    low = floor(floor_at / step) * step
    high = max(ceil(highest / step) * step, low + step)
    return low, high, step


def _nice_step(rough: float) -> int:
    """1, 2 or 5 times a power of ten, at least 1."""
    if rough <= 1:
        return 1
    power = 10 ** floor(log10(rough))
    return next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= rough)


def _ticks(low: int, high: int, step: int) -> range:
    return range(low, high + 1, step)


# ---- shared ----


def heat(value: int | None, highest: int) -> str:
    """heat-0 … heat-10 by the share of the highest value."""
    return f"heat-{round(_share(value or 0, highest) / 10)}"


def _range(values: Sequence[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    return min(known, default=0), max(known, default=0)


def _height(value: float, low: float, high: float, *, top: float, bottom: float) -> float:
    """The y of a value: high values near the top; a flat line lies in the middle."""
    if high == low:
        return round((top + bottom) / 2, 1)
    return round(bottom - (value - low) / (high - low) * (bottom - top), 1)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
