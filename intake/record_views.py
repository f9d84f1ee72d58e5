"""Files of records: what may be sent, what the columns are, the present records to correct; and the sending itself."""

from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake import desk, later
from intake.record_kind import ROWS
from intake.records import OWN
from office.door import Refused, Replayed
from office.forms import said
from partstrack import downloads, registry, writing
from partstrack.pages import Page
from partstrack.registry import ListTool

TAKEN = ".xlsx,.xls,.ods,.csv,.txt"


class FileForm(forms.Form):
    """A file and why it is sent."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": TAKEN}))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4().hex)


class RecordFiles(Page):
    """Which records files may bring."""

    right = "enter"

    def get(self, request):
        """List them."""
        context = {"kinds": _kinds(), "trail": [(_("Records from files"), "")]}
        return render(request, "intake/record_files.html", context)


class RecordUpload(Page):
    """Send a file of records; it is checked at once and shown as a preview, like any other file."""

    right = "enter"

    def get(self, request, kind):
        """Show the form; ?format=xlsx gives the present records in the shape of such a file, ?format=xlsx&empty=1 none."""
        records = _records(kind)
        if (form := request.GET.get("format")) in writing.FORMATS:
            if not request.user.may("download"):
                raise PermissionDenied
            return _present(request, records, form, empty="empty" in request.GET)
        return self._show(request, records, FileForm())

    def post(self, request, kind):
        """Keep the file, check it, and lead to the preview. The same sending twice leads to the same file."""
        records, form = _records(kind), FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, records, form)
        file, said = form.cleaned_data["file"], {"reason": form.cleaned_data["reason"]}
        try:
            batch = desk.receive(
                request.user, kind, file.name, file.chunks(), said, request.moment, form.cleaned_data["key"]
            )
        except Replayed as before:
            return redirect("batch", int(before.result))
        except Refused as refusal:
            form.add_error("file", " ".join(refusal.reasons))
            return self._show(request, records, form)
        later.check(request.user, batch, request.moment)
        return redirect("batch", batch.pk)

    def _show(self, request, records, form):
        columns, fields = records.columns(request.user)
        begun = _begun(records, request.user)
        context = {
            "form": form,
            "records": records,
            "columns": [_column(records, column, fields[column.name], begun) for column in columns],
            "most": ROWS,
            "may_download": request.user.may("download"),
            "back": reverse(records.page),
            "trail": [(_("Records from files"), reverse("record_files")), (records.title, "")],
        }
        return render(request, "intake/record_upload.html", context)


def _kinds():
    return [kind for kind in registry.all_of("kinds") if kind.records]


def _records(name):
    kind = next((each for each in _kinds() if each.name == name), None)
    if kind is None:
        raise Http404
    return kind.records


def _begun(records, user):
    """Return the names of the fields that a new record begins with: no row needs them."""
    form = records.blank(user)
    return {name for name in form.fields if form[name].value() not in (None, "", [])}


def _column(records, column, field, begun):
    """Return what the page says of a column: its name, whether a new record needs it, what may stand in it."""
    choices = [str(label) for value, label in getattr(field, "choices", ()) if value not in ("", None)]
    return {
        "title": column.title,
        "needed": column.required or (field.required and column.name not in begun),
        "help": _("Several, with semicolons between them.") if column.name in records.lists else field.help_text,
        "choices": choices if not isinstance(field, forms.ModelChoiceField) else [],
    }


def _present(request, records, form, empty):
    """Return the records that there are as such a file brings them, in the order of their keys."""
    columns, fields = records.columns(request.user)
    shown = [writing.Column(column.name, str(column.title)) for column in columns]
    rows = [] if empty else [*records.rows(request.user).order_by("pk")[: ROWS + 1]]
    if len(rows) > ROWS:
        words = _("There are more than %(most)s records: correct them by several files, or many at once on their list.")
        return downloads.refused(request, records.title, words % {"most": ROWS})
    at = downloads.moment_of(request)
    cells = [_row(records, row, fields, request.user) for row in rows]
    listing = writing.Listing(str(records.title), tuple(shown), cells, lambda *_: [], at)
    target, count = downloads.written(listing, form)
    name = downloads.file_name(str(records.title), at, form, request.moment.demo)
    return downloads.hand_out(request, target, form, name, "", count)


def _row(records, row, fields, user):
    """Return the cells of a record, so that the file says nothing new when it comes back as it is."""
    form = records.form(instance=row, user=user)
    return [_cell(records, row, name, form, field) for name, field in fields.items()]


def _cell(records, row, name, form, field):
    if name == records.owner:
        return _code(getattr(row, name))
    if name not in form.fields or name in OWN:
        return ""
    value = form.get_initial_for_field(form.fields[name], name)
    if name in records.lists:
        return "; ".join(str(value or "").splitlines())
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "; ".join(_code(each) for each in value or ())
    if isinstance(field, forms.ModelChoiceField) and value:
        return _code(value if hasattr(value, "pk") else field.queryset.model._default_manager.get(pk=value))
    words = said(field, value)
    return "" if words == "–" else words


def _code(row):
    return str(getattr(row, "code", None) or getattr(row, "number", None) or row)


def _menu(request):
    """Return the kinds of files that belong to a list, for who enters data; None where there is none."""
    match = request.resolver_match
    kinds = [kind for kind in _kinds() if match and kind.records.page == match.url_name]
    return {"kinds": kinds} if kinds and request.user.may("enter") else None


TOOL = ListTool("intake/record_menu.html", _menu)
