"""The tables of growth: on the screen and in the file."""

import django_tables2
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partstrack.numbers import round_half_up
from partstrack.tables import FileColumn, Table
from partstrack.templatetags.draw import signed, spark
from partstrack.templatetags.show import change, in_unit, month, num, rate
from production import growth_pictures
from production.tables import NUMBER, SHORT, Quantity, Way

WRAP = {"td": {"class": "wrap"}}


class InUnit(django_tables2.Column):
    """A value in the unit of the table."""

    def __init__(self, **options):
        super().__init__(attrs=NUMBER, **options)

    def render(self, value, table):
        """Show the value."""
        return in_unit(value, table.unit)


def _door(url, shown):
    """Return what is shown, as a link where it leads somewhere."""
    return format_html('<a href="{}">{}</a>', url, shown) if url else shown


class UnitTable(Table):
    """A table whose values have one unit, and whose changes are percent or points."""

    empty_text = _("Nothing was declared for this question.")

    unit = ""
    change_unit = "percent"

    def of(self, answer):
        """Take the units of an answer."""
        self.unit, self.change_unit = answer.unit, answer.change_unit
        if answer.change_unit == "points":
            self.columns["change"].column.verbose_name = gettext("Change, points")

    def render_change(self, record):
        """Show the change as it may be stated."""
        return growth_pictures.shown_change(record["group"], self.change_unit) if record["group"] else "–"


class TrendTable(UnitTable):
    """One row a month: its value, that of the base year, the change over the sites that both sides know, the calendar."""

    month = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT)
    value = InUnit(verbose_name=_("Value"))
    base = InUnit(verbose_name=_("A year before"))
    change = django_tables2.Column(verbose_name=_("Growth"), attrs=NUMBER, empty_values=())
    declared = django_tables2.Column(verbose_name=_("Declared"), attrs=NUMBER)
    days = django_tables2.Column(verbose_name=_("Working days"), attrs=NUMBER)
    days_before = django_tables2.Column(verbose_name=_("Working days before"), attrs=NUMBER)
    beside = django_tables2.Column(verbose_name=_("Calendar and notes"), attrs=WRAP, orderable=False, empty_values=())

    aside = ("declared", "days", "days_before")

    class Meta(Table.Meta):
        orderable = False

    def render_month(self, value):
        return month(value, "short")

    def render_value(self, value, record):
        return format_html('<a href="{}">{}</a>', record["url"], in_unit(value, self.unit))

    def render_beside(self, record):
        """Show seasons, and notes with the way to change them."""
        texts = [format_html('<span class="tag">{}</span>', text) for text in record["seasons"] if text]
        for note in record["notes"]:
            said = format_html("<bdi>{}</bdi>", note.text)
            texts.append(format_html('<a href="{}">{}</a>', note.url, said) if note.url else said)
        return format_html_join(" ", "{}", ((text,) for text in texts)) or "–"

    def file_value_beside(self, record):
        """Give seasons and notes as text."""
        return "; ".join(text for text in (*record["seasons"], *(note.text for note in record["notes"])) if text)

    def file_value_change(self, record):
        """Give the change as a number."""
        return record["group"] and record["group"].change


class GrowthTable(UnitTable):
    """One row a group: two years of months as a line, value, growth, contribution, progress towards the target.

    `read`: the Series of the groups; `inside` and `lines`: functions that give the address of what is inside a group and
    of its lines. All are asked for the rows that are shown only: there may be a hundred thousand references.
    """

    label = django_tables2.Column(verbose_name="")
    months = Way(verbose_name=_("Last 24 months"), orderable=False, empty_values=())
    value = InUnit(verbose_name=_("Value"))
    compared = InUnit(verbose_name=_("Compared"))
    base = InUnit(verbose_name=_("Base"))
    change = django_tables2.Column(verbose_name=_("Growth"), attrs=NUMBER, empty_values=())
    contribution = django_tables2.Column(verbose_name=_("Contribution, points"), attrs=NUMBER)
    attainment = django_tables2.Column(verbose_name=_("Of the target, pro rata"), attrs=NUMBER)
    state = FileColumn(verbose_name=_("State of the change"))

    aside = ("months", "compared", "base", "contribution")

    def __init__(self, rows, *args, read, inside, lines, **kwargs):
        super().__init__(rows, *args, **kwargs)
        self.read, self.inside, self.lines = read, inside, lines
        for name in ("attainment", "contribution"):
            if all(row[name] is None for row in rows):
                self.columns.hide(name)

    def render_label(self, value, record):
        return _door(self.inside(record["group"].key), format_html("<bdi>{}</bdi>", value))

    def render_value(self, value, record):
        return _door(self.lines(record["group"].key), in_unit(value, self.unit))

    def render_months(self, record):
        values = self.read.line(record["group"].key)
        return spark(values, growth_pictures.spark_words(self.read.months, values, self.unit), width=96)

    def render_contribution(self, value):
        return change(value, "points")

    def render_attainment(self, value):
        return rate(value)


