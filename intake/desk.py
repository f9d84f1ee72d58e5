"""The road of a file: received -> checked -> applied (or submitted) | refused | rolled back.

The desk knows files and batches; what the cells mean is the Kind's. Web, command line and tests walk this road.
Every step is one transaction through the write door.
"""

import tempfile
from pathlib import PurePath

from django.core.files.base import File
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from intake import repairs, senders, sheets
from intake.answers import NOTHING_CREATED, answer
from intake.findings import Checked, keep, state_of
from intake.models import Batch
from intake.originals import file_name, limits, take
from intake.reception import Reception, firm_of_sender, give_proof_to_firm, note
from office.door import LONGEST_REASON, Refused, be_patient, write
from partstrack import registry
from partstrack.registry import Fault

# Options that make two sendings of one file different sendings.
IDENTITY = ("supplier", "site", "measure", "mode", "grid", "importer", "source", "national")
# What becomes of values that stand in the months of a file and that it does not mention.
COMPLETE, REPLACE = MODES = ("complete", "replace")


def receive(user, kind, name, chunks, options, moment, key=None, at=None, reception=None):
    """Keep a file that was sent. Returns the Batch; the original is stored outside any served folder.

    `chunks`: an iterable of bytes. `options`: what the sender said (see the Kind). Refused above the size limit
    or for an empty file. `at`: the instant it arrived, for files that are played again. `reception`: how it came.
    """
    registry.kind(kind)
    if not user.may("upload"):
        raise Refused(_("Sending files is for admins, managers and suppliers."))
    name = file_name(name)
    if len(options.get("reason") or "") > LONGEST_REASON:
        raise Refused(_("The reason has more than %(most)d characters: shorten it.") % {"most": LONGEST_REASON})
    with tempfile.TemporaryFile() as copy:
        digest, size = take(chunks, copy)
        if not size:
            raise Refused(_("The file is empty. Choose a workbook or a csv file with the volumes."))
        options = {
            **senders.remembered(kind, options.get("supplier")),
            **{name: value for name, value in options.items() if value not in (None, "")},
        }
        with write(user, _("File received: %(name)s") % {"name": name[:255]}, key, at) as door:
            batch = Batch(
                kind=kind,
                name=name,
                sha256=digest,
                size=size,
                author=user,
                received_at=door.at,
                options=options,
            )
            note(door, user, batch, reception or Reception())
            batch.file.save(f"{digest[:16]}{PurePath(name).suffix[:8]}", File(copy), save=False)
            batch.save()
            door.result = str(batch.pk)
    return batch


def twin(batch):
    """Return the standing batch of the same file for the same supplier and site, the latest one, or None."""
    said = {f"options__{name}": batch.options[name] for name in IDENTITY if name in batch.options}
    # Who says nothing of the mode asks for nothing else than what was applied.
    unsaid = {f"options__{name}__isnull": True for name in {*IDENTITY} - {*batch.options, "mode"}}
    same = Batch.objects.standing().filter(kind=batch.kind, sha256=batch.sha256, **said, **unsaid)
    return same.exclude(pk=batch.pk).order_by("-pk").first()


def check(user, batch, moment, inline=False, at=None, progress=lambda words, done, total: None):
    """Read and check a file; nothing of it is written yet. Returns the public answer of design.md §6.

    `inline`: read without a child process, for files that we made ourselves. `progress`: hears how far it is.
    """
    if batch.state != Batch.State.UPLOADED and not batch.may_be_mended:
        return answer(batch)
    same = twin(batch)
    if same and same.state == Batch.State.SUBMITTED:
        return _nothing_new(user, batch, same, moment)
    kind = registry.kind(batch.kind)
    progress(gettext_noop("Reading the file"), 0, 3)
    workbook, unreadable = _read(batch, inline)
    progress(gettext_noop("Checking what the file says"), 1, 3)
    with write(user, _("File checked: %(name)s") % {"name": batch.name}, at=at) as door:
        be_patient()
        if _still_open(batch):
            if same:
                repairs.take_over(batch, same)
            found = _unread(batch, unreadable, user) if unreadable else _checked(kind, batch, workbook, user, moment)
            if same and state_of(found) == Batch.State.UNCHANGED:
                found.notes.insert(0, _said_before(same))
                found.left_standing = {}
            repairs.confirm(door, user, batch, found.accepted, batch.options.get("accept", ""))
            progress(gettext_noop("Keeping what was found"), 2, 3)
            keep(batch, found, moment, workbook)
        door.result = str(batch.pk)
    return answer(batch)


def _still_open(batch):
    """Lock the file and read it again; say whether it still waits: nobody applied it meanwhile."""
    batch.refresh_from_db(from_queryset=Batch.objects.select_for_update())
    return batch.state == Batch.State.UPLOADED or batch.may_be_mended


def _checked(kind, batch, workbook, user, moment):
    """Check a file as it is with its repairs."""
    repairs.mend(batch, workbook)
    return kind.check(batch, workbook, user, moment)


def _unread(batch, fault, user):
    """Say that a file cannot be read; whose it is, is known all the same."""
    firm = firm_of_sender(user, batch.options.get("supplier"))
    return Checked(faults=[fault], firm_id=firm and firm.pk)


