"""The page of a change of many rows: choose the new values, see each row before and after, write."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django_tables2 import A

from office import bulk
from office.bulk_forms import ChangesForm, fields_of
from office.door import Refused, Replayed, write
from office.forms import fresh_key, said
from partstrack import registry
from partstrack.numbers import show
from partstrack.pages import PAGE_SIZE, Page
from partstrack.walking import list_of

ORDER = ("refused", "changed", "unchanged")


class BulkPage(Page):
    """Change the rows of a list that the address means. A GET never writes; a POST writes what its preview showed."""

    right = "enter"

    def setup(self, request, *args, **kwargs):
        """Keep what the list states."""
        super().setup(request, *args, **kwargs)
        self.bulk, self.page = registry.bulk(kwargs["page"]), list_of(kwargs["page"])

    def get(self, request, page):
        """Show the form of the new values, or the preview once they are given."""
        self._reachable(request)
        if scope := request.GET.get("scope"):
            return redirect(f"{request.path}?{urlencode(_meant(scope, request.GET))}")
        return self._show(request)

    def post(self, request, page):
        """Write and go back to the list. 400 without key or stamp, 409 with the preview anew when rows changed since."""
        self._reachable(request)
        key, reason = request.POST.get("key"), request.POST.get("reason", "").strip()
        before = _stamp(request.POST.get("seen", ""))
        if not key or not before:
            raise BadRequest("The form came without its key or what was seen.")
        form = self._form(request)
        if not reason or not form.is_valid():
            return self._show(request, unsaid=not reason)
        try:
            with write(request.user, reason, key) as door:
                done = self._write(request, door, form.changes(), before)
                door.result = self._back(request)
        except Replayed as sent:
            return redirect(sent.result)
        except (bulk.Overtaken, bulk.TooMany):
            return self._show(request, before=before, reason=reason, status=409)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return self._show(request, reason=reason)
        words = ngettext("%(shown)s row was changed.", "%(shown)s rows were changed.", len(done))
        messages.success(request, words % {"shown": show(len(done), get_language())})
        return redirect(door.result)

    def _reachable(self, request):
        if self.bulk is None or self.page is None or not request.user.may(self.page.right):
            raise Http404

    @property
    def _model(self):
        return self.bulk.form._meta.model

    def _form(self, request):
        asked = request.GET if "preview" in request.GET else None
        return ChangesForm(asked, fields=fields_of(self.bulk, request.user))

    def _back(self, request):
        return f"{reverse(self.bulk.page)}?{request.GET.get('query', '')}".rstrip("?")

    def _write(self, request, door, values, before):
        """Write the rows as they were seen; Overtaken when they are not the same any more. Returns what was changed."""
        keys = bulk.keys_of(request, self.page, request.GET)
        rows = bulk.read(self._model, request.user, keys, lock=True)
        if {row.pk: row.version for row in rows} != before:
            raise bulk.Overtaken
        changing = [each.row for each in bulk.outcomes(rows, values) if each.state == "changed"]
        bulk.change(changing, values)
        if self.bulk.along and changing:
            self.bulk.along(door, request.user, changing)
        return changing

    def _show(self, request, before=None, status=200, **context):
        """Show the step that the address has come to."""
        context |= {
            "title": gettext("Change several rows"),
            "trail": [(self.page.title, self._back(request)), (gettext("Change several rows"), "")],
            "back": self._back(request),
            "kept": [(name, request.GET[name]) for name in ("query", "rows", "all") if name in request.GET],
            "most": bulk.MOST,
        }
        try:
            keys = bulk.keys_of(request, self.page, request.GET)
        except bulk.TooMany:
            return render(request, "office/bulk_none.html", context | {"too_many": True})
        if not keys:
            return render(request, "office/bulk_none.html", context)
        rows = bulk.read(self._model, request.user, keys)
        form = self._form(request)
        if not form.is_bound or not form.is_valid():
            return render(request, "office/bulk_values.html", context | {"form": form, "count": len(rows)})
        context |= self._preview(request, rows, form)
        if before is not None:
            context |= self._overtaken(rows, before, form)
        return render(request, "office/bulk_preview.html", context, status=status)

    def _preview(self, request, rows, form):
        """Return the rows before and after, a page of them, and how many there are of each outcome."""
        values, fields = form.changes(), form.offered
        found = sorted(bulk.outcomes(rows, values), key=lambda each: ORDER.index(each.state))
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        counts = {state: sum(each.state == state for each in found) for state in ORDER}
        label = ngettext("Change %(shown)s row", "Change %(shown)s rows", counts["changed"])
        return {
            "page": page,
            "lines": [self._line(each, values, fields) for each in page],
            "label": label % {"shown": show(counts["changed"], get_language())},
            "headings": [fields[name].label for name in values],
            "counts": counts,
            "hidden": {"key": fresh_key(), "seen": bulk.stamp(rows)},
            "other_values": _without(request.GET, "preview", "page"),
            "address": request.get_full_path(),
        }

    def _line(self, outcome, values, fields):
        """Return (name, address, [(before, after, whether it changes)], outcome) of a row."""
        row = outcome.row
        cells = [
            (said(fields[name], getattr(row, name)), said(fields[name], value), name in outcome.differs)
            for name, value in values.items()
        ]
        return _name(row), self._address(row), cells, outcome

    def _address(self, row):
        name, path = self.page.table_class.leads_to
        return reverse(name, args=[A(path).resolve(row)])

    def _overtaken(self, rows, before, form):
        """Return what happened to the rows since they were seen."""
        changed, come, gone = bulk.meanwhile(self._model, before, rows, tuple(form.offered))
        told = [
            (_name(row), self._address(row), [self._then(form, *each) for each in differences])
            for row, differences in changed
        ]
        return {"overtaken": True, "changed_since": told, "come": len(come), "gone": gone}

    def _then(self, form, name, then, now):
        field = form.offered[name]
        return field.label, said(field, then), said(field, now)


def _meant(scope, given):
    """Return what an address says of the rows that a list's menu sent: ticked ones, those of the page, or all."""
    meant = {"query": given["query"]} if given.get("query") else {}
    if scope == "all":
        return meant | {"all": 1}
    return meant | {"rows": given.get("here", "") if scope == "page" else ".".join(given.getlist("row"))}


def _without(query, *names):
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def _stamp(text):
    try:
        return bulk.seen(text)
    except ValueError:
        return {}


def _name(row):
    return row.name_in(get_language()) if hasattr(row, "name_in") else str(row)