def heat_column(year, shade):
    """Return the column of a year: its cells are shaded, a month that nobody declared is none of the shades."""

    def classes(value=None, record=None, **_others):
        known = record and record["values"].get(year) is not None
        return f"num tile tile-{shade(record['values'][year])}" if known else "num"

    return _Heat(year, attrs={"th": {"class": "num"}, "td": {"class": classes}})


class _Heat(django_tables2.Column):
    """A year of the months."""

    def __init__(self, year, **options):
        self.year = year
        super().__init__(
            verbose_name=str(year), empty_values=(), orderable=False, accessor=f"values__{year}", **options
        )

    def render(self, record, table):
        """Show the value, a door to its lines; and how many declared where some are missing."""
        value = record["values"].get(self.year)
        if value is None:
            return "–"
        shown, (declared, expected) = in_unit(value, table.unit), record["declared"][self.year]
        said = format_html('<a href="{}">{}</a>', record["urls"][self.year], shown)
        if declared == expected:
            return said
        return format_html('{}<small class="below">{}/{}</small>', said, num(declared), num(expected))


class HeatTable(Table):
    """Months down, years across."""

    unit = ""
    label = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT, orderable=False)

    empty_text = _("Nothing was declared for this question.")

    def file_row(self, row):
        """Give the numbers of a month, year by year."""
        return [row.record["label"], *(row.record["values"].get(year) for year in self.years)]

    @property
    def years(self):
        """The years of the columns, in their order."""
        return [column.column.year for column in self.columns if hasattr(column.column, "year")]


class BridgeTable(Table):
    """One row a step: base, compared, the difference and what it adds in points."""

    label = django_tables2.Column(verbose_name=_("Step of the bridge"), orderable=False)
    base = Quantity(verbose_name=_("Base"), orderable=False)
    compared = Quantity(verbose_name=_("Compared"), orderable=False)
    difference = django_tables2.Column(verbose_name=_("Difference"), attrs=NUMBER, orderable=False)
    contribution = django_tables2.Column(verbose_name=_("Contribution, points"), attrs=NUMBER, orderable=False)

    empty_text = _("Nothing was declared for this question.")

    def render_label(self, value, record):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', record["url"], value) if record["url"] else value

    def render_difference(self, value):
        return signed(value)

    def render_contribution(self, value):
        return change(value, "points")

    def shown_total(self, name, value):
        """Show what is added with its sign."""
        shown = {"difference": signed, "contribution": self.render_contribution}
        return shown[name](value) if name in shown else super().shown_total(name, value)


class TargetTable(Table):
    """One row a target: pro rata of the counted months, reached, the gap."""

    measure = django_tables2.Column(verbose_name=_("Measure"), attrs=SHORT)
    family = django_tables2.Column(verbose_name=_("Family"))
    supplier = django_tables2.Column(verbose_name=_("Supplier"), attrs=SHORT)
    unit = django_tables2.Column(verbose_name=_("Unit"), attrs=SHORT)
    target = django_tables2.Column(verbose_name=_("Target of the year"), attrs=NUMBER, empty_values=())
    pro_rata = django_tables2.Column(verbose_name=_("Pro rata"), attrs=NUMBER)
    value = Quantity(verbose_name=_("Reached"))
    gap = django_tables2.Column(verbose_name=_("Gap"), attrs=NUMBER)
    attainment = django_tables2.Column(verbose_name=_("Of the target, pro rata"), attrs=NUMBER)

    empty_text = _("No target of this year is set. A target shows on every chart how far the year is on its way.")

    def render_target(self, value, record):
        return _door(record["url"], num(value) if value is not None else gettext("given up"))

    def render_pro_rata(self, value):
        return num(value, 0)

    def render_gap(self, value):
        return signed(round_half_up(value))

    def render_attainment(self, value):
        return rate(value)
