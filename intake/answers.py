"""The public answer about a file (design.md §6)."""

from intake.models import Batch
from partstrack.registry import Fault
from partstrack.texts import spoken

CONTRACT = 1
COUNTED = ("rows", "declarations", "new", "changed", "unchanged", "refused", "blank", "questions", "set_aside")
NOTHING_CREATED = {"suppliers": 0, "sites": 0, "parts": 0}


def answer(batch, faults=None):
    """Return the public answer about a file (design.md §6): counts are of values, keys never change."""
    result, counts = batch.result, batch.result.get("counts", {})
    faults = batch.faults.all() if faults is None else faults
    return spoken(
        {
            "contract": CONTRACT,
            "state": str(batch.state),
            **{name: counts.get(name, 0) for name in COUNTED if name != "questions"},
            "created": result.get("created", dict(NOTHING_CREATED)),
            "left_out": result.get("left_out", []),
            "changes": result.get("changes", []),
            "faults": [
                Fault(
                    each.sheet, each.row, each.column or None, each.value, each.reason, each.remedy, flag=each.flag
                ).as_json()
                for each in faults
            ],
            "suspicious": result.get("suspicious", []),
            "left_standing": result.get("left_standing", {}).get("values", 0),
            "questions": result.get("questions", []),
            "notes": result.get("notes", []),
            "batch": batch.pk,
            "version": batch.applied_version or batch.checked_version,
        }
    )


def refused(name, reasons):
    """Return the public answer about a file that was not taken at all: every key is there, the reasons are its faults."""
    said = answer(Batch(name=name, state=Batch.State.REFUSED, result={}), faults=())
    faults = [Fault("", None, None, name, reason, "").as_json() for reason in reasons]
    return {**said, "faults": faults, "reasons": list(reasons), "batch": None, "version": None}
