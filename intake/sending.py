"""A file is sent from a page of its kind: it is kept, checked at once, and shown as a preview like any other file."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake import desk, later
from office.door import Refused, Replayed
from office.forms import fresh_key
from partstrack.pages import Page

TAKEN = ".xlsx,.xls,.ods,.csv,.txt"


class FileForm(forms.Form):
    """A file and why it is sent. A subclass says what the file holds (`about`), and adds what else the desk is told."""

    about = ""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": TAKEN}))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", fresh_key())
        self.fields["file"].help_text = self.about

    def options(self):
        """Return what the desk is told."""
        return {"reason": self.cleaned_data.get("reason")}


class SendPage(Page):
    """Send a file of one kind. `back`: the page that it belongs to; `doors`: [(page, text)], what may be missing.

    `steps`: what stands in the file, a sentence each.
    """

    right = "enter"
    kind = title = back = ""
    form_class = FileForm
    steps = doors = ()

    def get(self, request):
        """Show the form."""
        return self._show(request, self.form_class())

    def post(self, request):
        """Keep the file, check it, and lead to the preview. The same sending twice leads to the same file."""
        form = self.form_class(request.POST, request.FILES)
        return sent(request, self.kind, form) or self._show(request, form)

    def _show(self, request, form):
        context = {
            "form": form,
            "title": self.title,
            "back": reverse(self.back),
            "steps": self.steps,
            "doors": [(reverse(name), text) for name, text in self.doors],
            "trail": [(self.title, "")],
        }
        return render(request, "intake/send.html", context)


def sent(request, kind, form):
    """Take the file of a form and lead to its preview; None when the form says what is wrong.

    The form has `file` and `key` and tells the desk `options()`. The same sending twice leads to the same file.
    """
    if not form.is_valid():
        return None
    file, key = form.cleaned_data["file"], form.cleaned_data["key"]
    try:
        batch = desk.receive(request.user, kind, file.name, file.chunks(), form.options(), request.moment, key)
    except Replayed as before:
        return redirect("batch", int(before.result))
    except Refused as refusal:
        form.add_error("file", " ".join(refusal.reasons))
        return None
    later.check(request.user, batch, request.moment)
    return redirect("batch", batch.pk)
