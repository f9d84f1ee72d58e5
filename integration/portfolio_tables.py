"""The columns of the portfolio, on the screen and so in the file."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from integration.rates import months_left
from partstrack.tables import NUMBER, SHORT, Table
from partstrack.templatetags.show import change, day, named, num, rate

STATUSES = {
    "pass": (_("in line with the steps"), "tag-good"),
    "at_risk": (pgettext_lazy("step", "at risk"), "tag-warn"),
    "fail": (_("a step is missed"), "tag-bad"),
    "not_enough_evidence": (_("not enough evidence"), "tag-warn"),
}
PARTS = ("components", "values", "exchange", "by_rule")
SINCE = ("before", "change", *PARTS)


def _read(title, **options):
    """Return a column that is read of a programme, which the base cannot order by."""
    return Column(verbose_name=title, accessor="pk", orderable=False, **options)


class PointsColumn(Column):
    """What changed of a rate, or one part of it, in points."""

    def __init__(self, title, part):
        super().__init__(verbose_name=title, accessor="pk", orderable=False, attrs=NUMBER)
        self.part = part

    def of(self, record, table):
        """Return the points; None where no change can be said."""
        found = table.request.compared.get(record.pk)
        return getattr(found, self.part) if found else None

    def render(self, record, table):
        """Show the points with their sign."""
        return change(self.of(record, table), "points", 2)


class PortfolioTable(Table):
    """Programmes against their steps. What changed since a day stands there when one is asked for."""

    aside = ("version", "vehicles", "basis", "due_on", "months", "exposed", "before", *PARTS)
    empty_text = _("No vehicle programme passes these filters. Take a filter off, or add a programme.")
    asked_by = dict.fromkeys(
        (*("rate", "version", "vehicles", "basis", "step", "due_on", "missing", "months", "status", "exposed"), *SINCE),
        (),
    )

    code = Column(verbose_name=_("Vehicle programme"))
    rate = _read(_("Regulatory rate (A), in %"), attrs=NUMBER)
    before = _read(_("Rate before, in %"), attrs=NUMBER)
    change = PointsColumn(_("Change, in points"), "points")
    components = PointsColumn(_("by components"), "components")
    values = PointsColumn(_("by values"), "values")
    exchange = PointsColumn(_("by exchange rates"), "exchange")
    by_rule = PointsColumn(_("by the rule"), "rule")
    version = _read(_("Rule"), attrs=SHORT)
    status = _read(_("State"))
    step = _read(_("Next step, in %"), attrs=NUMBER)
    missing = _read(_("Points missing"), attrs=NUMBER)
    due_on = _read(_("Due on"))
    months = _read(_("Months left"), attrs=NUMBER)
    exposed = _read(_("Points exposed"), attrs=NUMBER)
    vehicles = _read(_("Vehicles"), attrs=NUMBER)
    basis = _read(_("Built or planned"))

    class Meta(Table.Meta):
        fields = [
            "code",
            "rate",
            *SINCE,
            "version",
            "status",
            "step",
            "missing",
            "due_on",
            "months",
            "exposed",
            "vehicles",
            "basis",
        ]

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        if not request.compared:
            for name in SINCE:
                self.columns[name].column.screen_only = True
                self.columns.hide(name)

    def _row(self, record):
        return self.request.read[record.pk]

    def _following(self, record):
        return self._row(record).reading.following

    def _change(self, record):
        return self.request.compared.get(record.pk)

    def _file_value(self, row, column):
        if isinstance(column.column, PointsColumn):
            return column.column.of(row.record, self)
        return super()._file_value(row, column)

    def render_code(self, record):
        """Lead to the programme."""
        return format_html(
            '<a href="{}">{}</a> <small class="quiet text-nowrap"><bdi dir="ltr">{}</bdi></small>',
            reverse("programme", args=[record.code]),
            named(record),
            record.code,
        )

    def file_value_code(self, record):
        """Return code and name in the reader's language."""
        return f"{record.code} {record.name_in(get_language())}"

    def render_rate(self, record):
        """Show the rate; a span where not all is known."""
        reading = self._row(record).reading
        if reading.value is None:
            return "–"
        if reading.known:
            return rate(reading.value)
        return format_html("{} – {}", rate(reading.value), rate(reading.highest))

    def file_value_rate(self, record):
        """Return the rate; what is not known counts as imported."""
        return self._row(record).reading.value

    def render_version(self, record):
        """Show the version; the method on the pointer."""
        policy = self._row(record).reading.policy
        if policy is None:
            return "–"
        address = reverse("policy", args=[policy.code])
        return format_html(
            '<a href="{}" title="{}"><bdi>{}</bdi></a>', address, policy.get_method_display(), policy.edition
        )

    def file_value_version(self, record):
        """Return method, version and day."""
        reading = self._row(record).reading
        if reading.policy is None:
            return ""
        return f"{reading.policy.get_method_display()}, {reading.policy.edition}, {reading.day:%d/%m/%Y}"

    def render_status(self, record):
        """Show how it stands against its steps."""
        status = self._row(record).reading.status
        return format_html('<span class="tag {1}">{0}</span>', *STATUSES[status]) if status else "–"

    def file_value_status(self, record):
        """Say how it stands against its steps."""
        status = self._row(record).reading.status
        return str(STATUSES[status][0]) if status else ""

    def render_step(self, record):
        """Show the next step."""
        rung = self._following(record)
        return rate(rung.minimum) if rung else "–"

    def file_value_step(self, record):
        """Return the rate of the next step."""
        rung = self._following(record)
        return rung.minimum if rung else None

    def render_missing(self, record):
        """Show the points missing."""
        return num(self.file_value_missing(record))

    def file_value_missing(self, record):
        """Return the points missing up to the next step."""
        rung = self._following(record)
        return rung.missing if rung else None

    def render_due_on(self, record):
        """Show the day."""
        return day(self.file_value_due_on(record))

    def file_value_due_on(self, record):
        """Return the day on which the next step is due."""
        rung = self._following(record)
        return rung.due_on if rung else None

    def render_months(self, record):
        """Show the whole months left; none when the day has passed."""
        rung = self._following(record)
        if rung and rung.overdue:
            return gettext("was due")
        return num(self.file_value_months(record))

    def file_value_months(self, record):
        """Return the whole months left until the next step."""
        rung = self._following(record)
        return months_left(self._row(record).reading.day, rung.due_on) if rung and rung.due_on else None

    def render_exposed(self, record):
        """Show the points that rest on papers that ended or end soon."""
        return num(self._row(record).exposed)

    def file_value_exposed(self, record):
        """Return the points that rest on papers that ended or end soon."""
        return self._row(record).exposed

    def render_vehicles(self, record):
        """Show the vehicles of the year."""
        return num(self._row(record).vehicles)

    def file_value_vehicles(self, record):
        """Return the vehicles of the year."""
        return self._row(record).vehicles

    def render_basis(self, record):
        """Say whether they are built or planned."""
        return self.file_value_basis(record) or "–"

    def file_value_basis(self, record):
        """Say whether they are built or planned."""
        row = self._row(record)
        if row.vehicles is None:
            return ""
        return gettext("built") if row.built else gettext("planned only")

    def render_before(self, record):
        """Show the rate of then."""
        return rate(self.file_value_before(record))

    def file_value_before(self, record):
        """Return the rate of then."""
        found = self._change(record)
        return found.before if found else None
