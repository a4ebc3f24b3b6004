"""Tags and filters of every template: icons, chips, charts, 和暦. Thin: the work is done in centers.charts and centers.periods."""

from datetime import date, datetime
from functools import cache

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from centers import charts, periods
from centers.devices import device_name
from centers.paging import Page
from centers.wording import moment_words

register = template.Library()

SITE_NAME = "熊本市 障がい者相談支援 記録システム"


@register.simple_tag
def site_name() -> str:
    """The product's name; a tag, because error pages are rendered without a context."""
    return SITE_NAME


@register.simple_tag(takes_context=True)
def page_title(context) -> str:
    """The page's own `title` block, for the head line of a print."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return block.render(context)


# ---- icons and chips ----


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """An icon of static/img/icons.svg beside a word: {% icon "pencil" %}, small {% icon "check" "s" %}."""
    css = "ks-icon s" if size == "s" else "ks-icon"
    sprite = static("img/icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sprite, name)


@register.simple_tag
def chip(kind: str, icon_name: str, text: str) -> SafeString:
    """A state as icon and word: {% chip "ng" "alert" "期限 11/16" %}; kind is key, ok, warn, ng, mute, dash or ""."""
    picture = icon(icon_name, "s") if icon_name else ""
    return format_html('<span class="ks-chip{}">{}{}</span>', f" {kind}" if kind else "", picture, text)


@register.simple_tag
def nav_links(items, side: bool) -> SafeString:
    """The lines of the side navigation, or of the menu on a phone; a number only where somebody must act."""
    return format_html_join("", "{}", ((_nav_link(item, side),) for item in items))


_NAV_LINK = '<a href="{}"{}{}>{}<span{}>{}</span>{}</a>'
_TO_DO = '<span class="ks-n ng n"><span class="visually-hidden">要対応</span>{}</span>'


def _nav_link(item, side: bool) -> SafeString:
    return format_html(
        _NAV_LINK,
        item.url,
        SafeString(' aria-current="page"') if item.current else "",
        format_html(' data-key="{}"', item.shortcut) if side and item.shortcut else "",
        icon(item.icon),
        SafeString(' class="tx"') if side else "",
        item.label,
        format_html(_TO_DO, item.count) if item.count else "",
    )


# ---- days ----


@register.filter
def wareki(day: date | None) -> str:
    """令和4年11月18日"""
    return periods.wareki(day) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """令和4年11月18日 10:05"""
    return moment_words(at) if at else ""


@register.filter
def wareki_short(day: date | None) -> str:
    """R4.11.18"""
    return periods.wareki_short(day) if day else ""


@register.filter
def wareki_day(day: date | None) -> str:
    """令和4年11月18日(金)"""
    return periods.wareki(day, weekday=True) if day else ""


@register.filter
def month_day(day: date | None) -> str:
    """11/18"""
    return f"{day.month}/{day.day}" if day else ""


register.filter("device", device_name)

# ---- lists ----


@register.inclusion_tag("components/_pagination.html")
def pages(page: Page, query_text: str = "", label: str = "一覧の続き") -> dict:
    """前へ・次へ of a keyset-paged list at its own address; query_text holds its filters: {% pages page query_text %}"""

    def url(side: str, pk) -> str:
        return "?" + "&".join(part for part in (query_text, f"{side}={pk}") if part) if pk else ""

    return {
        "previous_url": url("before", page.previous),
        "next_url": url("after", page.next),
        "label": label,
    }


# ---- forms ----


@register.filter
def error_count(form) -> int:
    """Places to mend: fields with an error, and each error of the form as a whole."""
    fields = sum(1 for field in form if field.errors)
    return fields + len(form.non_field_errors())


@register.filter
def focus_id(field) -> str:
    """The id that a link to the field jumps to; of a group, its first choice."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def age_on(birth: date | None, day: date) -> int | str:
    """Years of age on a day: {{ client.birth_date|age_on:day }}"""
    return periods.age_on(birth, day) if birth else ""


# ---- figures ----


@register.simple_tag
def staff_squares(filled: int, required: int, label: str) -> SafeString:
    return charts.staff_squares(filled, required, label)


@register.simple_tag
def hbars(rows, unit: str = "件") -> SafeString:
    return charts.hbars(rows, unit)


@register.simple_tag
def sparkline(values, label: str, cap: float | None = None) -> SafeString:
    return charts.sparkline(values, label, cap=cap)


@register.inclusion_tag("components/_line_chart.html")
def line_chart(months, this_year, last_year, this_label: str, last_label: str, finding: str) -> dict:
    """Two years over the months: figure, caption and the table under it.

    months: labels in order; this_year, last_year: numbers or None of the same length; finding: the sentence that
    the picture shows, read out in its place.
    """
    chart = charts.LineChart(months, this_year, last_year, this_label, last_label)
    rows = ((last_label, last_year), (this_label, this_year))
    return {
        "svg": charts.line_chart(chart, finding),
        "caption": charts.line_caption(chart),
        "months": months,
        "rows": rows,
    }


@register.filter
def heat(value: int | None, highest: int) -> str:
    """CSS class of a table cell's shade: {{ value|heat:highest }} gives heat-0 … heat-10."""
    return charts.heat(value, highest)
