"""Mending a received file before it is applied: one page a place, one step back a repair."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from intake import desk, repairs
from intake.forms import RepairForm
from intake.models import Batch, Repair
from intake.views import OneBatch, measure_names
from office.door import Refused, write


class RepairPage(OneBatch):
    """What may be done about one place of a file: ?sheet=&row=&column= names it, ?q= looks for a part."""

    def get(self, request, number):
        """Show the place and the doors that mend it; lead back to the file when nothing waits there any more."""
        batch = self.batch(request, number)
        problem = _problem(batch, request.GET)
        if problem is None or not batch.may_be_mended:
            messages.info(request, _("Nothing waits at this place any more. Nothing was changed."))
            return redirect("batch", number)
        return self._show(request, batch, problem)

    def post(self, request, number):
        """Keep the repair, check the file again with it, and lead back to the file."""
        batch = self.batch(request, number)
        problem = _problem(batch, request.GET)
        form = RepairForm(request.POST, user=request.user, problem=problem)
        if not form.is_valid():
            return self._wrong(request, batch, problem, form)
        return self.act(request, number, lambda batch: self._repair(request, batch, form))

    def _repair(self, request, batch, form):
        what, said = form.cleaned_data["what"], form.said()
        with write(request.user, said["reason"] or str(Repair.What(what).label), form.cleaned_data["key"]) as door:
            batch = repairs.lock(batch)
            try:
                repairs.record(door, request.user, batch, what, **said)
            except ValidationError as error:
                raise Refused(*error.messages) from error
        _check_again(request, batch)

    def _wrong(self, request, batch, problem, form):
        errors = [error for found in form.errors.values() for error in found]
        if problem is None or not batch.may_be_mended:
            for error in errors:
                messages.error(request, error)
            return redirect("batch", batch.pk)
        return self._show(request, batch, problem, errors=errors, typed=form.data)

    def _show(self, request, batch, problem, **context):
        words = request.GET.get("q", "").strip()[:80]
        context |= {
            "batch": batch,
            "problem": problem,
            "measure": measure_names(batch).get(problem.said.get("measure")),
            "doors": [str(door) for door in problem.doors if door != "create" or request.user.may("enter")],
            "readings": repairs.readings(problem.value) if problem.code == "question" else [],
            "words": words,
            "candidates": repairs.candidates(request.user, problem.firm, words or problem.value)
            if problem.code == "part"
            else [],
            "key": uuid4().hex,
            "trail": [(batch.name, reverse("batch", args=[batch.pk])), (_("Mend a place of the file"), "")],
        }
        return render(request, "intake/repair.html", context)


class ConfirmAll(OneBatch):
    """Confirm with one reason every suspicious value that the page of the file shows."""

    def post(self, request, number):
        """Confirm, check again, and lead back to the file."""
        return self.act(request, number, lambda batch: self._confirm(request, batch))

    def _confirm(self, request, batch):
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise Refused(_("Say why: the reason is kept with the repair."))
        with write(request.user, reason, request.POST.get("key") or None) as door:
            locked = repairs.lock(batch)
            if locked.checked_version != batch.checked_version:
                raise Refused(_("The file was checked again meanwhile. Nothing was changed: look at it once more."))
            repairs.confirm(door, request.user, locked, locked.result.get("suspicious", []), reason)
        _check_again(request, locked)


class RepairUndo(OneBatch):
    """Take back a repair of a file that is not applied."""

    def post(self, request, number, repair):
        """Take back, check again, and lead back to the file."""
        return self.act(request, number, lambda batch: self._undo(request, batch, repair))

    def _undo(self, request, batch, number):
        found = get_object_or_404(batch.repairs, pk=number)
        with write(request.user, _("Repair taken back"), request.POST.get("key") or None) as door:
            found.batch = repairs.lock(batch)
            found.refresh_from_db(fields=["undone_at"])
            repairs.undo(door, request.user, found)
        _check_again(request, found.batch)


def _check_again(request, batch):
    found = desk.check(request.user, batch, request.moment)
    said = desk.STEPS[Batch.State(found["state"])]
    messages.success(request, _("Done; the file was checked again.") + f" {said}")


def _problem(batch, asked):
    row = asked.get("row", "")
    if not row.isdecimal() or len(row) > 9:
        return None
    return repairs.problem_at(batch, asked.get("sheet", ""), int(row), asked.get("column", ""))
