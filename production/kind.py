"""The kind "output": monthly volumes from a supplier's file. What is found in its cells; writing is applying.py's."""

import gc
from contextlib import contextmanager
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from intake import desk
from intake.findings import Checked
from intake.recognise import recognise, table
from intake.repairs import Mending
from partstrack.folding import fold
from partstrack.periods import to_iso
from partstrack.registry import Fault, Kind
from production import actions, applying, balance, control, making, owners, places, plausibility, rows, sorting, staging
from production.models import MEASURE_NAMES

MONTHS_NAMED = 12


def check(batch, workbook, user, moment):
    """Check a workbook against what stands. Returns a Checked; cleaned rows wait in the staging table."""
    found = Checked()
    staging.clear(batch)
    target = owners.target(batch.options, user)
    found.faults += target.faults
    found.firm_id = target.firm_id
    recognition = recognise(workbook, rows.FIELDS, _groups(user))
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    if target.faults or not recognition.readable:
        found.faults += recognition.problems
    try:
        measure = rows.measure_named(batch.options.get("measure") or "produced")
    except KeyError as error:
        found.faults.append(_unknown_measure(error.args[0]))
        return found
    if target.faults or not recognition.readable:
        return found
    with _uncollected():
        _read(found, batch, target, recognition, workbook, measure, user, moment)
    return found


