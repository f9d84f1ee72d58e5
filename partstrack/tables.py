"""The one table class: what stands on the screen stands in the file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import django_tables2
from django.core.exceptions import FieldDoesNotExist
from django.template.base import render_value_in_context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django_tables2.utils import A, signature

from partstrack.choosing import SIZES
from partstrack.templatetags.show import day, num

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
SHORT = {"td": {"class": "nowrap"}}
WRAP = {"td": {"class": "wrap"}}
LONGEST = max(SIZES)  # rows of a page
TICK = (
    '<span class="row-tick"><input type="checkbox" form="bulk" name="row" value="{0}" aria-labelledby="row-{0}">'
    '<span id="row-{0}">{1}</span></span>'
)


def own_page(record, table):
    """Lead to a row's own page: for `linkify`."""
    return table.address_of(record)


class FileColumn(django_tables2.Column):
    """A column that the usual list shows in its file alone: on the screen its words stand in another one."""

    file_only = True

    def __init__(self, **options):
        super().__init__(visible=False, orderable=False, **options)

    def render(self, value):
        """Show what the file says, when somebody chose to see it on the screen."""
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return num(value)
        return day(value) if isinstance(value, date) else str(value)


class Table(django_tables2.Table):
    """A table whose order always ends with the primary key, and whose columns also make the file.

    `file_value_<column>(record)` gives the typed value of a column for a file where the screen shows more
    than text (a link, a chip); else the record's own value is taken. `empty_text` teaches the next step. `aside`: the
    columns that a phone shows only when all are asked for; the first one stays in sight while others pass. `summed`: the
    columns whose total over all pages the base adds up. `asked_by`: {column: paths in the base} where a condition on a
    column is not one on its accessor; no path where there is no condition on it. `leads_to`: the name of the address of a
    row's own page, and the path to what that address names. `people`: the columns that name people: a file has them only
    when its reader asks for them.
    """

    totals = {}
    aside = ()
    summed = ()
    asked_by = {}
    leads_to = None
    people = ()
    may_name = naming = False  # whether the reader may ask for people's names in the file, and did
    among = ""  # the list that the rows are of, as their links carry it
    size = None  # rows a page; None: what the page says, at most LONGEST
    offered = usual = ()  # columns that may be chosen, names of those that are shown where none was
    chosen = False  # the columns are those that somebody chose, on the screen and in the file
    empty_text = ""
    ticked = False  # each row has a box to tick, of the form "bulk"
    ask = None  # the question whose situation the rows show; None: as they are now

    class Meta:
        template_name = "parts/table.html"
        attrs = {"class": "table"}
        default = "–"

    def __init__(self, *args, request=None, **kwargs):
        """Show the class's own `empty_text`: the library would take it from Meta only.

        The request is kept for the page to configure the table with: given on, it would count every row at once.
        """
        super().__init__(*args, empty_text=type(self).empty_text, **kwargs)
        self.request, self.notes = request, []

    def show_only(self, names):
        """Show these columns in this order, then the doors; a phone shows them all."""
        self.sequence = [*names, *(name for name in self.sequence if name not in names)]
        for column in self.offered:
            (self.columns.show if column.name in names else self.columns.hide)(column.name)
        self.aside, self.chosen = (), True

    def address_of(self, record, **words):
        """Return the address of a row's own page; it carries the list, so that one goes on from there to the next row."""
        name, path = self.leads_to
        said = {**words, **({"among": self.among} if self.among else {})}
        return reverse(name, args=[A(path).resolve(record)]) + (f"?{urlencode(said)}" if said else "")

    def end_with_key(self):
        """End the order with the primary key, so that equal rows keep their place between pages and files."""
        rows = self.data.data
        if hasattr(rows, "query"):
            ordering = rows.query.order_by or tuple(rows.model._meta.ordering)
            names = [name for name in ordering if name not in {"pk", "-pk"}]
            falling = names and all(isinstance(name, str) and name.startswith("-") for name in names)
            self.data.data = rows.order_by(*names, "-pk" if falling else "pk")  # one index serves both directions

    def paginate(self, *args, **kwargs):
        """Cut into pages what is ordered to its end. The library takes any size from the address: it is one of ours."""
        self.end_with_key()
        kwargs["per_page"] = self.size or max(1, min(kwargs.get("per_page") or LONGEST, LONGEST))
        super().paginate(*args, **kwargs)

    @property
    def totals_shown(self):
        """Return {column name: total as it is shown}; nothing where there is no total."""
        return {name: self.shown_total(name, value) for name, value in self.totals.items() if value is not None}

    def shown_total(self, name, value):
        """Show the total of a column: a number in the reader's format, words as they are."""
        return num(value) if isinstance(value, Decimal | int) else value

    def drawn(self):
        """Yield each row of the page as HTML. What is true of a whole column is asked once, not at each of its cells."""
        columns = None
        for row in self.paginated_rows:
            columns = columns or [_drawing(column, row.record, column.name in self.aside) for column in self.columns]
            cells = [(each.attrs, self._cell(each, row)) for each in columns]
            (attrs, first), rest = cells[0], cells[1:]
            first = format_html(TICK, row.record.pk, first) if self.ticked else first
            yield format_html(
                '<tr><th scope="row" {}>{}</th>{}</tr>', attrs, first, format_html_join("", "<td {}>{}</td>", rest)
            )

    def _cell(self, drawing, row):
        column = drawing.column
        value = self._file_value(row, column) if drawing.of_file else drawing.value(row.record)
        if value in column.column.empty_values:
            return self._shown(column.default)
        given = {
            "value": value,
            "record": row.record,
            "column": column.column,
            "bound_column": column,
            "bound_row": row,
            "table": self,
        }
        asked = given if drawing.asked is None else {name: given[name] for name in drawing.asked}
        content = column.render(**asked)
        return column.link(content, **given) if column.link else self._shown(content)

    def _shown(self, content):
        """Return what a template would show: numbers and dates in the reader's format, letters escaped."""
        return (
            conditional_escape(content) if isinstance(content, str) else render_value_in_context(content, self.context)
        )

    def file_columns(self):
        """Return the visible columns that belong in a file."""
        return [
            column
            for column in self.columns.iterall()
            if (
                (getattr(column.column, "file_only", False) and not self.chosen)
                or (column.visible and not getattr(column.column, "screen_only", False))
            )
            and (self.naming or column.name not in self.people)
        ]

    def file_fields(self):
        """Return {column name: expression} where a file needs no more of a row than texts, days and numbers of the base.

        With them a long file is written from plain values, without an object a row, and csv by the base itself.
        """
        return {}

    def file_row(self, row):
        """Return the typed values of one bound row, column by column."""
        return [self._file_value(row, column) for column in self.file_columns()]

    def _file_value(self, row, column):
        own = getattr(self, f"file_value_{column.name}", None)
        if own is not None:
            return own(row.record)
        value = column.accessor.resolve(row.record, quiet=True)
        if getattr(value, "_meta", None) is not None:
            return str(value)
        display = getattr(row.record, f"get_{column.name}_display", None)
        return str(display()) if display else value


@dataclass(frozen=True)
class _Drawing:
    """How a column is drawn: attributes of its cells, what its function asks for (None: everything), its choices' words."""

    column: Any
    attrs: str
    asked: tuple | None
    accessor: A
    display: str
    of_file: bool

    def value(self, record):
        """Return the value of a record, a choice in words; None when there is none."""
        try:
            if not self.display:
                return self.accessor.resolve(record)
            owner, _name = self.accessor.penultimate(record)
            return getattr(owner, self.display)()
        except (ValueError, AttributeError, KeyError, TypeError):
            return None


def _drawing(column, record, aside):
    asked, everything = signature(column.render)
    accessor = A(column.accessor)
    return _Drawing(
        column=column,
        attrs=format_html("{}{}", column.attrs["td"].as_html(), " data-aside" if aside else ""),
        asked=None if everything else tuple(name for name in asked if name != "self"),
        accessor=accessor,
        display=f"get_{accessor.bits[-1]}_display" if _has_choices(accessor, record) else "",
        of_file=getattr(column.column, "file_only", False),
    )


def _has_choices(accessor, record):
    if not hasattr(record, "_meta"):
        return False
    try:
        return bool(getattr(accessor.get_field(record), "choices", None))
    except FieldDoesNotExist:
        return False
