"""The road of a file of records: from cells to forms, from forms to a preview, and back again when it is rolled back."""

from functools import partial

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from intake.findings import Checked
from intake.models import StagedRecord
from intake.recognise import recognise, table
from intake.record_cells import Cells, Wrong
from intake.records import Records, identity, sent, too_many
from intake.repairs import Mending
from intake.sheets import column_letters, text_of
from office.door import Refused
from office.entry import OWN
from office.forms import said
from partstrack import texts
from partstrack.folding import legible
from partstrack.registry import Fault, Kind

ROWS = 2000  # each of them is a form that is checked as on its page
CHANGES_SHOWN = 1000
NEW_SHOWN = 4  # values by which a new record is told in the preview
ONLY = lazy("These files are for who enters data.")


def kind(records: Records) -> Kind:
    """Return the kind of file of these records."""
    return Kind(
        records.name,
        records.title,
        (),
        partial(check, records),
        partial(apply, records),
        partial(roll_back, records),
        ("reason",),
        page="record_upload",
        records=records,
    )


def check(records, batch, workbook, user, moment):
    """Check a workbook against the records that there are. Returns a Checked; what the forms were sent waits beside it."""
    found = Checked()
    StagedRecord.objects.filter(batch=batch).delete()
    if not user.may("enter"):
        found.faults.append(Fault("", None, None, "", ONLY, ""))
        return found
    columns, fields = records.columns(user)
    recognition = recognise(workbook, columns, wide=False)
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    found.faults += recognition.problems
    tables = [(layout, table(layout, workbook)) for layout in recognition.layouts]
    count = sum(len(each.rows) for _layout, each in tables)
    if count > ROWS:
        found.faults.append(Fault("", None, None, "", *too_many(count, ROWS)))
    if found.faults:
        return found
    reader = _Reader(records, Cells(fields, records.lists, user), user, batch)
    for layout, each in tables:
        reader.read(layout.sheet, each)
    reader.compare()
    found.faults += reader.faults
    found.changes = reader.changes[:CHANGES_SHOWN]
    found.layout = {name: {"shape": "long", "columns": each, "months": {}} for name, each in reader.letters.items()}
    found.counts = reader.counts | {
        "rows": count,
        "refused": len({(fault.sheet, fault.row) for fault in reader.faults}),
        "set_aside": reader.set_aside,
        "blank": 0,
        "suspicious": 0,
        "questions": 0,
        "declarations": 0,
    }
    StagedRecord.objects.bulk_create(reader.staged, batch_size=1000)
    return found


