"""What a person mends in a received file before it is applied: kept as rows, taken back before applying.

A repair changes nothing by itself: the file is checked again with the standing repairs, so that counts, faults and
questions come out anew. The original file stays as it was sent.
"""

from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from catalogue.models import Part, PartAlias, reference_key
from intake import senders
from intake.models import Batch, Repair
from intake.sheets import column_letters, text_of
from office.door import Refused
from partstrack.numbers import parse_number

What = Repair.What
LONGEST_REFERENCE = PartAlias._meta.get_field("reference").max_length


@dataclass
class Mending:
    """The standing repairs of a file, as the Kind asks for them. Rows count from 1, columns are letters.

    `dropped`: {sheet: {row}}; `confirmed`: {(sheet, row, column, value)}; `created`: {(firm id, reference key)}.
    """

    dropped: dict = field(default_factory=dict)
    confirmed: set = field(default_factory=set)
    created: set = field(default_factory=set)

    @classmethod
    def of(cls, batch):
        """Read the standing repairs of a file."""
        found = cls()
        for repair in batch.repairs.standing():
            if repair.what == What.DROP:
                found.dropped.setdefault(repair.sheet, set()).add(repair.row)
            elif repair.what == What.CONFIRM:
                found.confirmed.add((repair.sheet, repair.row, repair.column, repair.value))
            elif repair.what == What.CREATE:
                found.created.add((repair.firm_id, reference_key(repair.value)))
        return found


def mend(batch, workbook):
    """Put the corrected cells into a workbook that was just read."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for repair in batch.repairs.standing().filter(what=What.CELL):
        place = _place(sheets.get(repair.sheet), repair.row, repair.column)
        if place is None:
            continue
        sheets[repair.sheet].codes[place] = len(workbook.values) if repair.value else 0
        if repair.value:
            workbook.values.append(f"t{repair.value}")


def _place(sheet, row, column):
    """Return where a cell stands among the codes of a sheet; None outside of it."""
    if sheet is None or not 0 < row <= sheet.height:
        return None
    letters = [column_letters(index) for index in range(sheet.width)]
    return (row - 1) * sheet.width + letters.index(column) if column in letters else None


def row_of(workbook, sheet, row):
    """Return [(column letters, text)] of the filled cells of a row, as it was read; nothing for a place without a row."""
    found = next((each for each in workbook.sheets if each.name == sheet), None) if workbook and row else None
    if found is None or not 0 < row <= found.height:
        return []
    return [(column_letters(index), text_of(cell)) for index, cell in enumerate(found.row(row - 1)) if cell]


# What waits at a place ------------------------------------------------------------------------------

# What may mend a place, the likeliest first.
DOORS = {
    "": (What.CELL,),
    "cell": (What.CELL, What.DROP),
    "double": (What.DROP, What.CELL),
    "part": (What.PART, What.CREATE, What.CELL, What.DROP),
    "suspicion": (What.CONFIRM, What.CELL, What.DROP),
    "question": (What.DECIMAL, What.CELL, What.DROP),
}


@dataclass
class Problem:
    """A place of a file that waits for a person. `doors`: the repairs that may mend it; `said`: a suspicion's words."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    code: str
    firm: object = None
    cells: list = field(default_factory=list)
    said: dict = field(default_factory=dict)

    @property
    def doors(self):
        """Return the repairs that may mend the place."""
        return DOORS[self.code]


def problem_at(batch, sheet, row, column):
    """Return the Problem of a place of a file, None when nothing waits there."""
    place = {"sheet": sheet, "row": row, "column": column}
    fault = batch.faults.filter(**place).select_related("firm").first()
    if fault:
        return Problem(
            **place, value=fault.value, reason=fault.reason, code=fault.code, firm=fault.firm, cells=fault.cells
        )
    for name, code in (("suspicious", "suspicion"), ("questions", "question")):
        for said in batch.result.get(name, ()):
            if place.items() <= said.items():
                reason = said.get("reason") or _("This number can be read in two ways.")
                return Problem(**place, value=said["value"], reason=reason, code=code, said=said)
    return None


def readings(text):
    """Return [(mark, what the text says with it)] of a number that can be read in two ways."""
    return [(mark, parse_number(text, mark)) for mark in ("comma", "dot")]