@contextmanager
def _uncollected():
    """Keep the collector of cycles from counting the rows of a file again and again: they hold none, and go by themselves."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(found, batch, target, recognition, workbook, measure, user, moment):
    """Clean the cells, stage the good rows and note what is found in them."""
    mending = Mending.of(batch)
    layouts = [_without_dropped(layout, mending) for layout in recognition.layouts]
    cleaned = [
        rows.clean(
            layout,
            table(layout, workbook),
            measure if _said(batch) else rows.named(layout.measure) or measure,
            batch.options.get("decimal"),
        )
        for layout in layouts
    ]
    found.left_out += _unread(recognition, cleaned, batch)
    _say_measure(found, batch, recognition)
    if unsaid := sum(each.unsaid for each in cleaned):
        text = _("Cells with a dash, “n/a” and the like are read as empty, which is not zero: {count}.")
        found.notes.append(format_lazy(text, count=unsaid))
    _stage(found, batch, target, recognition, cleaned, mending, user, moment)
    found.counts["set_aside"] = sum(map(_set_aside, recognition.layouts, layouts, [workbook] * len(layouts)))


def _groups(user):
    """Return the folded names of what a total in a file may sum up: families, and suppliers that this person sees."""
    firms = Firm.objects.visible_to(user).values_list("code", "name", "name_ar")
    return frozenset({*applying.family_words(), *(fold(text) for texts in firms for text in texts)} - {""})


def _without_dropped(layout, mending):
    """Return the layout without the rows that a person set aside."""
    dropped = {row - 1 for row in mending.dropped.get(layout.sheet, ())}
    return replace(layout, skipped=layout.skipped | dropped) if dropped else layout


def _set_aside(layout, mended, workbook):
    """Count the values of the rows that a person set aside."""
    sheet, columns = workbook.sheets[layout.index], rows.value_columns(layout)
    aside = mended.skipped - layout.skipped
    return sum(sheet.cell(row, column) is not None for row in aside for column in columns)


def _said(batch):
    """Return the measure that the sender named for unnamed columns; it wins over what a title says."""
    return batch.options.get("measure")


def _unread(recognition, cleaned, batch):
    """Return the notes of columns of quantities that say what another column says by name."""
    return [
        {
            "sheet": layout.sheet,
            "column": rows.column_letters(column),
            "why": _("quantity beside a column that names it"),
        }
        for layout, each in zip(recognition.layouts, cleaned, strict=True)
        for column, name in layout.columns.items()
        if name == rows.UNNAMED and not each.unnamed
    ]


def _unknown_measure(name):
    names = ", ".join(each.name for each in rows.FIELDS if each.role == "measure" and each.name != rows.UNNAMED)
    remedy = format_lazy(_("Choose one of: {names}."), names=names)
    return Fault("", None, None, name, _("There is no such measure."), remedy)


def _say_measure(found, batch, recognition):
    """Say what an unnamed column was taken for."""
    if not batch.options.get("measure") and any(map(_is_silent, recognition.layouts)):
        found.notes.append(
            _("The file does not say what it counts: taken as produced. Choose another measure if it is not.")
        )


def _is_silent(layout):
    if layout.shape == "wide":
        return not rows.named(layout.measure) and not rows.named(layout.months[0].measure)
    return rows.UNNAMED in layout.columns.values() and not rows.named(layout.measure)


def _stage(found, batch, target, recognition, cleaned, mending, user, moment):
    """Put the good rows into the staging table and ask it what is new and what changes; note every other row."""
    lines = [row for each in cleaned for row in each.rows]
    sort = sorting.Sorter(batch, recognition, owners.Owners.of(lines, target, user), moment.today, mending)
    measures = sorted({measure for each in cleaned for measure in each.measures})
    staging.copy_in(sort.staged(lines, measures), measures)
    for each in cleaned:
        found.faults += each.faults
    found.faults += sort.faults
    refused_units = _refuse_other_units(found, batch)
    found.questions = [question for each in cleaned for question in each.ambiguous]
    found.layout = places.of_file(recognition, _said(batch), sort.beside)
    found.left_standing = staging.left_standing(batch)
    if batch.options.get("mode") == desk.REPLACE:
        staging.erase_the_rest(batch)
        measures = staging.MEASURES
    found.notes += _emptied(batch)
    _question(found, batch, measures, mending)
    difference = staging.difference(batch, measures)
    found.counts = _counts(found, difference, cleaned, sort)
    found.counts["refused"] += refused_units
    created, found.made = making.said(sort.owners.made, sort.sites)
    found.created = {**created, "parts": len(sort.unknown)}
    _preview(found, batch, measures)
    moved = [(site, month) for site, month, new, changed, _same in difference if site > 0 and (new or changed)]
    _check_months(found, batch, moved)


def _counts(found, difference, cleaned, sort):
    """Count the values of a file by what becomes of them."""
    return {
        "rows": sum(each.read for each in cleaned),
        "declarations": sum(1 for _site, _month, new, changed, _same in difference if new or changed),
        "new": sum(row[2] for row in difference),
        "changed": sum(row[3] for row in difference),
        "unchanged": sum(row[4] for row in difference),
        "refused": sum(each.refused for each in cleaned) + sort.refused,
        "blank": sum(each.blank for each in cleaned),
        "suspicious": len(found.suspicious),
        "questions": len(found.questions),
        "references": len(sort.references),
    }


def _preview(found, batch, measures):
    """Add what is shown before a file is applied: changes, control sums, differences of the balance."""
    found.changes = staging.changes(batch, measures) if found.counts["changed"] else []
    found.control = control.sums(batch, measures)
    if {"opening", "closing"} & set(measures) or found.counts["changed"]:  # else no line of the file says its stocks
        found.gaps = [gap.as_json() for gap in balance.staged_gaps(batch)]
    del found.suspicious[plausibility.KEPT :], found.questions[plausibility.KEPT :]


def _question(found, batch, measures, mending):
    """Hold back the values that do not fit what stands, but for those that somebody confirmed or accepts."""
    waiting = []
    for staged, said in plausibility.suspicions(batch, measures):
        place = said["sheet"], said["row"], said["month"], said["measure"]
        said["sheet"], said["row"], said["column"] = places.cell(found.layout, *place)
        if (said["sheet"], said["row"], said["column"], said["value"]) not in mending.confirmed:
            waiting.append((staged, said))
    if batch.options.get("accept"):
        found.accepted = [said for _staged, said in waiting]
        return
    plausibility.hold_back(batch, waiting)
    found.suspicious = [said for _staged, said in waiting]


def _emptied(batch):
    """Say which months would be left without a value: they count as declared, and as missing in every figure."""
    return [
        format_lazy(
            _("{site}, {month}: nothing is left said. If nothing was made, declare the month without production."),
            site=site,
            month=to_iso(month),
        )
        for site, month in staging.emptied(batch)[:MONTHS_NAMED]
    ]


def _refuse_other_units(found, batch):
    """Refuse the rows in another unit than what stands; return how many values they say."""
    clashes = staging.take_other_units(batch)
    remedy = _("Write the same unit, or take the month back first: units are never mixed.")
    for sheet, row, part, unit, _values in clashes:
        reason = format_lazy(_("This part stands in another unit this month: {unit}."), unit=unit)
        found.faults.append(Fault(sheet, row, None, part, reason, remedy))
    return sum(clash[-1] for clash in clashes)


def _check_months(found, batch, pairs):
    """Say which months wait for a decision, and which are closed and need a reason."""
    months = sorted({month for _site, month in pairs})
    closed = actions.closed_months(months)
    if closed and not batch.options.get("reason"):
        named = ", ".join(to_iso(month) for month in sorted(closed))
        reason = format_lazy(_("The file changes closed months: {months}."), months=named)
        found.faults.append(
            Fault(
                "",
                None,
                None,
                "",
                reason,
                _("Give the reason of the change; a second person will approve it."),
                flag="--reason",
            )
        )
    for site, month in actions.waiting_pairs(pairs):
        reason = format_lazy(
            _("{site}, {month}: a declaration already waits for a decision."), site=site, month=to_iso(month)
        )
        found.faults.append(Fault("", None, None, site, reason, _("Accept or return it first.")))


KINDS = [
    Kind(
        "output",
        _("Monthly volumes"),
        rows.FIELDS,
        check,
        applying.apply,
        applying.roll_back,
        ("supplier", "site", "create", "measure", "decimal", "unit", "reason", "accept", "mode"),
        MEASURE_NAMES,
    )
]
