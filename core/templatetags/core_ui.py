"""Template tags of the interface: icons, badges, dates and numbers, links that keep the filters.

A builtin of the template engine (see settings), so templates need no ``{% load %}`` for them.
docs/interface.md shows each in use.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms import Select as SelectWidget
from django.http import QueryDict
from django.template import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.reader import listed as join_listed
from core.reader import reads_chinese
from core.templatetags.filter_chips import FilterChip, filter_chips, wrong_filter_chips
from core.way_back import address_to_open
from core.widgets import DayInput

register = template.Library()

ICON_FOLDER = Path(__file__).resolve().parent.parent / "icons"
ICON_NAME = re.compile(r"[a-z0-9-]+")

# The habit of the reader, unambiguous for everybody: no month as a bare number in English.
DAY_FORMATS = {"en": "j M Y", "zh-hans": "Y年n月j日"}
PERCENT_FORMATS = {"en": "{} %", "zh-hans": "{}%"}
MOMENT_FORMATS = {"en": "j M Y, H:i", "zh-hans": "Y年n月j日 H:i"}

DUE_SOON = 3
DUE_IN_DAYS = 14

TONE_ICONS = {
    "verified": "circle-check",
    "now": "alert-octagon",
    "soon": "alert-triangle",
    "info": "info-circle",
    "progress": "loader-2",
    "unknown": "circle-dashed",
    "quiet": "circle-dot",
}
SEVERITIES = {
    "error": ("now", "alert-octagon", _("Error")),
    "warning": ("soon", "alert-triangle", _("Warning")),
    "info": ("info", "info-circle", _("Note")),
}


# --- Icons ---------------------------------------------------------------------------------------
@lru_cache(maxsize=512)
def _drawing(name: str) -> tuple[str, bool]:
    """The inner markup of an icon and whether it is a filled one. ValueError for unknown names."""
    path = ICON_FOLDER / f"{name}.svg"
    if not ICON_NAME.fullmatch(name) or not path.is_file():
        raise ValueError(f"No icon {name!r}: add it to scripts/icons.txt, run scripts/vendor.py")
    inner = path.read_text("utf-8").split(">", 1)[1].rsplit("</svg>", 1)[0].strip()
    return inner, name.endswith("-filled")


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An inline drawing in the colour of the text. Silent to screen readers unless labelled."""
    inner, filled = _drawing(name)
    paint = "currentColor" if filled else "none"
    stroke = "none" if filled else "currentColor"
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" fill="{}" stroke="{}" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>'
        "{}</svg>",
        f" {css}" if css else "",
        paint,
        stroke,
        spoken,
        mark_safe(inner),  # noqa: S308 - our own vendored file, name checked above
    )


# --- Badges --------------------------------------------------------------------------------------
@register.simple_tag
def status_badge(tone: str, label: str, icon_name: str = "") -> SafeString:
    """Icon and word in a tone (see TONE_ICONS): colour never says it alone."""
    if tone not in TONE_ICONS:
        raise ValueError(f"No tone {tone!r}; choose of {', '.join(TONE_ICONS)}")
    return format_html(
        '<span class="status-badge tone-{}">{}<span>{}</span></span>',
        tone,
        icon(icon_name or TONE_ICONS[tone]),
        label,
    )


@register.simple_tag
def severity_chip(severity: str, count: int | None = None) -> SafeString:
    """The chip of a finding: error, warning or info; with a number it counts them."""
    tone, icon_name, word = SEVERITIES[severity]
    shown = "" if count is None else format_html("<b>{}</b>", number(count))
    return format_html(
        '<span class="severity-chip tone-{}">{}<span>{}</span>{}</span>',
        tone,
        icon(icon_name),
        word,
        shown,
    )


# --- Dates and numbers ---------------------------------------------------------------------------
def _habit(table: dict[str, str]) -> str:
    return table.get(get_language() or "en", table["en"])


@register.simple_tag
def moment(value: dt.datetime | None, show: str = "moment") -> SafeString:
    """A moment in local time, the exact one in UTC on hover. ``show="day"`` leaves out the hour."""
    if value is None:
        return mark_safe('<span class="not-known">–</span>')
    chosen = DAY_FORMATS if show == "day" else MOMENT_FORMATS
    exact = value.astimezone(dt.UTC)
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>',
        exact.isoformat(timespec="seconds"),
        exact.strftime("%Y-%m-%d %H:%M:%S"),
        formats.date_format(timezone.localtime(value), _habit(chosen)),
    )


@register.simple_tag
def day(value: dt.date | None) -> SafeString:
    """A calendar date without a time zone; a dash for none."""
    if value is None:
        return mark_safe('<span class="not-known">–</span>')
    return format_html(
        '<time datetime="{0}" title="{0}">{1}</time>',
        value.isoformat(),
        formats.date_format(value, _habit(DAY_FORMATS)),
    )


