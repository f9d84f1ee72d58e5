"""What is drawn in a page: icons, the navigation, cards, charts, bullet bars, sparks, form controls."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from lucide.templatetags.lucide import lucide

from partstrack import charts, choosing, periods, rooms, walking
from partstrack.numbers import show, show_signed

register = template.Library()

ON_PHONE = 4  # entries of the bar at a phone's foot; the others stand behind "More"
CONTROLS = {"select": "form-select", "checkbox": "form-check-input"}
MIRRORED = {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "log-out", "undo-2", "external-link"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name, size=18):
    """Draw a Lucide icon that says nothing to screen readers: the words stand beside it."""
    classes = "icon mirrored" if name in MIRRORED else "icon"
    return lucide({}, name, size=size, stroke_width="1.75", aria_hidden="true", focusable="false", **{"class": classes})


@dataclass(frozen=True)
class Entry:
    """An entry of the navigation; `current` is aria-current's value or empty."""

    href: str
    title: str
    icon: str
    current: str
    at_foot: bool
    phone: int


@register.simple_tag(takes_context=True)
def navigation(context):
    """Return the entries of the rail and of the phone's bar: {"main", "foot", "phone", "more"}."""
    request = context.get("request")
    path, place = (request.path, rooms.place(request)) if request else ("", None)
    entries = [entry for item in context.get("rail", ()) if (entry := _entry(item, path, place and place.room))]
    phone = sorted(entries, key=lambda entry: entry.phone)[:ON_PHONE]
    return {
        "main": [entry for entry in entries if not entry.at_foot],
        "foot": [entry for entry in entries if entry.at_foot],
        "phone": phone,
        "more": [entry for entry in entries if entry not in phone],
    }


@register.inclusion_tag("parts/room.html", takes_context=True)
def room(context):
    """Draw the pages of the room in which the page stands; nothing where there is only one."""
    place = _place(context)
    pages = rooms.pages(context["request"], place) if place else []
    here = next((title for title, _url, current in pages if current), "")
    return {"pages": pages if len(pages) > 1 else [], "here": here}


@register.inclusion_tag("parts/trail.html", takes_context=True)
def trail(context):
    """Draw the way back: the room and its page, then what the page's own `trail` says."""
    place = _place(context)
    back = rooms.way_back(context["request"], place) if place else []
    steps = [*back, *context.get("trail", ())]
    return {"trail": steps if len(steps) > 1 else []}


@register.inclusion_tag("parts/walk.html", takes_context=True)
def walk(context):
    """Draw the ways to the thing before and behind in the list from which this page was reached; nothing else where."""
    request = context.get("request")
    reached = request and request.user.is_authenticated and "among" in request.GET and request.resolver_match
    return {"walk": walking.walk(request) if reached else None}


def _place(context):
    """Return the place of the page, None for strangers and for pages of no room."""
    request = context.get("request")
    return rooms.place(request) if request and request.user.is_authenticated else None


def _entry(item, path, room):
    try:
        href = reverse(item.url)
    except NoReverseMatch:
        return None  # an app whose pages are not mounted has no entry; a test asks for each
    below = item.url == room if room else href != "/" and path.startswith(href)
    current = "page" if path == href else "true" if below else ""
    return Entry(href, item.title, item.icon, current, item.at_foot, item.phone or item.order)


@register.simple_block_tag(takes_context=True)
def card(context, content, title, note="", span=12, url="", link="", classes="", id=""):
    """Put what stands inside into a card: title, small note, one link at the end; `span` columns of twelve."""
    words = {"title": title, "note": note, "span": span, "url": url, "link": link, "classes": classes, "id": id}
    return render_to_string("parts/card.html", {**words, "content": content})


@register.simple_tag
def chart(spec, id, title, table=None, legend=None, note=""):
    """Draw a chart that works without script; static/charts.js puts the interactive one in its place.

    `spec`: a dictionary of partstrack/charts.py or its pair; `table`: {"headings", "rows"}, its data in words;
    `legend`: (kind, label) with kind solid, dashed, band, up, down or total.
    """
    specs = spec if "wide" in spec else {"wide": spec}
    drawings = [
        {"width": width, "id": f"{id}-{width}", "spec": one, "svg": mark_safe(_named(charts.svg(one), title))}  # noqa: S308
        for width, one in specs.items()
    ]
    words = {"id": id, "title": title, "drawings": drawings, "only": len(drawings) == 1}
    return render_to_string("parts/chart.html", {**words, "table": table, "legend": legend, "note": note})


def _named(svg, title):
    return svg.replace("<svg ", str(format_html('<svg role="img" aria-label="{}" ', title)), 1)