def candidates(user, firm, words, most=8):
    """Return parts that a firm knows, the nearest to some words first: by reference, by anybody's reference, by name."""
    key = reference_key(words)[:LONGEST_REFERENCE]
    called = PartAlias.objects.filter(firm=firm)
    parts = Part.objects.visible_to(user).living().filter(Q(firm=firm) | Q(pk__in=called.values("part")))
    by_others = (
        PartAlias.objects.filter(part=OuterRef("pk"), reference_key__contains=key) if key else PartAlias.objects.none()
    )
    nearest = parts.annotate(
        called=Exists(by_others),
        near=Greatest(TrigramSimilarity("reference_key", key), TrigramSimilarity("name", words)),
    )
    return nearest.prefetch_related("aliases__firm").order_by("-called", "-near", "reference", "pk")[:most]


# Making and taking back -----------------------------------------------------------------------------


def lock(batch):
    """Lock a file that may still be mended and return it as it is now; Refused when it was applied meanwhile.

    It then waits to be checked again: what was staged before the repair must not be applied.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.UPLOADED and not batch.may_be_mended:
        raise Refused(
            _("This file is not waiting to be applied: it is %(state)s.") % {"state": batch.get_state_display()}
        )
    batch.state = Batch.State.UPLOADED
    batch.save(update_fields=["state"])
    return batch


def record(door, user, batch, what, **said):
    """Keep a repair of a locked file, in place of an earlier one of the same place or question. Returns it."""
    repair = Repair(batch=batch, what=what, author=user, at=door.at, **said)
    same = {"firm": repair.firm, "value": repair.value} if repair.row is None else {}
    earlier = batch.repairs.standing().filter(
        what=what, sheet=repair.sheet, row=repair.row, column=repair.column, **same
    )
    for each in earlier:
        if each.what == What.CELL:
            repair.was = each.was
        _take_back(door, user, each)
    if repair.what == What.PART:
        _match(repair)
    repair.validate_constraints()
    repair.save()
    if repair.what == What.DECIMAL:
        _say_decimal(batch, repair.value)
    return repair


def _match(repair):
    """Remember a reference of the sender as another one of a part, so that the next file asks nothing."""
    key = reference_key(repair.value)
    taken = PartAlias.objects.filter(firm=repair.firm, reference_key=key)
    if taken.exists() or Part.objects.filter(firm=repair.firm, reference_key=key).exists():
        raise Refused(_("This reference is known meanwhile: look at the file again."))
    PartAlias.objects.create(
        part=repair.part, firm=repair.firm, reference=repair.value[:LONGEST_REFERENCE], reference_key=key
    )


def _say_decimal(batch, mark):
    batch.options = {name: value for name, value in {**batch.options, "decimal": mark}.items() if value}
    batch.save(update_fields=["options"])
    if batch.firm:
        senders.remember(batch.firm, batch.kind, {"decimal": mark})


def take_over(batch, same):
    """Mend a file that was sent again at the places where the standing file of the same content was mended."""
    if not batch.repairs.exists():
        for repair in same.repairs.standing().filter(what__in=Repair.PLACED):
            repair.pk, repair.batch = None, batch
            repair.save(force_insert=True)


def undo(door, user, repair):
    """Take back a repair of a locked file; what was remembered by it is forgotten."""
    if repair.undone_at:
        raise Refused(_("This repair was taken back already."))
    _take_back(door, user, repair)
    if repair.what == What.DECIMAL:
        _say_decimal(repair.batch, "")


def _take_back(door, user, repair):
    repair.undone_by, repair.undone_at = user, door.at
    repair.save(update_fields=["undone_by", "undone_at"])
    if repair.what == What.PART:
        key = reference_key(repair.value)
        PartAlias.objects.forgettable().filter(firm=repair.firm, reference_key=key, part=repair.part).delete()


def confirm(door, user, batch, suspicious, reason):
    """Confirm suspicious values (as a check found them) with one reason."""
    Repair.objects.bulk_create(
        (
            Repair(
                batch=batch,
                what=What.CONFIRM,
                sheet=each["sheet"],
                row=each["row"],
                column=each["column"],
                was=each["expected"],
                value=each["value"],
                reason=reason[:400],
                author=user,
                at=door.at,
            )
            for each in suspicious
        ),
        batch_size=1000,
    )