@register.simple_tag
def due(value: dt.date | None) -> SafeString:
    """How long there is: overdue in red, the next three days in amber, the date on hover."""
    if value is None:
        return mark_safe("")
    days = (value - clock.today()).days
    tone = "now" if days < 0 else "soon" if days <= DUE_SOON else "quiet"
    return format_html(
        '<time class="due tone-{0}" datetime="{1}" title="{1}">{2}</time>',
        tone,
        value.isoformat(),
        _days_in_words(days, value),
    )


def _days_in_words(days: int, value: dt.date) -> str:
    if days == 0:
        return gettext("due today")
    if days < 0:
        text = ngettext("%(days)s day overdue", "%(days)s days overdue", -days)
    elif days <= DUE_IN_DAYS:
        text = ngettext("due in %(days)s day", "due in %(days)s days", days)
    else:
        shown = formats.date_format(value, _habit(DAY_FORMATS))
        return gettext("due by %(date)s") % {"date": shown}
    return text % {"days": abs(days)}


@register.filter
def listed(parts: Iterable[object]) -> str:
    """Things of one kind, with the comma of the reader's language."""
    return join_listed(parts)


@register.simple_tag
def gap() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return "" if reads_chinese() else " "


@register.filter
def number(value: float | None) -> str:
    """Thousands grouped by commas, as both our languages do; a dash for none.

    Not Django's own grouping: its Chinese formats group nothing.
    """
    return "–" if value is None else f"{value:,}"


@register.filter
def percent(value: float | None) -> str:
    """A share from 0 to 1 as a whole percentage; a dash for none."""
    return "–" if value is None else _habit(PERCENT_FORMATS).format(round(value * 100))


# --- Links that keep the filters -----------------------------------------------------------------
def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(
    context: Context, field: str, label: str, css: str = "", first: str = "", param: str = "sort"
) -> dict[str, Any]:
    """A ``<th>`` whose link sorts by ``field``; the filters stay, the page starts again.

    ``first="-"`` sorts downwards at the first click, for numbers and dates.
    """
    query = _query(context)
    current = query.get(param, "")
    active = current.lstrip("-") == field
    falling = active and current.startswith("-")
    opposite = field if falling else f"-{field}"
    query[param] = opposite if active else f"{first}{field}"
    query.pop("page", None)
    order = ("descending" if falling else "ascending") if active else "none"
    return {
        "label": label,
        "css": css,
        "order": order,
        "url": f"?{query.urlencode()}",
        "link_id": f"{param}-{field}",
        "list_id": context.get("list_id"),
    }


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """An address that opens this page, or the one behind it, again."""
    request = context.get("request")
    return address_to_open(request) if request else "/"


@register.simple_tag(takes_context=True)
def active_filters(context: Context, form: Any, skip: str = "sort,page") -> list[FilterChip]:
    """The filters that are on: label, value in words and the address without each of them."""
    return filter_chips(form, _query(context), frozenset(skip.split(",")))


@register.simple_tag(takes_context=True, name="wrong_filters")
def wrong_filters_of(context: Context, form: Any) -> list[FilterChip]:
    """The filters whose value does not exist (any more), and the address without each of them."""
    return wrong_filter_chips(form, _query(context))


# --- Forms ---------------------------------------------------------------------------------------
def _field_kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "select" if isinstance(widget, SelectWidget) else "input"


FIELD_CLASSES = {
    "choices": "form-check-input",
    "checkbox": "form-check-input",
    "select": "form-select",
    "input": "form-control",
}


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    css: str = "",
    hide_label: bool = False,
    one_of: bool = False,
    **attrs: Any,
) -> dict[str, Any]:
    """Label, input, help and errors of one form field, joined for screen readers by Django.

    ``one_of``: it or another is needed, which the help says; neither is called optional.
    """
    kind = _field_kind(bound)
    classes = [FIELD_CLASSES[kind], bound.field.widget.attrs.get("class", "")]
    if bound.errors:
        classes.append("is-invalid")
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    extra["class"] = " ".join(name for name in classes if name)
    # An empty calendar says nothing about what it is for.
    beside = hide_label and isinstance(bound.field.widget, DayInput)
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hide_label": hide_label and not beside,
        "is_optional_told": not hide_label,
        "css": f"{css} is-beside".strip() if beside else css,
        "widget": bound.as_widget(attrs=extra),
        "optional": not bound.field.required and kind in {"input", "select"} and not one_of,
    }


# --- Pages ---------------------------------------------------------------------------------------
@register.simple_tag
def shown_range(page: Any) -> str:
    """ "1-50 of 1,203" for a page of a paginator."""
    return gettext("%(first)s–%(last)s of %(total)s") % {
        "first": number(page.start_index()),
        "last": number(page.end_index()),
        "total": number(page.paginator.count),
    }


@register.simple_tag
def page_numbers(page: Any) -> list[int | str]:
    """Numbers for the pager: both ends and two on each side of the current one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
