"""The pages of the desk: received files, a new one, its preview, and what is done with it."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalogue.models import Unit
from intake import desk, later, repairs
from intake.filters import BatchFilters
from intake.forms import AnswersForm, ReceptionForm, UploadForm
from intake.models import Batch
from intake.tables import BatchTable
from office import jobs
from office.door import Refused, Replayed, write
from partstrack import registry
from partstrack.numbers import show
from partstrack.pages import ListPage, Page

KIND = "output"
FAULTS_A_PAGE = 100
QUESTIONS_SHOWN = 20
SUSPICIONS_SHOWN = 200


class BatchList(ListPage):
    """Received files, the latest first."""

    right = "upload"
    title = gettext_lazy("Received files")
    table_class = BatchTable
    filter_class = BatchFilters
    template = "intake/batch_list.html"

    def rows(self, request):
        """Return the files this person may see."""
        return Batch.objects.visible_to(request.user).select_related("firm", "author")


class BatchNew(Page):
    """Upload a file; it is checked at once and shown as a preview."""

    right = "upload"

    def get(self, request):
        """Show the form; ?supplier=CODE chooses the supplier."""
        initial = {"supplier": request.GET.get("supplier", "")}
        form = UploadForm(user=request.user, kind=registry.kind(KIND), initial=initial)
        return self._show(request, form, ReceptionForm(user=request.user, today=request.moment.today))

    def post(self, request):
        """Keep the file, check it, and lead to the preview. The same sending twice leads to the same file."""
        form = UploadForm(request.POST, request.FILES, user=request.user, kind=registry.kind(KIND))
        how = ReceptionForm(request.POST, request.FILES, user=request.user, today=request.moment.today)
        if not all([form.is_valid(), how.is_valid()]):
            return self._show(request, form, how)
        try:
            batch = self._receive(request, form, how.reception())
        except Replayed as sent:
            return redirect("batch", int(sent.result))
        except Refused as refusal:
            form.add_error("file", " ".join(refusal.reasons))
            return self._show(request, form, how)
        later.check(request.user, batch, request.moment)
        return redirect("batch", batch.pk)

    def _receive(self, request, form, reception):
        file, key = form.cleaned_data["file"], form.cleaned_data["key"]
        chunks, options = file.chunks(), form.options()
        return desk.receive(
            request.user, KIND, file.name, chunks, options, request.moment, key=key, reception=reception
        )

    def _show(self, request, form, how):
        context = {
            "form": form,
            "how": how,
            "steps": steps(None),
            "panels": _panels("batch_new", request),
            "trail": [(_("Upload a file"), "")],
        }
        return render(request, "intake/batch_new.html", context)


class OneBatch(Page):
    """A page about one file."""

    right = "upload"

    def batch(self, request, number):
        """Return the file, or 404 when there is none or it is not theirs."""
        return get_object_or_404(
            Batch.objects.visible_to(request.user).select_related("firm", "author", "proof"), pk=number
        )

    def act(self, request, number, do):
        """Do something with the file, say what came of it, and come back to it."""
        batch = self.batch(request, number)
        try:
            do(batch)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
        except Replayed:
            messages.info(request, _("This was already done."))
        return redirect("batch", number)


class BatchPage(OneBatch):
    """A file: where it stands, what it would write or wrote, what is wrong with it."""

    def get(self, request, number):
        """Show the preview or the result."""
        batch = self.batch(request, number)
        faults = Paginator(batch.faults.all(), FAULTS_A_PAGE).get_page(request.GET.get("page"))
        measures = measure_names(batch)
        result = batch.result
        job = later.open_job(batch)
        context = {
            "batch": batch,
            "job": job,
            "progress": job and jobs.shown(job, request.user),
            "step": desk.STEPS[batch.state],
            "steps": steps(batch.state),
            "counts": result.get("counts", {}),
            "to_create": _to_create(result.get("created", {})),
            "creates_supplier": result.get("created", {}).get("suppliers"),
            "changes": [
                {**change, "measure_label": measures.get(change["measure"])}
                for change in result.get("changes", [])[:200]
            ],
            "faults": faults,
            "mend_url": reverse("batch_repair", args=[batch.pk]) if batch.may_be_mended else "",
            **_waiting(batch, measures),
            "control": control_sums(result.get("control", {}), measures),
            "repairs": batch.repairs.select_related("author", "part", "undone_by"),
            "answers": AnswersForm(user=request.user, batch=batch) if batch.may_be_mended else None,
            "key": uuid4().hex,
            "send_url": send_url(batch),
            "records": registry.kind(batch.kind).records,
            "undecided": desk.undecided(batch),
            "may_roll_back": batch.state in {"applied", "submitted"} and request.user.may("enter"),
            "panels": _panels("batch", request, batch),
            "trail": [(batch.name, "")],
        }
        return render(request, "intake/batch.html", context)


class BatchCheck(OneBatch):
    """Check a file again, with what was answered."""

    def post(self, request, number):
        """Keep the answers and check again."""
        batch = self.batch(request, number)
        form = AnswersForm(request.POST, user=request.user, batch=batch)
        if not form.is_valid():
            return redirect("batch", number)
        return self.act(request, number, lambda batch: self._answer(request, batch, form))

    def _answer(self, request, batch, form):
        said = {name: value for name, value in form.cleaned_data.items() if value}
        with write(request.user, _("Answers about %(name)s") % {"name": batch.name}):
            batch = repairs.lock(batch)
            batch.options = {**batch.options, **said}
            batch.save(update_fields=["options"])
        later.check(request.user, batch, request.moment)


class BatchMode(OneBatch):
    """Choose whether a file completes its months or replaces them; it is checked again."""

    def post(self, request, number):
        """Keep the choice and show the new difference."""
        return self.act(
            request, number, lambda batch: later.choose(request.user, batch, request.POST.get("mode"), request.moment)
        )


class BatchApply(OneBatch):
    """Write a checked file."""

    def post(self, request, number):
        """Apply once, whatever the number of clicks."""
        return self.act(request, number, lambda batch: self._apply(request, batch))

    def _apply(self, request, batch):
        if desk.undecided(batch):
            raise Refused(_("Nothing was written. Choose first whether the file completes or replaces what stands."))
        found = later.apply(request.user, batch, request.moment, key=request.POST.get("key") or None)
        if found is None:
            return
        if found["state"] == Batch.State.CHECKED:
            messages.warning(
                request, _("Something changed since the preview. Nothing was written: look at the new difference.")
            )
        else:
            messages.success(request, desk.STEPS[found["state"]])


class BatchRollBack(OneBatch):
    """Take back what a file wrote, with a reason."""

    right = "enter"

    def get(self, request, number):
        """Ask for the reason; a file that cannot be rolled back leads to its page."""
        batch = self.batch(request, number)
        if batch.state not in Batch.WRITTEN:
            return redirect("batch", number)
        context = {
            "batch": batch,
            "hidden": {"key": uuid4().hex},
            "trail": [(batch.name, reverse("batch", args=[number]))],
            "declarations": batch.result.get("outcome", {}).get("declarations", 0),
        }
        return render(request, "intake/roll_back.html", context)

    def post(self, request, number):
        """Roll back once."""
        return self.act(request, number, lambda batch: self._roll_back(request, batch))

    def _roll_back(self, request, batch):
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise Refused(_("Nothing was changed. Say why the file is rolled back: the reason is kept."))
        desk.roll_back(request.user, batch, key=request.POST.get("key") or None, reason=reason)
        messages.success(request, desk.STEPS[Batch.State.ROLLED_BACK])


class BatchFile(OneBatch):
    """The original file, as it was sent; always an attachment."""

    def get(self, request, number):
        """Give the file and log it."""
        batch = self.batch(request, number)
        if not batch.file.storage.exists(batch.file.name):
            raise Http404
        for log in registry.all_of("on_download"):
            log(
                request,
                batch.name,
                _("original file %(number)d") % {"number": batch.pk},
                batch.result.get("counts", {}).get("rows", 0),
            )
        response = FileResponse(batch.file.open("rb"), as_attachment=True, filename=batch.name)
        response["Content-Type"] = "application/octet-stream"
        return response


def _to_create(created):
    """Return what a file makes, in words: "1 supplier, 12 references"; "" for nothing."""
    words = {
        "suppliers": lambda many: ngettext("%(count)s supplier", "%(count)s suppliers", many),
        "sites": lambda many: ngettext("%(count)s site", "%(count)s sites", many),
        "parts": lambda many: ngettext("%(count)s reference", "%(count)s references", many),
    }
    found = [(say, created.get(name, 0)) for name, say in words.items()]
    return _(", ").join(say(many) % {"count": show(many, get_language())} for say, many in found if many)


def send_url(batch):
    """Return where a file of the same kind is sent."""
    kind = registry.kind(batch.kind)
    return reverse(kind.page, args=[kind.name] if kind.records else [])


def measure_names(batch):
    """Return {measure: its name} of the measures of a kind of file, whatever its columns may be called."""
    return registry.kind(batch.kind).measures


def _waiting(batch, measures):
    """Return what waits for an answer: the first questions and suspicions, with how the first question may be read."""
    questions, suspicious = batch.result.get("questions", []), batch.result.get("suspicious", [])
    return {
        "questions": questions[:QUESTIONS_SHOWN],
        "readings": repairs.readings(questions[0]["value"]) if questions else [],
        "suspicious": [
            {**each, "measure_label": measures.get(each["measure"])} for each in suspicious[:SUSPICIONS_SHOWN]
        ],
    }


def control_sums(control, measures):
    """Return the control sums of a file with the names of measures and units."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    return {
        part: [{**row, "measure_label": measures.get(row["measure"]), "unit_label": units[row["unit"]]} for row in rows]
        for part, rows in control.items()
    }


def _panels(page, request, subject=None):
    """Return (template, context) of the blocks that other apps add to a page of the desk."""
    return [(panel.template, panel.build(request, subject)) for panel in registry.panels(page)]


def steps(state):
    """Return (label, done | now | todo | stopped | idle) of the three steps of a file."""
    names = [_("File"), _("Check"), _("Apply")]
    marks = {
        None: ["now", "todo", "todo"],
        Batch.State.UPLOADED: ["done", "now", "todo"],
        Batch.State.CHECKED: ["done", "done", "now"],
        Batch.State.REFUSED: ["done", "stopped", "todo"],
        Batch.State.UNCHANGED: ["done", "done", "idle"],
        Batch.State.RETURNED: ["done", "done", "stopped"],
        Batch.State.ROLLED_BACK: ["done", "done", "stopped"],
    }.get(state, ["done", "done", "done"])
    return list(zip(names, marks, strict=True))