def _read(batch, inline):
    reader = sheets.read_inline if inline else sheets.read
    try:
        return reader(batch.file.path, batch.name, limits()), None
    except sheets.Unreadable as error:
        return None, Fault("", None, None, batch.name, error.reason, error.remedy)


def _said_before(same):
    text = gettext_lazy("This very file was applied already, as file {number}. Nothing changes.")
    return format_lazy(text, number=same.pk)


def _nothing_new(user, batch, same, moment):
    """Say that this very file was sent already and waits for a decision; nothing changes."""
    counts = dict(same.result["counts"])
    known = sum(counts.get(name, 0) for name in ("new", "changed", "unchanged"))
    counts |= {"new": 0, "changed": 0, "unchanged": known, "declarations": 0}
    text = gettext_lazy(
        "This very file was sent already, as file {number}: it waits for a decision since. Nothing changes."
    )
    note = format_lazy(text, number=same.pk)
    with write(user, str(note)):
        batch.state, batch.firm_id, batch.layout = Batch.State.UNCHANGED, same.firm_id, {}
        batch.checked_version = moment.version
        batch.result = {**same.result, "counts": counts, "changes": [], "notes": [note], "same_as": same.pk}
        batch.result |= {"created": dict(NOTHING_CREATED), "left_standing": {}}
        batch.save()
    return answer(batch)


def apply(user, batch, moment, key=None, at=None):
    """Write a checked file in one transaction. Returns the public answer.

    When something it touches changed since it was checked, it is checked again and stays at the preview, with
    the new difference. Refused when it is not at the preview.
    """
    kind = registry.kind(batch.kind)
    with write(user, batch.options.get("reason") or batch.name, key, at) as door:
        be_patient()
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.CHECKED:
            raise Refused(
                _("This file is not waiting to be applied: it is %(state)s.") % {"state": batch.get_state_display()}
            )
        if batch.result.get("suspicious"):
            raise Refused(_("Suspicious values wait: confirm them with a reason, or correct them, and apply then."))
        outcome = kind.apply(door, batch, user)
        if outcome is None:
            door.result = str(batch.pk)
        else:
            batch.state = Batch.State.SUBMITTED if outcome["waiting"] else Batch.State.APPLIED
            batch.result = {**batch.result, "outcome": outcome}
            batch.applied_at = door.at
            give_proof_to_firm(batch)
            door.when_numbered(lambda version: _applied(batch, version))
            door.result = str(batch.pk)
    if outcome is None:
        found = check(user, batch, moment)
        return {
            **found,
            "notes": [*found["notes"], _("Something changed since the preview: look at the new difference.")],
        }
    return answer(batch)


def undecided(batch):
    """Say whether a person must still choose what becomes of the values that the file leaves standing."""
    left = batch.result.get("left_standing", {}).get("values")
    return bool(left) and batch.options.get("mode") not in MODES


def choose(user, batch, mode, moment, then=check):
    """Keep whether a file completes its months or replaces them, and check it again (`then`). Returns the public answer."""
    if mode not in MODES:
        raise Refused(_("Choose whether the file completes or replaces what stands."))
    with write(user, _("Answers about %(name)s") % {"name": batch.name}):
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state not in {Batch.State.CHECKED, Batch.State.UNCHANGED} or "grid" in batch.options:
            raise Refused(_("There is nothing to choose for this file any more."))
        batch.options = {**batch.options, "mode": mode}
        batch.state = Batch.State.CHECKED
        batch.save(update_fields=["options", "state"])
    return then(user, batch, moment)


def _applied(batch, version):
    batch.applied_version = version
    batch.save()


def roll_back(user, batch, key=None, reason=""):
    """Take back what a file wrote: what stood before stands again. Nothing is deleted. Returns the public answer.

    `reason` is kept with the write; without one it names the file.
    """
    kind = registry.kind(batch.kind)
    if not user.may("enter"):
        raise Refused(_("Rolling back files is for admins and managers."))
    with write(user, reason or _("Rolled back: %(name)s") % {"name": batch.name}, key) as door:
        be_patient()
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state not in {Batch.State.APPLIED, Batch.State.SUBMITTED}:
            raise Refused(f"{_('There is nothing to roll back.')} {STEPS[batch.state]}")
        kind.roll_back(door, batch, user)
        batch.state = Batch.State.ROLLED_BACK
        batch.save()
        door.when_numbered(lambda version: Batch.objects.filter(pk=batch.pk).update(applied_version=version))
        door.result = str(batch.pk)
    batch.refresh_from_db()
    return answer(batch)


STEPS = {
    Batch.State.UPLOADED: gettext_lazy("The file was received and waits to be checked."),
    Batch.State.CHECKED: gettext_lazy("The file was checked. Nothing is written yet."),
    Batch.State.REFUSED: gettext_lazy("The file is refused as it is. Nothing was written."),
    Batch.State.UNCHANGED: gettext_lazy("The file says nothing new. Nothing was written."),
    Batch.State.APPLIED: gettext_lazy("The file is applied: what it says counts."),
    Batch.State.SUBMITTED: gettext_lazy("The file is submitted: what it says counts once it is accepted."),
    Batch.State.RETURNED: gettext_lazy("The file was returned to be corrected: nothing of it counts."),
    Batch.State.ROLLED_BACK: gettext_lazy("The file was rolled back: what stood before stands again."),
}
