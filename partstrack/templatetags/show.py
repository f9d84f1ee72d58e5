"""How values are shown. Loaded everywhere (settings: builtins), so that no template formats a number itself."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from partstrack import numbers, periods, situations
from partstrack.choosing import KEPT, PASSING

register = template.Library()


@register.filter
def num(value, places=None):
    """Show a number in the reader's language, inside one left-to-right run: 1 234 567,89."""
    if value is None or value == "":
        return "–"
    shown = numbers.show(Decimal(value), get_language(), places=None if places is None else int(places))
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', shown)


@register.filter
def change(value, unit="percent", places=1):
    """Show a growth with its sign: +14,3 %, or points when unit is "points"."""
    if value is None:
        return "–"
    show = numbers.show_points if unit == "points" else numbers.show_percent_signed
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', show(Decimal(value), get_language(), places))


@register.simple_tag
def points(value):
    """Show a contribution in points with two decimals, so that small ones are seen: −0,21."""
    return change(value, "points", 2)


@register.filter
def rate(value, places=1):
    """Show a rate that is already x 100: 74,1 %."""
    if value is None:
        return "–"
    return format_html(
        '<bdi dir="ltr" class="num">{}</bdi>', numbers.show_percent(Decimal(value), get_language(), int(places))
    )


@register.filter
def in_unit(value, unit):
    """Show a value of a figure in its unit: a rate, a price with two decimals, money whole, a quantity as it is."""
    if unit == "percent":
        return rate(value)
    return num(value, 2 if "/" in unit else 0 if is_money(unit) else None)


@register.filter
def quantity(value):
    """Show a quantity that was divided: whole as it is, a part of a unit to three decimals."""
    return num(value) if value is None or value == value.to_integral_value() else num(value, 3)


@register.filter
def base_of(figure):
    """Show the base of a figure in its unit; a rate's is a rate."""
    unit = getattr(figure, "unit", "")
    return in_unit(figure.base, unit) if figure.change_unit != "points" else rate(figure.base)


@register.filter
def is_money(unit):
    """Say whether a unit is dinars, or dinars for something."""
    return unit.startswith("DZD")


@register.filter
def direction(value):
    """Return "up", "down" or "flat" for a change, for the arrow and the colour."""
    if not value:
        return "flat"
    return "up" if value > 0 else "down"


@register.filter
def day(value):
    """Show a day as dd/mm/yyyy; a moment in the business time zone with hour and minute."""
    if not value:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        return format_html('<bdi dir="ltr" class="num">{}</bdi>', value.strftime("%d/%m/%Y %H:%M"))
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', value.strftime("%d/%m/%Y"))


@register.filter
def month(value, style="long"):
    """Show a month in words: août 2026."""
    if isinstance(value, str):
        value = date.fromisoformat(f"{value}-01")
    return periods.month_name(value, get_language(), style) if value else "–"


@register.filter
def span(window):
    """Show (first, last) months in words: janvier – août 2026."""
    return periods.span_label(window[0], window[1], get_language()) if window else "–"


@register.filter
def named(thing):
    """Show the name of reference data in the reader's language."""
    return "" if thing is None else thing.name_in(get_language())


@register.simple_tag(takes_context=True)
def address(context, **changes):
    """Return this page's query with some keys changed; None takes a key out, the page number always goes."""
    query = context["request"].GET.copy()
    for key, value in {**dict.fromkeys(PASSING), **changes}.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def query_of(**words):
    """Return words as the query of an address."""
    return urlencode(words)


@register.simple_tag(takes_context=True)
def carried(context, only="", but=""):
    """Draw hidden inputs with what a form keeps of the query: these keys `only`, or all of them `but` these."""
    query, wanted, spent = context["request"].GET, only.split(), {*PASSING, *but.split()}
    names = wanted or [name for name in query if name not in spent]
    pairs = [(name, value) for name in names for value in query.getlist(name) if value]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def without_filters(context, clear_url=""):
    """Return the address of this list without its filters; its columns, order and size stay. `clear_url`: what else stays."""
    path, _mark, words = (clear_url or context["request"].path).partition("?")
    query, kept = QueryDict(words, mutable=True), context["request"].GET
    for name in set(KEPT) - {"where"} & kept.keys():
        query.setlist(name, kept.getlist(name))
    return f"{path}?{query.urlencode()}" if query else path


@register.simple_tag(takes_context=True)
def situation_words(context):
    """Say on paper in which situation a page was asked for: its own question's, else as it is now."""
    asked = context.get("asked") or context.get("moment")
    return situations.words(asked) if asked else ""


@register.inclusion_tag("parts/situation.html", takes_context=True)
def situation(context, ask):
    """Say the situation that a page was asked for, and the way back to now; nothing when it is now."""
    if not getattr(ask, "as_of", ""):
        return {}
    query = context["request"].GET.copy()
    for key in ("as-of", "page"):
        query.pop(key, None)
    version = None if situations.is_version(ask.as_of) else ask.version
    return {"words": situations.words(ask), "version": version, "now_url": f"?{query.urlencode()}"}
