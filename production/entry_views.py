"""The month grid: a site's month typed or pasted. What was typed is a file, and takes the road of every file."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext

from intake import desk, senders
from intake.forms import ReceptionForm
from intake.models import Batch, Channel
from office.door import Refused, Replayed, write
from partstrack.pages import Page
from partstrack.periods import shift, to_iso
from production import actions, grid, typed
from production.forms import GridForm, MonthForm
from suppliers.models import Site


class MonthGrid(Page):
    """Type a month of a site, or correct what was refused or returned of it."""

    right = "upload"

    def get(self, request):
        """Show the grid, ?batch=N with what was typed and refused; without site and month, ask for them."""
        site, form = _asked(request, request.GET)
        if not form.is_valid():
            return self._choose(request, site, form)
        month = typed.sheet(request.user, site, form.cleaned_data["month"], request.GET, request.moment)
        typed.recall(month)
        before = month.batch
        said = {name: before.options.get(name) for name in ("create", "decimal", "reason", "erase")} if before else {}
        form = GridForm(user=request.user, initial={"at": month.version, **said})
        came = {name: getattr(before, name) for name in ("received_on", "channel", "sender")} if before else {}
        how = ReceptionForm(user=request.user, today=request.moment.today, initial=came)
        return self._show(request, month, form, how)

    def post(self, request):
        """Add a reference, put pasted rows into the grid, or send what was typed to the desk."""
        form = GridForm(request.POST, user=request.user)
        if not form.proven():
            raise BadRequest("The grid came without its key or the version it was filled at.")
        site, asked = _asked(request, request.POST)
        if not asked.is_valid():
            raise Http404
        month = typed.sheet(request.user, site, asked.cleaned_data["month"], request.POST, request.moment)
        how = ReceptionForm(request.POST, request.FILES, user=request.user, today=request.moment.today)
        good = all([form.is_valid(), how.is_valid()])
        typed.take(month, request.POST)
        typed.take_pasted(month, form.cleaned_data.get("paste", ""), form.cleaned_data.get("others"))
        typed.take_added(month, request.POST.get("add_part") or form.cleaned_data.get("add", ""))
        if request.POST.get("do") != "check" or not good or month.problems or month.matches:
            return self._show(request, month, form if month.problems else form.without_taken(), how)
        return self._send(request, month, form, how)

    def _send(self, request, month, form, how):
        """Make a file of what was typed and check it; lead to its preview, or back here when something is wrong."""
        erase = form.cleaned_data["erase"] or form.cleaned_data["others"] == desk.REPLACE
        found = [(row, *grid.changed(row, erase)) for row in month.rows.values()]
        changes = [(row, cells) for row, cells, _kept in found if cells]
        kept = sum(count for _row, _cells, count in found)
        if not changes:
            month.problems.append(_nothing(kept))
            return self._show(request, month, form, how)
        try:
            batch = self._receive(request, month, form, how, changes)
        except Replayed as sent:
            return _onward(Batch.objects.get(pk=int(sent.result)), month)
        except Refused as refusal:
            month.problems += refusal.reasons
            return self._show(request, month, form, how)
        if kept:
            messages.warning(request, _kept(kept))
        return _onward(batch, month)

    def _receive(self, request, month, form, how, changes):
        name = grid.FILE_NAME.format(month=to_iso(month.month), site=month.site.code)
        content, options = grid.write_file(month.month, changes), form.options(month.site, month.month)
        said = how.reception(channel=Channel.ENTRY, proof=month.batch and month.batch.proof)
        key = form.cleaned_data["key"]
        batch = desk.receive(request.user, grid.KIND, name, [content], options, request.moment, key=key, reception=said)
        if options["decimal"]:
            with write(request.user, gettext("Answers about %(name)s") % {"name": name}):
                senders.remember(month.site.firm, grid.KIND, {"decimal": options["decimal"]})
        desk.check(request.user, batch, request.moment, inline=True)
        return batch

    def _choose(self, request, site, form):
        if "month" not in request.GET:
            last = to_iso(shift(request.moment.today.replace(day=1), -1))
            initial = {"site": site and site.code, "month": last}
            form = MonthForm(user=request.user, today=request.moment.today, initial=initial)
        return render(request, "production/entry_choose.html", {"form": form})

    def _show(self, request, month, form, how):
        rows = list(month.rows.values())
        questions = month.batch.result.get("questions", []) if month.batch else []
        around = [shift(month.month, step) for step in (-1, 1)]
        context = {
            "sheet": month,
            "rows": rows,
            "most": grid.ROWS_SHOWN,
            "columns": [(name, grid.MEASURE_NAMES[name], name in grid.SHOWN) for name in grid.COLUMNS],
            "form": form,
            "how": how,
            "closed": bool(actions.closed_months([month.month])),
            "more_open": any(row.says_more() for row in rows),
            "asks_decimal": bool(questions) or bool(form["decimal"].value()),
            "faulty": any(row.faults for row in rows),
            "around": [(each, grid.url(month.site, each)) for each in around if each <= request.moment.today],
        }
        return render(request, "production/entry.html", context)


def _asked(request, said):
    """Return (site or None, MonthForm) of an address or a sending; 404 for a site that is not theirs."""
    sites = Site.objects.visible_to(request.user).living().select_related("firm").order_by("pk")
    if said.get("site"):
        site = get_object_or_404(sites, code=said["site"])
    else:
        own = sites[:2]
        site = own[0] if len(own) == 1 else None
    asked = {"site": site and site.code, "month": said.get("month", "")}
    return site, MonthForm(asked, user=request.user, today=request.moment.today)


def _nothing(kept):
    if kept:
        return gettext("Values were emptied and nothing else changed. Tick “Erase the emptied values” to erase them.")
    return gettext("Nothing was sent: no value differs from what stands.")


def _kept(kept):
    return ngettext(
        "%(count)d emptied value stays as it was: “Erase the emptied values” was not ticked.",
        "%(count)d emptied values stay as they were: “Erase the emptied values” was not ticked.",
        kept,
    ) % {"count": kept}


def _onward(batch, month):
    """Lead to the preview of a typed file; back to the grid when it was refused."""
    if batch.state != Batch.State.REFUSED:
        return redirect("batch", batch.pk)
    return redirect(grid.url(month.site, month.month, batch=batch.pk))
