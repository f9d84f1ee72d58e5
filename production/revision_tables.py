"""What was restated: the lines of what changed since a situation, and the register; on the screen and in the file."""

from decimal import Decimal
from urllib.parse import urlencode

import django_tables2
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from partstrack.numbers import isolate, show_signed
from partstrack.tables import NUMBER, SHORT, WRAP, FileColumn, Table
from partstrack.templatetags.draw import signed
from partstrack.templatetags.show import day, month, points
from production.models import Revision


class SinceTable(Table):
    """One row a cause of a site's month: how much, and the revisions, people and files behind it."""

    supplier = django_tables2.Column(verbose_name=_("Supplier"), orderable=False)
    month = django_tables2.Column(verbose_name=_("Month"), orderable=False, attrs=SHORT)
    cause = django_tables2.Column(verbose_name=_("Cause"), orderable=False)
    difference = django_tables2.Column(verbose_name=_("Difference"), orderable=False, attrs=NUMBER)
    points = django_tables2.Column(verbose_name=_("Points"), orderable=False, attrs=NUMBER)
    who = django_tables2.Column(verbose_name=_("Who and when"), orderable=False, empty_values=())
    reason = django_tables2.Column(verbose_name=_("Reason"), orderable=False, empty_values=(), attrs=WRAP)
    source = django_tables2.Column(verbose_name=_("Source"), orderable=False, empty_values=(), attrs=WRAP)

    aside = ("cause", "points", "who", "reason", "source")
    people = ("who",)
    empty_text = _("Nothing has changed over these months between the two situations.")

    class Meta(Table.Meta):
        pass

    def render_supplier(self, record):
        """Name the supplier, and the site below it."""
        return _supplier_and_site(record["supplier"], record["site"])

    def render_month(self, value):
        return month(value, "short")

    def render_cause(self, record, value):
        """Lead to the revisions of this month."""
        return format_html('<a href="{}">{}</a>', record["url"], value)

    def render_difference(self, value):
        return signed(value)

    def render_points(self, value):
        return points(value)

    def shown_total(self, name, value):
        """Show differences with their sign."""
        return points(value) if name == "points" else signed(value)

    def render_who(self, record):
        lines = [(declared_by(row), day(row.write.at)) for row in record["revisions"]]
        return format_html_join("", '<div><bdi>{}</bdi><small class="below">{}</small></div>', lines) or _versions(
            record
        )

    def file_value_who(self, record):
        """Name the people and when it was known."""
        return "; ".join(f"{declared_by(row)} {row.write.at:%Y-%m-%d}" for row in record["revisions"])

    def render_reason(self, record):
        return format_html_join("", "<div><bdi>{}</bdi></div>", ((reason_of(row),) for row in record["revisions"]))

    def file_value_reason(self, record):
        """Give the reasons in one cell."""
        return "; ".join(filter(None, map(reason_of, record["revisions"])))

    def render_source(self, record):
        ways = ([_declaration(row), _file(row, record["files"])] for row in record["revisions"])
        return format_html_join("", "<div>{}</div>", ((_apart(way),) for way in ways))

    def file_value_source(self, record):
        """Give the names of the files."""
        return "; ".join(row.began.batch.name for row in record["revisions"] if row.began and row.began.batch)


def _supplier_and_site(supplier, site):
    return _two_lines(supplier, "" if site == supplier else site)


def _two_lines(first, second):
    """Return two texts, the second small and below; the first alone when there is no second."""
    if not second:
        return format_html("<bdi>{}</bdi>", first)
    return format_html('<bdi>{}</bdi><small class="below">{}</small>', first, second)


def _versions(record):
    return format_html('<bdi dir="ltr">{}</bdi>', ", ".join(f"v{version}" for version in record["versions"]))


def declared_by(revision):
    """Return who made a revision stand or fall: its sender, or who took it back."""
    if revision.began and revision.kind != revision.Kind.ROLLED_BACK:
        return str(revision.began.submitted_by or revision.began.author)
    return str(revision.write.user or "–")


def reason_of(revision):
    """Return why: the reason of the declaration, or of taking it back; nothing where it only repeats the file's name."""
    declared = revision.began
    if declared is None or revision.kind == revision.Kind.ROLLED_BACK:
        return revision.write.reason
    named_after_file = declared.batch and declared.reason == declared.batch.name
    return "" if named_after_file else declared.reason


def _apart(ways):
    """Put a dot between the links that there are: a finger needs room between them."""
    return format_html_join(" · ", "{}", ((way,) for way in ways if way))


def _declaration(revision):
    """Lead to the declaration that began to stand, else to the one that ceased to."""
    declared = revision.began or revision.ended
    number = gettext("revision %(number)s") % {"number": declared.revision}
    return format_html('<a href="{}">{}</a>', reverse("declaration", args=[declared.pk]), number)


def _file(revision, may_see_files):
    batch = revision.began.batch if revision.began else None
    if batch is None:
        return ""
    if not may_see_files:
        return format_html("<bdi>{}</bdi>", batch.name)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("batch", args=[batch.pk]), batch.name)


