"""Add or change one row: one page, two doors. Sent twice it writes once; overtaken it shows both versions."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from office.detours import detour, outward, refill
from office.door import Replayed, Stale, write
from office.models import Key
from partstrack.pages import Page

OWN = ("key", "version", "reason")  # fields of a form that belong to its one sending


class EntryPage(Page):
    """The page of a WriteForm. A subclass gives `form_class`, `row`, `address`, and the two titles.

    `copies`: at the address of a row, ?copy=1 opens the form of a new one with the row's values, except what is unique and
    what `apart` names. The new row is that of `row` without the last key of the address.
    `adds`: {field: name of an address}: who lacks a choice opens the form of a new one there, and comes back with it chosen.
    """

    right = "enter"
    form_class = None
    template = "office/entry.html"
    title_new = ""
    title_edit = ""
    copies = False
    apart = ()
    adds = {}
    history = ""  # the kind of its story, for a row that has no page of its own

    def row(self, request, **kwargs):
        """Return the row to fill in: a fresh one, or one this person may see (Http404 otherwise)."""
        raise NotImplementedError

    def address(self, row):
        """Return where to go when the row is written."""
        raise NotImplementedError

    def back(self, row):
        """Return where Cancel leads."""
        return self.address(row)

    def above(self, row):
        """Return [(label, address)] of the pages between the list and this form."""
        return []

    def save(self, door, user, form):
        """Write the row itself, inside the write, and return it."""
        return form.save_row()

    def along(self, door, user, row):
        """Write what goes along with the row, inside the same write."""

    def besides(self, row):
        """Return {name: value} that a copy of a row takes over and that the row's own form does not hold."""
        return {}

    def more(self, request):
        """Return what the form takes besides: keyword arguments."""
        return {}

    def chosen(self, row):
        """Return the key of what another form chooses, when this row was added on the way."""
        return row.pk

    def get(self, request, **kwargs):
        """Show the form."""
        return self._show(request, self._form(request, self._row(request, **kwargs)))

    def post(self, request, **kwargs):
        """Write and go on; show what is wrong; 400 without key or version, 409 when somebody was quicker."""
        row = self._row(request, **kwargs)
        if (field := request.POST.get("detour")) in self.adds:
            return redirect(outward(request, self.adds[field], field))
        form = self._form(request, row, request.POST)
        if not form.proven():
            raise BadRequest("The form came without its key or version.")
        if not form.is_valid():
            return self._sent_before(form) or self._show(request, form)
        try:
            with write(request.user, form.cleaned_data.get("reason", ""), form.cleaned_data["key"]) as door:
                row = self.save(door, request.user, form)
                self.along(door, request.user, row)
                door.result = str(self.chosen(row)) if self.waits else self.address(row)
        except Replayed as sent:
            return self._led(sent.result)
        except Stale as stale:
            return self._conflict(request, stale.current)
        except IntegrityError:
            return self._refused_by_database(request, **kwargs)
        messages.success(request, _("Saved. Go on with the form you came from.") if self.waits else _("Saved."))
        return self._led(door.result)

    def _led(self, result):
        """Lead to the row that was written, or back to the form that waits for it."""
        return redirect(self.waits.address(result) if self.waits else result)

    def _row(self, request, **kwargs):
        """Read the row, and where Cancel leads before anything typed is put into it."""
        row = self.row(request, **kwargs)
        self.waits = detour(request)
        self.leaving, self.steps = self.waits.address() if self.waits else self.back(row), self.above(row)
        self.taken = {}
        if self.copies and row.pk and "copy" in request.GET:
            self.taken = self._values(request, row)
            row = self.row(request, **dict(list(kwargs.items())[:-1]))
        return row

    def _values(self, request, row):
        """Return {name: value} of what a copy of a row begins with."""
        form = self.form_class(instance=row, user=request.user, **self.more(request))
        unique = {field.name for field in row._meta.concrete_fields if field.unique}
        left = {*OWN, *self.apart, *unique}
        values = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields if name not in left}
        return values | self.besides(row)

    def _form(self, request, row, data=None):
        taken = {"initial": dict(self.taken)} if self.taken else {}
        form = self.form_class(data, instance=row, user=request.user, **taken, **self.more(request))
        if data is None and "given" in request.GET:
            refill(form, request.GET)
        return form

    def _sent_before(self, form):
        """A second sending may be invalid only because the first one is written: lead to its result."""
        sent = Key.objects.filter(pk=form.data["key"]).exclude(result="").first()
        return self._led(sent.result) if sent else None

    def _refused_by_database(self, request, **kwargs):
        """Somebody wrote between our check and our insertion: check again, now against their row."""
        form = self._form(request, self._row(request, **kwargs), request.POST)
        if form.is_valid():
            raise
        return self._show(request, form)

    def _conflict(self, request, current):
        """Show what stands now beside what was typed; sending again writes over the row as it stands now."""
        data = request.POST.copy()
        data["version"] = str(current.version)
        form = self._form(request, current, data)
        return self._show(request, form, status=409, differences=form.differences())

    def _show(self, request, form, status=200, **context):
        saved = form.instance.pk is not None
        title = self.title_edit if saved else self.title_new
        context |= {
            "form": form,
            "title": title,
            "trail": [*self.steps, (title, "")],
            "back": self.leaving,
            "conflict": status == 409,
            "history": self.history,
            "copied": bool(self.taken),
            "may_copy": self.copies and saved,
            "waits": self.waits,
            "doors": self._doors(request.user, form),
        }
        return render(request, self.template, context, status=status)

    def _doors(self, user, form):
        """Put beside each field of `adds` the door to a new choice, for who may enter one; say whether there is any."""
        for field, name in self.adds.items():
            page = resolve(reverse(name)).func.view_class
            if field in form.fields and not form.fields[field].disabled and user.may(page.right):
                form.fields[field].door = page.title_new
        return any(hasattr(field, "door") for field in form.fields.values())
