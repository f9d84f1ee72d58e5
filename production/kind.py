"""The kind "output": monthly volumes from a supplier's file. From cells to drafts, and from drafts to what counts."""

from dataclasses import replace

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import PIECE, UNCLASSIFIED, Family, Part, PartFamily
from intake import desk
from intake.desk import Checked
from intake.recognise import recognise, table
from intake.repairs import Mending
from office.door import Refused
from partstrack.folding import fold
from partstrack.periods import to_iso
from partstrack.registry import Fault, Kind
from production import actions, balance, control, ledger, owners, plausibility, rows, sorting, staging
from production.models import MEASURE_NAMES, Declaration
from suppliers.models import Site

MONTHS_NAMED = 12


def check(batch, workbook, user, moment):
    """Check a workbook against what stands. Returns a Checked; cleaned rows wait in the staging table."""
    found = Checked()
    staging.clear(batch)
    target = owners.target(batch.options, user)
    found.faults += target.faults
    found.firm_id = target.firm_id
    recognition = recognise(workbook, rows.FIELDS)
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    found.faults += recognition.problems
    try:
        measure = rows.measure_named(batch.options.get("measure") or "produced")
    except KeyError as error:
        found.faults.append(_unknown_measure(error.args[0]))
        return found
    if target.faults or recognition.problems:
        return found
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
    return found


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
            "why": str(_("quantity beside a column that names it")),
        }
        for layout, each in zip(recognition.layouts, cleaned, strict=True)
        for column, name in layout.columns.items()
        if name == rows.UNNAMED and not each.unnamed
    ]


def _unknown_measure(name):
    remedy = _("Choose one of: produced, sold, scrapped, exported, opening, closing.")
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
    staging.copy_in(sort.staged(lines))
    for each in cleaned:
        found.faults += each.faults
    found.faults += sort.faults
    refused_units = _refuse_other_units(found, batch)
    found.questions = [question for each in cleaned for question in each.ambiguous]
    found.layout = _layout_said(batch, recognition)
    found.left_standing = staging.left_standing(batch)
    measures = sorted({measure for each in cleaned for measure in each.measures})
    if batch.options.get("mode") == desk.REPLACE:
        staging.erase_the_rest(batch)
        measures = staging.MEASURES
    found.notes += _emptied(batch)
    _question(found, batch, measures, mending)
    rows_by_month = staging.difference(batch, measures)
    found.counts = {
        "rows": sum(each.read for each in cleaned),
        "declarations": sum(1 for _site, _month, new, changed, _same in rows_by_month if new or changed),
        "new": sum(row[2] for row in rows_by_month),
        "changed": sum(row[3] for row in rows_by_month),
        "unchanged": sum(row[4] for row in rows_by_month),
        "refused": sum(each.refused for each in cleaned) + sort.refused + refused_units,
        "blank": sum(each.blank for each in cleaned),
        "suspicious": len(found.suspicious),
        "questions": len(found.questions),
        "references": len(sort.references),
    }
    found.changes = staging.changes(batch, measures) if found.counts["changed"] else []
    found.control = control.sums(batch, measures)
    if {"opening", "closing"} & set(measures) or found.counts["changed"]:  # else no line of the file says its stocks
        found.gaps = [gap.as_json() for gap in balance.staged_gaps(batch)]
    found.created = {
        "suppliers": int(target.create and target.named and target.firm_id is None),
        "sites": int(target.create and target.named and target.site_id is None),
        "parts": len(sort.unknown),
    }
    del found.suspicious[plausibility.KEPT :], found.questions[plausibility.KEPT :]
    _check_months(
        found, batch, [(site, month) for site, month, new, changed, _same in rows_by_month if site and (new or changed)]
    )


def _question(found, batch, measures, mending):
    """Hold back the values that do not fit what stands, but for those that somebody confirmed or accepts."""
    waiting = []
    for staged, said in plausibility.suspicions(batch, measures):
        said["column"] = _column(found.layout, said)
        if (said["sheet"], said["row"], said["column"], said["value"]) not in mending.confirmed:
            waiting.append((staged, said))
    if batch.options.get("accept"):
        found.accepted = [said for _staged, said in waiting]
        return
    plausibility.hold_back(batch, waiting)
    found.suspicious = [said for _staged, said in waiting]


def _column(layout, said):
    """Return the letters of the column in which a value stood."""
    places = layout.get(said["sheet"], {})
    return places["columns"].get(said["measure"]) or places["months"].get(f"{said['month']}/{said['measure']}", "")


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


def _layout_said(batch, recognition):
    """Return where each month and measure stood in the file, so that a line can be followed back to its cell."""
    return {
        layout.sheet: {
            "shape": layout.shape,
            "columns": {
                _counted(name, layout, batch): rows.column_letters(column) for column, name in layout.columns.items()
            },
            "months": {
                f"{to_iso(month.month)}/{_counted(rows.named(month.measure) or rows.UNNAMED, layout, batch)}": rows.column_letters(
                    month.column
                )
                for month in layout.months
            },
        }
        for layout in recognition.layouts
    }


