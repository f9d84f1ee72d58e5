"""Lines of volumes, and volumes by a dimension: on the screen and in the file."""

import django_tables2
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from partstrack.tables import NUMBER, SHORT, WRAP, Table, own_page
from partstrack.templatetags.draw import signed
from partstrack.templatetags.show import change, day, month, num
from production import grid
from production.models import MEASURE_NAMES, Declaration, OutputLine


class Quantity(django_tables2.Column):
    """A quantity in the reader's format; nothing said is a dash."""

    def __init__(self, **options):
        super().__init__(attrs=NUMBER, **options)

    def render(self, value):
        """Show the number."""
        return num(value)


def in_situation(record, table):
    """Return the address of a row's page, in the situation that the list was asked for."""
    return table.address_of(record, **({"as-of": table.ask.as_of} if table.ask and table.ask.as_of else {}))


def _in_script(owner, language):
    """Return the name of a firm or a brand in the script of a language, as its `name_in` does."""
    name, arabic = F(f"{owner}__name"), F(f"{owner}__name_ar")
    return Coalesce(NullIf(arabic, Value("")), name) if language == "ar" else name


class LineTable(Table):
    """One row a line; the part leads to its page, the page to its cell."""

    part = django_tables2.Column(accessor="part__reference", verbose_name=_("Part"), linkify=in_situation)
    month = django_tables2.Column(attrs=SHORT)
    supplier = django_tables2.Column(accessor="site__firm__name", verbose_name=_("Supplier"), attrs=SHORT)
    family = django_tables2.Column(accessor="family_name", verbose_name=_("Family"))
    brand = django_tables2.Column(accessor="brand__name", verbose_name=_("Brand"), attrs=SHORT)
    produced = Quantity(verbose_name=MEASURE_NAMES["produced"])
    sold = Quantity(verbose_name=_("Sold"))
    scrapped = Quantity(verbose_name=MEASURE_NAMES["scrapped"])
    closing = Quantity(verbose_name=MEASURE_NAMES["closing"])

    leads_to = ("line", "pk")
    aside = ("supplier", "family", "brand", "unit", "scrapped", "closing")
    asked_by = {"family": tuple(f"in_family__family__name_{language}" for language in ("fr", "ar", "en"))}
    empty_text = _("No line passes these filters. Take one off, or upload the supplier's file.")

    class Meta(Table.Meta):
        model = OutputLine
        fields = ("part", "month", "supplier", "family", "brand", "unit")
        sequence = ("part", "month", "supplier", "family", "brand", "unit", "...")

    def file_fields(self):
        """Give what the file says of each line: references, names in the reader's script, amounts."""
        language = get_language()
        return {
            "part": F("part__reference"),
            "month": F("month"),
            "supplier": _in_script("site__firm", language),
            "family": F("family_name"),
            "brand": _in_script("brand", language),
            "unit": F(f"unit__name_{language if language in ('ar', 'en') else 'fr'}"),
            **{name: F(name) for name in ("produced", "sold", "scrapped", "closing")},
        }

    def render_part(self, record):
        name = record.part.name_ar if get_language() == "ar" and record.part.name_ar else record.part.name
        return format_html("<bdi>{}</bdi><small>{}</small>", record.part.reference, name)

    def file_value_part(self, record):
        """Give the reference alone."""
        return record.part.reference

    def render_supplier(self, record):
        return record.site.firm.name_in(get_language())

    def file_value_supplier(self, record):
        """Give the name in the reader's script."""
        return record.site.firm.name_in(get_language())

    def render_month(self, value):
        return month(value, "short")

    def render_brand(self, record):
        return record.brand.name_in(get_language())

    def file_value_brand(self, record):
        """Give the name in the reader's script."""
        return record.brand.name_in(get_language()) if record.brand else None

    def render_unit(self, record):
        return record.unit.name_in(get_language())

    def file_value_unit(self, record):
        """Give the unit's name."""
        return record.unit.name_in(get_language())


class Way(django_tables2.Column):
    """A way on: it belongs on the screen, not in the file."""

    screen_only = True