class _Reader:
    """Reads the tables of one file. `letters`: {sheet: {field: letters of its column}}."""

    def __init__(self, records, cells, user, batch):
        self.records, self.cells, self.user, self.batch = records, cells, user, batch
        self.dropped = Mending.of(batch).dropped
        self.letters, self.found = {}, []
        self.faults, self.changes, self.staged = [], [], []
        self.counts = dict.fromkeys(("new", "changed", "unchanged"), 0)
        self.set_aside = 0

    def read(self, sheet, table):
        """Read the rows of one table; those that a person set aside are counted."""
        self.letters[sheet] = {name: column_letters(column) for name, column in table.places.items()}
        for index, row in enumerate(table.rows):
            cells = {name: column[index] for name, column in table.fields.items() if column[index] is not None}
            if row + 1 in self.dropped.get(sheet, ()):
                self.set_aside += 1
            elif (values := self._values(sheet, row + 1, cells)) is not None:
                self.found.append((sheet, row + 1, cells, values))

    def _values(self, sheet, row, cells):
        """Return {field: what the form is sent} of the filled cells of a row, None when one of them is wrong."""
        values, right = {}, True
        for name, cell in cells.items():
            try:
                values[name] = self.cells.read(name, cell)
            except Wrong as wrong:
                right = False
                self._refuse(sheet, row, name, cells, wrong.reason, wrong.remedy)
        return values if right else None

    def compare(self):
        """Set each row beside the record that it speaks of, as its form does."""
        known, places = self.records.known(self.user), {}
        for each in self.found:
            places.setdefault(self._identity(each[3]), []).append(each)
        for key, same in places.items():
            if len(same) > 1:
                for sheet, row, cells, _values in same:
                    reason, remedy = (
                        lazy("This record stands more than once in the file."),
                        lazy("Keep one row for each."),
                    )
                    self._refuse(sheet, row, next(iter(self.records.key)), cells, reason, remedy)
            elif len(known.get(key, ())) > 1:
                sheet, row, cells, _values = same[0]
                remedy = lazy("Change them on their pages.")
                reason = lazy("Several records answer to this.")
                self._refuse(sheet, row, next(iter(self.records.key)), cells, reason, remedy)
        single = [(key, same[0]) for key, same in places.items() if len(same) == 1 and len(known.get(key, ())) < 2]
        rows = self.records.rows(self.user).in_bulk([pk for key, _each in single for pk in known.get(key, ())])
        for key, each in single:
            self._compare(*each, rows[known[key][0]] if key in known else None)

    def _identity(self, values):
        return identity(values.get(name) for name in self.records.key)

    def _compare(self, sheet, row, cells, values, record):
        if self._elsewhere(sheet, row, cells, values, record):
            return
        before = self.records.filled(record, self.user) if record else {}
        form = _form(self.records, record, before | values, self.user)
        if not form.is_valid():
            self._refuse_form(sheet, row, cells, form)
            return
        changed = form.differences() if record else []
        what = "unchanged" if record and not changed else "changed" if record else "new"
        self.counts[what] += 1
        if what == "unchanged":
            return
        self.changes += _told(self._called(cells), form, changed, sheet, row)
        staged = StagedRecord(batch=self.batch, sheet=sheet, row=row, before=before, after=before | values)
        if record:
            staged.key, staged.seen = record.pk, record.version
        self.staged.append(staged)

    def _elsewhere(self, sheet, row, cells, values, record):
        """Refuse what a form of this record does not hold, and a record of somebody else; say whether something was."""
        owner, before = self.records.owner, len(self.faults)
        if owner and record and owner in values and str(values[owner]) != str(getattr(record, f"{owner}_id")):
            why, remedy = (
                lazy("This record belongs to another."),
                lazy("Correct it, or give the new record another code."),
            )
            self._refuse(sheet, row, owner, cells, why, remedy)
        if owner and not record and not values.get(owner):
            label = self.cells.fields[owner].label
            why = format_lazy(lazy("{column} is missing."), column=label)
            self._refuse(sheet, row, owner, cells, why, lazy("A new record needs it."))
        if record:
            held = self.records.form(instance=record, user=self.user).fields
            for name in values.keys() - held.keys() - {owner}:
                why = lazy("This is not changed by a file.")
                self._refuse(
                    sheet, row, name, cells, why, lazy("Leave the cell empty, and change it on the record's page.")
                )
        return len(self.faults) > before

    def _called(self, cells):
        """Return what a row calls its record: the cells that tell it."""
        return " · ".join(legible(text_of(cells[name])) for name in self.records.key if name in cells)

    def _refuse_form(self, sheet, row, cells, form):
        for name, errors in form.errors.as_data().items():
            label = texts.lasting(form.fields[name].label) if name in form.fields else ""
            for error in map(texts.of_error, errors):
                alone = name in self.letters[sheet] or not label
                words = error if alone else format_lazy("{label} – {error}", label=label, error=error)
                self._refuse(sheet, row, name, cells, words, lazy("Correct the cell, or set the row aside."))

    def _refuse(self, sheet, row, name, cells, reason, remedy):
        letters = self.letters[sheet].get(name)
        value = text_of(cells[name]) if name in cells else ""
        self.faults.append(Fault(sheet, row, letters, value, reason, remedy, code="cell" if letters else ""))


def _form(records, record, values, user):
    """Return the form of a record, or of a new one, as it is sent these values."""
    instance = record or records.model()
    if record is None and records.owner and values.get(records.owner):
        setattr(instance, records.model._meta.get_field(records.owner).attname, values[records.owner])
    data = {
        "key": "file",
        "version": str(instance.version) if record else "",
        **_unsaid(records, instance, values, user),
    }
    return records.form(data, instance=instance, user=user)


