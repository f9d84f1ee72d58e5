"""Lists as files: every row of the query, in one snapshot, written completely, then handed out and logged."""

import tempfile
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partstrack import copying, registry, situations, writing

FORMATS = tuple(writing.FORMATS)
TYPES = writing.FORMATS | {"pdf": "application/pdf"}
CHUNK = 2000


def answer(request, table, form, name, chips, totals=dict):
    """Return a list as an attachment, or a page with status 409 when it is too long for the format.

    `chips`: the active filters as (label, value, …); `totals()` gives {column name: total} and is asked
    inside the snapshot of the rows; summed columns that it does not name are added up while writing.
    `table.ask`, when there is one, says the data version and the day that the rows show.
    """
    filters, at = in_words(chips), moment_of(request)
    try:
        target, count = _written(request, table, form, name, totals, filters, at)
    except writing.TooMuch as reason:
        return refused(request, name, reason)
    named = file_name(name, at, form, request.moment.demo)
    return hand_out(request, target, form, named, filters, count, getattr(table, "ask", None))


def _written(request, table, form, name, totals, filters, at):
    """Return a temporary file that holds the whole list, and the number of its rows."""
    with snapshot():
        check_length(table, form)
        closing = partial(_closing, request, table, totals, filters, at)
        shown = columns(table)
        listing = writing.Listing(name, shown, rows(table), closing, at, mark_of(request), _copied(table, shown))
        return written(listing, form)


def written(listing, form):
    """Return a temporary file with a listing in the format, and the number of its rows; the answer closes it."""
    with ExitStack() as stack:
        target = stack.enter_context(tempfile.TemporaryFile())
        count = writing.write(target, form, listing, get_language())
        stack.pop_all()
    return target, count


def hand_out(request, target, form, name, filters, count, ask=None, report=""):
    """Log a file that is completely written, and return it as an attachment. No log, no file.

    `ask`: the question whose situation it shows, None for now; `report`: the kind of a report.
    """
    for note in registry.all_of("on_download"):
        note(request, name, filters, count, ask, report)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPES[form])


def refused(request, name, reason):
    """Return the page that says why there is no file."""
    return render(request, "downloads/refused.html", {"title": name, "reason": str(reason)}, status=409)


@contextmanager
def snapshot():
    """Read everything inside from one picture of the data, without locking anybody out.

    Inside a transaction that is already open (a test, a command) that one is used as it is.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def check_length(table, form):
    """Raise TooMuch when a workbook could not hold every row."""
    if form != "xlsx":
        return
    data, limit = table.data.data, settings.DOWNLOAD_ROWS
    count = data.count() if hasattr(data, "query") else len(data)
    if count > limit:
        words = _("The list has %(count)s rows; a workbook takes %(limit)s. Set a filter, or download the list as csv.")
        raise writing.TooMuch(words % {"count": count, "limit": limit})


def columns(table):
    """Return the columns of a table's file. A column of role "measure" is summed; a month is shown as month."""
    return tuple(
        writing.Column(
            name=column.name,
            heading=str(column.header),
            kind=getattr(column.column, "file_kind", "month" if column.name == "month" else ""),
            summed=getattr(column.column, "role", "") == "measure",
        )
        for column in table.file_columns()
    )


def rows(table):
    """Give the typed rows of a table one by one; a QuerySet is read in chunks and never kept."""
    data, fields = table.data.data, _fields(table)
    if fields:
        return data.values_list(*fields).iterator(chunk_size=CHUNK)
    records = data.iterator(chunk_size=CHUNK) if hasattr(data, "query") else iter(data)
    return (table.file_row(_Row(record)) for record in records)


def _fields(table):
    """Return the values of a row that its columns show, in their order; nothing where they are not said by the table."""
    fields = table.file_fields() if hasattr(table.data.data, "query") else {}
    return [fields[column.name] for column in table.file_columns()] if fields else []


def _copied(table, shown):
    """Return what has the base write the rows as csv, None where they pass through Python."""
    fields = _fields(table)
    if not fields or any(column.summed for column in shown):
        return None
    kinds = [column.kind for column in shown]
    return partial(copying.csv_rows, table.data.data, list(zip(fields, kinds, strict=True)))


class _Row:
    """What a table needs to know of a row for a file: its record. Nothing of it is drawn."""

    __slots__ = ("record",)

    def __init__(self, record):
        self.record = record


def in_words(chips):
    """Return the active filters in words: "Family: Brakes; Year: 2025"."""
    return "; ".join(f"{label}: {value}" for label, value, *_rest in chips)


def mark_of(request):
    """Return the mark that every file with invented figures carries, else nothing."""
    return _("Demonstration: invented figures") if request.moment.demo else ""


def moment_of(request):
    """Return this instant on the business day of the request, which a demonstration or a test may have fixed."""
    return datetime.combine(request.moment.today, timezone.localtime().timetz())


def file_name(name, at, form, demo):
    """Return a file name that people can read and that comes once: what, day, time."""
    parts = [slugify(name, allow_unicode=True) or "partstrack", f"{at:%Y-%m-%d-%H%M%S}"]
    return "-".join([*parts, "demo"] if demo else parts) + f".{form}"


def _closing(request, table, totals, filters, at, count, sums):
    """Return the control lines: what a reader needs to know whether the file is whole, and of what."""
    ask, moment = getattr(table, "ask", None), request.moment
    headings = {column.name: str(column.header) for column in table.columns}
    known = sums | {name: value for name, value in totals().items() if value is not None and name in headings}
    return [
        (_("Rows"), count),
        *((_("Total: %(column)s") % {"column": headings[name]}, value) for name, value in known.items()),
        (_("Filters"), filters or _("none")),
        (_("Data version"), f"v{ask.version if ask else moment.version}"),
        (_("Situation as of"), ask.today if ask else moment.today),
        *([(_("Situation"), situations.words(ask))] if ask and ask.as_of else []),
        (_("Downloaded by"), str(request.user)),
        (_("Downloaded at"), at),
        *([(_("Mark"), mark_of(request))] if moment.demo else []),
    ]