class LateTable(Table):
    """Missing declarations: the site leads to what is known of it, the month to all of that month."""

    site = django_tables2.Column(
        verbose_name=_("Site"), attrs=SHORT, linkify=("site_expected", {"site": django_tables2.A("code")})
    )
    month = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT)
    due = django_tables2.Column(verbose_name=_("Due day"), attrs=SHORT)
    days = django_tables2.Column(verbose_name=_("Working days late"), attrs=NUMBER)
    reminded = django_tables2.Column(verbose_name=_("Last reminder"), attrs=SHORT)
    channel = django_tables2.Column(verbose_name=_("Channel"), attrs=SHORT)
    code = Way(verbose_name="", orderable=False, attrs=SHORT, linkify=("reminder", {"site": django_tables2.A("code")}))

    aside = ("due", "reminded", "channel")
    empty_text = _("Nobody is late: every declaration that is due was received.")

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        if not request.user.may("enter"):
            self.columns.hide("code")

    def render_month(self, value):
        return month(value, "short")

    def render_due(self, value):
        return day(value)

    def render_reminded(self, value):
        return day(value)

    def render_days(self, value):
        return num(value)

    def render_code(self):
        """Lead to the reminder."""
        return _("Remind")


class GroupTable(Table):
    """Volumes by a dimension with growth and contribution; the value leads to its lines."""

    label = django_tables2.Column(verbose_name="", order_by="sort")
    value = django_tables2.Column(verbose_name=_("Value"), attrs=NUMBER)
    compared = Quantity(verbose_name=_("Compared"))
    base = Quantity(verbose_name=_("Base"))
    change = django_tables2.Column(verbose_name=_("Growth"), attrs=NUMBER)
    contribution = django_tables2.Column(verbose_name=_("Contribution, points"), attrs=NUMBER)

    aside = ("compared", "base", "contribution")
    empty_text = _("Nothing was declared for this question.")

    def render_value(self, value, record):
        return format_html('<a href="{}">{}</a>', record["url"], num(value))

    def render_change(self, value, record):
        return change(value)

    def render_contribution(self, value):
        return change(value, "points")

    def shown_total(self, name, value):
        """Show growth as growth."""
        if name == "change":
            return change(value)
        return self.render_contribution(value) if name == "contribution" else super().shown_total(name, value)


class DeclarationTable(Table):
    """One row a declaration; what was returned leads to where it is corrected."""

    month = django_tables2.Column(
        accessor="head__month",
        verbose_name=_("Month"),
        linkify=own_page,
        attrs=SHORT,
    )
    site = django_tables2.Column(accessor="head__site__name", verbose_name=_("Site"))
    state = django_tables2.Column(verbose_name=_("State"))
    author = django_tables2.Column(verbose_name=_("Entered by"))
    revision = django_tables2.Column(verbose_name=_("Revision"), attrs=NUMBER)
    comment = django_tables2.Column(verbose_name=_("Comment"), attrs=WRAP)

    leads_to = ("declaration", "pk")
    aside = ("received_on", "comment", "revision", "author")
    people = ("author",)
    empty_text = _("No declaration yet. Type a month or upload a file: it appears here with its state.")

    class Meta(Table.Meta):
        model = Declaration
        fields = ("month", "site", "state", "comment", "received_on", "revision", "author")
        order_by = ("-month", "site")

    def render_month(self, value):
        return month(value, "short")

    def render_site(self, record):
        return record.head.site.name_in(get_language())

    def render_received_on(self, value):
        return day(value)

    def render_comment(self, record):
        return format_html("<bdi>{}</bdi>", record.comment)

    def render_state(self, record):
        """Show the state; what was returned leads to where it is corrected."""
        state = render_to_string("production/declaration_state.html", {"record": record})
        if record.state != Declaration.State.RETURNED:
            return state
        address = grid.url(record.head.site, record.head.month)
        return format_html('{} <a class="nowrap" href="{}">{}</a>', state, address, gettext("Correct it"))

    def file_value_state(self, record):
        """Give the state in words."""
        return record.get_state_display()


class GapTable(Table):
    """One row a difference of the balance; it leads to what is said of it."""

    reference = django_tables2.Column(verbose_name=_("Part"))
    month = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT)
    site = django_tables2.Column(verbose_name=_("Site"))
    kind = django_tables2.Column(verbose_name=_("What differs"), attrs=WRAP)
    difference = django_tables2.Column(verbose_name=_("Difference"), attrs=NUMBER)
    owner = django_tables2.Column(verbose_name=_("Looked after by"))
    people = ("owner",)
    comment = django_tables2.Column(verbose_name=_("Comment"), attrs=WRAP)

    aside = ("site", "kind", "owner", "comment")
    empty_text = _("Everything balances here: what came in is what went out and what stayed.")

    def render_reference(self, value, record):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("line", args=[record["gap"].line]), value)

    def render_month(self, value):
        return month(value, "short")

    def render_difference(self, value):
        return signed(value)