def _counted(name, layout, batch):
    """Return the measure of the ledger that a column holds (a column that is no measure keeps its name)."""
    if name == rows.UNNAMED:
        name = _said(batch) or rows.named(layout.measure) or "produced"
    return rows.SPOKEN.get(name, name)


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
                _("Give the reason of the change; a second person will approve it (--reason)."),
            )
        )
    for site, month in actions.waiting_pairs(pairs):
        reason = format_lazy(
            _("{site}, {month}: a declaration already waits for a decision."), site=site, month=to_iso(month)
        )
        found.faults.append(Fault("", None, None, site, reason, _("Accept or return it first.")))


# Writing --------------------------------------------------------------------------------------------


def apply(door, batch, user):
    """Write a checked file: drafts, then what stands. Returns the outcome, or None when the preview is outdated."""
    if batch.options.get("create") or batch.result["created"]["parts"]:
        owners.one_at_a_time()
        if _made_meanwhile(batch):
            return None
        _create(batch)
    pairs = [row[:2] for row in staging.difference(batch, staging.MEASURES) if row[2] or row[3]]
    heads = ledger.lock(pairs)
    if actions.moved_since(heads.values(), batch.checked_version):
        return None
    waiting = actions.waiting_pairs(pairs)
    if waiting:
        raise Refused(
            _("A declaration of one of these months waits for a decision since the preview. Check the file again.")
        )
    drafts = _drafts(door, batch, user, list(heads.values()))
    staging.write_lines(batch, drafts)
    standing, submitted = actions.settle(door, user, drafts)
    staging.clear(batch)
    return {"declarations": len(drafts), "standing": len(standing), "waiting": len(submitted)}


def _drafts(door, batch, user, heads):
    """Make one draft a month that moves, numbered after the revisions before it."""
    actions.make_way(heads)
    standing, revisions = ledger.standing_ids(heads), actions.next_revisions(heads)
    reason = batch.options.get("reason") or batch.name
    made = Declaration.objects.bulk_create(
        (
            Declaration(
                head_id=head,
                revision=revisions[head],
                based_on_id=standing.get(head),
                reason=reason[:400],
                batch=batch,
                author=user,
                received_on=batch.received_on or timezone.localtime(batch.received_at).date(),
                channel=batch.channel,
                sender=batch.sender,
                proof=batch.proof,
            )
            for head in sorted(heads)
        ),
        batch_size=1000,
    )
    return list(
        Declaration.objects.filter(pk__in=[each.pk for each in made]).select_related("head__site").order_by("head")
    )


def _made_meanwhile(batch):
    """Say whether somebody made, since the preview, what this file is to make: its supplier, its site or a part."""
    firm, site = owners.named(batch)
    expected = batch.result["created"]
    if (expected["suppliers"] and firm) or (expected["sites"] and site):
        return True
    return staging.known_meanwhile(batch, firm)


def _create(batch):
    """Make the supplier, its first site and the parts that the file may create, and point the staged rows at them."""
    site = owners.create(batch)
    firms = dict(Site.objects.values_list("pk", "firm_id"))
    fresh = {}
    for site_id, text, key, name, family, unit in staging.parts_to_make(batch):
        fresh.setdefault((firms[site_id or site.pk], key), (text, name, family, unit))
    _make_parts(fresh)
    staging.point_at(batch, site.pk if site else None)


def _make_parts(fresh):
    """Make the parts of {(firm id, key): (reference, name, family, unit)}."""
    families = _family_words()
    ordered = sorted(fresh.items())
    parts = Part.objects.bulk_create(
        (
            Part(firm_id=firm, reference=text, reference_key=key, name=name, unit_id=unit or PIECE)
            for (firm, key), (text, name, _family, unit) in ordered
        ),
        batch_size=2000,
    )
    said = [details[2] for _key, details in ordered]
    PartFamily.objects.bulk_create(
        (
            PartFamily(part=part, family_id=families.get(fold(family), families[fold(UNCLASSIFIED)]), from_v=0)
            for part, family in zip(parts, said, strict=True)
        ),
        batch_size=2000,
    )


def _family_words():
    words = Family.objects.values_list("pk", "code", "name_fr", "name_ar", "name_en")
    return {fold(text): pk for pk, *texts in words for text in texts}


def roll_back(door, batch, user):
    """Take back every declaration of a file."""
    actions.roll_back(door, user, list(batch.declarations.select_related("head")))


KINDS = [
    Kind(
        "output",
        _("Monthly volumes"),
        rows.FIELDS,
        check,
        apply,
        roll_back,
        ("supplier", "site", "create", "measure", "decimal", "unit", "reason", "accept", "mode"),
        MEASURE_NAMES,
    )
]
