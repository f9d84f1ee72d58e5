"""What was found in a file, and how it is kept with the file until it is applied."""

from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake import repairs
from intake.answers import NOTHING_CREATED
from intake.models import Batch, BatchFault
from partstrack.registry import Fault
from partstrack.texts import kept

FAULTS_KEPT = 5000


@dataclass
class Checked:
    """What a Kind found in a file.

    `counts`: new, changed, unchanged, refused, blank, suspicious, questions, set_aside (values), rows, declarations.
    `suspicious`: the values that wait to be confirmed; `accepted` those that the sender's reason confirms at once.
    `questions`: the numbers that can be read in two ways. `control`: what the file would write, to check by eye.
    `created` counts what applying makes; `made` says which suppliers and sites, as the Kind needs them then.
    `left_standing`: {values, parts, months} that stand in the file's months and that it does not mention.
    """

    counts: dict = field(default_factory=dict)
    created: dict = field(default_factory=lambda: dict(NOTHING_CREATED))
    made: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    suspicious: list = field(default_factory=list)
    accepted: list = field(default_factory=list)
    control: dict = field(default_factory=dict)
    gaps: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    layout: dict = field(default_factory=dict)
    left_standing: dict = field(default_factory=dict)
    firm_id: int | None = None

    @property
    def grave(self):
        """Say whether something stands against writing."""
        return any(fault.grave for fault in self.faults)


def keep(batch, found, moment, workbook):
    """Write on a batch what was found in its file: state, faults, counts and what its page shows."""
    batch.faults.all().delete()
    faults = (_fault(batch, each, workbook) for each in found.faults[:FAULTS_KEPT])
    BatchFault.objects.bulk_create(faults, batch_size=1000)
    batch.state = state_of(found)
    batch.layout = found.layout
    batch.firm_id = found.firm_id
    batch.checked_version = moment.version
    batch.result = {
        "counts": found.counts,
        "created": found.created,
        "made": found.made,
        "left_out": found.left_out,
        "changes": found.changes,
        "suspicious": found.suspicious,
        "control": found.control,
        "gaps": found.gaps,
        "notes": [*found.notes, *_cut_short(found)],
        "questions": found.questions,
        "left_standing": found.left_standing,
    }
    batch.save()


def _fault(batch, fault, workbook):
    return BatchFault(
        batch=batch,
        sheet=fault.sheet,
        row=fault.row,
        column=fault.column or "",
        value=str(fault.value),
        reason=kept(fault.reason),
        remedy=kept(fault.remedy),
        grave=fault.grave,
        code=fault.code,
        flag=fault.flag,
        firm_id=fault.firm,
        cells=repairs.row_of(workbook, fault.sheet, fault.row),
    )


CUT_SHORT = {
    "faults": _("The first {shown} of {count} faults are listed."),
    "suspicious": _("The first {shown} of {count} suspicious values are listed."),
    "questions": _("The first {shown} of {count} questions are listed."),
}


def _cut_short(found):
    """Say which lists of a file hold only the first of what was found."""
    lists = {
        "faults": (min(len(found.faults), FAULTS_KEPT), len(found.faults)),
        "suspicious": (len(found.suspicious), found.counts.get("suspicious", 0)),
        "questions": (len(found.questions), found.counts.get("questions", 0)),
    }
    for name, (shown, count) in lists.items():
        if shown < count:
            yield format_lazy(CUT_SHORT[name], shown=shown, count=count)


def state_of(found):
    """Return the state of a file that was checked."""
    if found.grave or found.questions:
        return Batch.State.REFUSED
    if not any(found.counts.get(name) for name in ("new", "changed", "suspicious")):
        return Batch.State.UNCHANGED
    return Batch.State.CHECKED