def _unsaid(records, instance, values, user):
    """Return the values with what a new record begins with where the file says nothing."""
    if instance.pk:
        return values
    form = records.form(instance=instance, user=user)
    return {name: sent(form[name].value()) for name in form.fields if form[name].value() is not None} | values


def _told(name, form, changed, sheet, row):
    """Return the lines of the preview: each value that changes, or the new record in one line."""
    place = {"part": name, "sheet": sheet, "row": row, "made": not form.instance.pk}
    if form.instance.pk:
        return [{"measure": str(label), "old": old, "new": new, **place} for label, old, new in changed]
    values = [said(form.fields[each], form.cleaned_data.get(each)) for each in form.fields if each not in OWN]
    shown = " · ".join([value for value in values if value != "–"][:NEW_SHOWN])
    return [{"measure": "", "old": "", "new": shown, **place}]


# Writing ------------------------------------------------------------------------------------------------
def apply(records, door, batch, user):
    """Save the rows of a checked file. Returns the outcome, or None when the preview is outdated."""
    if not user.may("enter"):
        raise Refused(ONLY)
    staged = list(StagedRecord.objects.filter(batch=batch).order_by("pk"))
    standing = _locked(records, user, [each.key for each in staged if each.key])
    if any(each.key and getattr(standing.get(each.key), "version", None) != each.seen for each in staged):
        return None
    if _came(records, user, staged):
        return None
    rows = [_saved(records, each, standing.get(each.key), each.after, user) for each in staged]
    for each, row in zip(staged, rows, strict=True):
        each.made, each.key, each.seen = each.key is None, row.pk, row.version
    StagedRecord.objects.bulk_update(staged, ["made", "key", "seen"], batch_size=1000)
    if records.along:
        records.along(door, user, rows)
    return {"declarations": 0, "standing": len(rows), "waiting": 0}


def _locked(records, user, keys):
    rows = records.rows(user).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows.select_for_update(of=("self",))}


def _came(records, user, staged):
    """Say whether somebody entered meanwhile what a file would enter."""
    new = [each.after for each in staged if each.key is None]
    known = records.known(user) if new else {}
    return any(identity(values.get(name) for name in records.key) in known for values in new)


def _saved(records, staged, record, values, user):
    """Save one row through its form. Refused: what a row before it wrote stands against it."""
    form = _form(records, record, values, user)
    if not form.is_valid():
        words = " ".join(error for errors in form.errors.values() for error in errors)
        raise Refused(_("Row %(row)d: %(why)s") % {"row": staged.row, "why": words})
    try:
        return form.save_row()
    except IntegrityError:
        said = _("Row %(row)d contradicts another row of the file: correct one of them.")
        raise Refused(said % {"row": staged.row}) from None


def roll_back(records, door, batch, user):
    """Give changed records the values of before again and take new ones out. Refused when one was changed since."""
    written = list(StagedRecord.objects.filter(batch=batch).order_by("-pk"))
    standing = _locked(records, user, [each.key for each in written])
    since = [each for each in written if getattr(standing.get(each.key), "version", None) != each.seen]
    if since:
        text = _("%(record)s was changed since: change it by hand.")
        raise Refused(*(text % {"record": _place(each)} for each in since))
    taken_out = [each for each in written if each.made]
    rows = [_saved(records, each, standing[each.key], each.before, user) for each in written if not each.made]
    for each in taken_out:
        _take_out(records, each, standing[each.key])
    if records.along and rows:
        records.along(door, user, rows)


def _place(staged):
    return _("Row %(row)d") % {"row": staged.row}


def _take_out(records, staged, row):
    try:
        (records.take_out or _delete)(row)
    except ProtectedError:
        text = _("%(record)s: the record is in use by now. Archive it on its page, or change it by hand.")
        raise Refused(text % {"record": _place(staged)}) from None


def _delete(row):
    row.delete()