class RevisionTable(Table):
    """The register: one row a revision that began or ceased to stand."""

    known_on = django_tables2.Column(
        verbose_name=_("Known on"), accessor="write__at", order_by=("write", "pk"), attrs=SHORT
    )
    month = django_tables2.Column(
        verbose_name=_("Month"), accessor="head__month", order_by=("head__month", "pk"), attrs=SHORT
    )
    supplier = django_tables2.Column(verbose_name=_("Supplier"), accessor="head__site__firm__name")
    kind = django_tables2.Column(verbose_name=_("Kind"))
    produced = django_tables2.Column(verbose_name=_("Produced, change"), attrs=NUMBER)
    sold = django_tables2.Column(verbose_name=_("Sold, change"), attrs=NUMBER)
    others = FileColumn(verbose_name=_("In other units"))
    reason = django_tables2.Column(verbose_name=_("Reason"), orderable=False, empty_values=(), attrs=WRAP)
    who = django_tables2.Column(verbose_name=_("Who"), orderable=False, empty_values=())
    second = FileColumn(verbose_name=_("Second person"))
    closed = FileColumn(verbose_name=_("Closed month"))
    source = django_tables2.Column(verbose_name=_("Source"), orderable=False, empty_values=(), attrs=WRAP)

    aside = ("kind", "sold", "reason", "who", "source")
    people = ("who", "second")
    empty_text = _(
        "No revision passes these filters. Take one off: every declaration that came to stand is listed here."
    )

    class Meta(Table.Meta):
        model = Revision
        fields = ()

    def render_known_on(self, record):
        """Show the instant, and the data version that it made."""
        at = timezone.localtime(record.write.at)
        return format_html(
            '{}<small class="below"><bdi dir="ltr">{} · v{}</bdi></small>',
            day(at.date()),
            f"{at:%H:%M}",
            record.write_id,
        )

    def render_month(self, value):
        return month(value, "short")

    def file_value_month(self, record):
        """Give the month."""
        return record.head.month

    def render_supplier(self, record):
        site = record.head.site
        return _supplier_and_site(site.firm.name_in(get_language()), site.name_in(get_language()))

    def file_value_supplier(self, record):
        """Give the name in the reader's script."""
        return record.head.site.firm.name_in(get_language())

    def render_produced(self, record, value):
        """Show the change in the counted unit, those in other units below."""
        return _with_others(value, record.others, "produced")

    def render_sold(self, record, value):
        """See render_produced."""
        return _with_others(value, record.others, "sold")

    def shown_total(self, name, value):
        """Show changes with their sign."""
        return signed(value)

    def file_value_others(self, record):
        """Give the changes in other units in words."""
        return "; ".join(_others(record.others))

    def render_reason(self, record):
        return format_html("<bdi>{}</bdi>", reason_of(record) or "–")

    def file_value_reason(self, record):
        """Give the reason."""
        return reason_of(record)

    def render_kind(self, record):
        """Say the kind, and that the month was closed."""
        closed = gettext("closed month") if record.closed else ""
        return _two_lines(record.get_kind_display(), closed)

    def render_who(self, record):
        """Name who sent it and, for a closed month, the second person."""
        second = second_person(record)
        return _two_lines(declared_by(record), gettext("approved by %(name)s") % {"name": second} if second else "")

    def file_value_who(self, record):
        """Give the name."""
        return declared_by(record)

    def file_value_second(self, record):
        """Give the name."""
        return second_person(record)

    def file_value_closed(self, record):
        """Say yes or no."""
        return gettext("yes") if record.closed else gettext("no")

    def render_source(self, record):
        lines = f"{reverse('line_list')}?{urlencode(_lines_of(record))}"
        return format_html(
            '<div>{} · <a href="{}">{}</a></div>{}',
            _declaration(record),
            lines,
            gettext("lines"),
            _file(record, self.request.user.may("upload")),
        )

    def file_value_source(self, record):
        """Give the name of the file."""
        return record.began.batch.name if record.began and record.began.batch else ""


def _lines_of(revision):
    said = f"{revision.head.month:%Y-%m}"
    return {"site": revision.head.site.code, "month_from": said, "month_to": said, "as-of": f"v{revision.write_id}"}


def second_person(revision):
    """Return who approved a change of a closed month, or nothing."""
    declared = revision.began
    if declared is None or not declared.four_eyes or revision.kind == revision.Kind.ROLLED_BACK:
        return ""
    return str(declared.decided_by)


def _with_others(value, rows, measure):
    below = format_html_join("", '<small class="below">{}</small>', ((words,) for words in _other(rows, measure)))
    return format_html("{}{}", signed(value), below)


def _other(rows, measure):
    """Return the changes of a measure in other units: "−3 litres"."""
    language = get_language()
    changes = ((Decimal(row[measure]), row["unit"]) for row in rows or ())
    return [f"{isolate(show_signed(change, language, None))} {unit}" for change, unit in changes if change]


def _others(rows):
    """Say changes in other units: "produced −3 litres; sold +4 litres"."""
    names = {"produced": gettext("produced"), "sold": gettext("sold")}
    return [f"{name} {words}" for measure, name in names.items() for words in _other(rows, measure)]