@register.simple_tag
def bullet(value, steps, scale):
    """Draw a rate against its steps, Decimals on the same scale from 0 to `scale`. Words stand beside it."""
    mirrored = get_language() == "ar"
    reached = min(max(Decimal(value or 0), Decimal(0)), Decimal(scale))
    following = min((step for step in steps if value is None or step > value), default=None)
    places = [
        {"at": _percent(step, scale, mirrored), "label": show(step, "en"), "next": step == following} for step in steps
    ]
    length = _percent(reached, scale, False)
    start = f"{100 - float(length[:-1]):g}%" if mirrored else "0%"
    return render_to_string("parts/bullet.html", {"start": start, "length": length, "steps": places})


def _percent(value, scale, mirrored):
    share = float(Decimal(value) / Decimal(scale) * 100)
    return f"{100 - share if mirrored else share:.2f}%"


@register.simple_tag
def spark(values, label, width=72, height=20):
    """Draw a line of months so small that it needs no axis; None is a gap. `label` says it in words.

    Drawn here and not by Vega: a list of a hundred lines must not wait for a hundred charts.
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    step = width / max(len(values) - 1, 1)
    points = [
        None
        if value is None
        else f"{_x(place * step, width)},{height - 2 - float((value - low) / ((high - low) or 1)) * (height - 4):.1f}"
        for place, value in enumerate(values)
    ]
    runs = [run.split() for run in " ".join("|" if point is None else point for point in points).split("|")]
    drawn = [{"points": " ".join(run), "dot": run[0].split(",") if len(run) == 1 else None} for run in runs if run]
    return render_to_string("parts/spark.html", {"runs": drawn, "label": label, "width": width, "height": height})


def _x(length, width):
    return f"{width - length if get_language() == 'ar' else length:.1f}"


@register.filter
def control(field):
    """Draw a form's field with the class of its kind; Django adds aria-describedby and aria-invalid."""
    if field.use_fieldset:
        return field.as_widget()  # several inputs: Django would put the class on the box around them too
    kind = getattr(field.field.widget, "input_type", "textarea")
    names = [field.field.widget.attrs.get("class", ""), CONTROLS.get(kind, "form-control")]
    return field.as_widget(attrs={"class": " ".join([*names, "is-invalid" if field.errors else ""]).strip()})


@register.filter
def removable(chips):
    """Return the chips that can be taken off: those that say what is so anyway cannot."""
    return [chip for chip in chips or () if chip[2]]


@register.simple_tag(takes_context=True)
def filters_taken(context):
    """Return how many chips that can be taken off are of the filters, not of the conditions."""
    conditions = context.get("conditions")
    return len(removable(context.get("chips"))) - len(conditions.asked if conditions else ())


@register.filter
def column_choices(table):
    """Return the choosing.Choice of each column of a table."""
    return choosing.choices(table)


@register.filter
def sizes(table):
    """Return (rows a page, whether it is so now) of the sizes of a table's page."""
    known = sorted({*choosing.SIZES, table.usual_size})
    return [(size, size == table.size) for size in known]


@register.filter
def search_field(form):
    """Return the field of a list's search, None when the list has none."""
    return form["q"] if "q" in form.fields else None


@register.filter
def short_span(window):
    """Show (first, last) months in few letters: janv.–août 2026."""
    return periods.span_label(window[0], window[1], get_language(), "short") if window else ""


@register.filter
def at(values, key):
    """Return what a dictionary holds under a key, or nothing."""
    return values.get(key) if values else None


@register.filter
def place_query(thing):
    """Return the query that names a place of a file, of a row or a dictionary: sheet=…&row=…&column=…."""
    names = ("sheet", "row", "column")
    return urlencode({name: thing[name] if isinstance(thing, dict) else getattr(thing, name) for name in names})


@register.filter
def less(new, old):
    """Return new - old as Decimal, None when either is not said."""
    return None if new in (None, "") or old in (None, "") else Decimal(new) - Decimal(old)


@register.filter
def aria_sort(column):
    """Return ascending, descending or none for the heading of a column of django-tables2."""
    if not column.is_ordered:
        return "none"
    return "ascending" if column.order_by_alias.is_ascending else "descending"


@register.filter
def is_number(value):
    """Say whether a value of a chart's table is shown as a number."""
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


@register.filter
def signed(value):
    """Show a difference with its sign, inside one left-to-right run: +2 140."""
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', show_signed(Decimal(value), get_language(), None))


@register.simple_tag
def cells(row):
    """Draw the cells of a row of a matrix, each {"state", "said", "url"}: a page has hundreds of them, all alike."""
    return SafeString("".join(map(_cell, row)))


def _cell(cell):
    said, url = escape(cell["said"]), cell.get("url")
    inside = f'<span class="visually-hidden">{said}</span>'
    if url:
        inside = f'<a href="{escape(url)}">{inside}</a>'
    return f'<td class="cell cell-{cell["state"]}" title="{said}">{inside}</td>'
