"""Notes and documents on a thing: read by whoever sees it, written by who enters or declares, changed by their author."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from office.attachment_views import given
from office.attachments import attach
from office.carried_forms import DocumentForm, NoteForm
from office.entry import EntryPage
from office.models import Document, Note
from office.things import thing
from partstrack.pages import Page

MOST = 200  # notes and documents that a page shows


def carried(user, kind, row, most=MOST):
    """Return the newest notes and documents of a thing that this person may read, with the days and names of each."""
    notes = Note.objects.about(kind, row).visible_to(user).select_related("author")[:most]
    documents = Document.objects.about(kind, row).visible_to(user).select_related("author", "attachment")[:most]
    return {"notes": notes, "documents": documents}


def _name(row):
    return row.name_in(get_language()) if hasattr(row, "name_in") else str(row)


class CarriedPage(Page):
    """All notes and documents of a thing."""

    right = "any"

    def get(self, request, kind, key):
        """Show them, the newest first."""
        history, row = thing(request, kind, key)
        context = {
            "kind": kind,
            "thing_key": key,
            "name": _name(row),
            "may_write": request.user.may("upload"),
            "house": scope(request.user) is None,
            "trail": [(_name(row), history.url(row)), (_("Notes and documents"), "")],
            **carried(request.user, kind, row),
        }
        return render(request, "office/carried.html", context)


class _Entry(EntryPage):
    """The form of a note or a document of the thing that the address names."""

    right = "upload"
    model = None

    def row(self, request, kind, key, number=None):
        """Return a new one, or one's own; that of somebody else is 404."""
        history, about = thing(request, kind, key)
        self.way = (_name(about), history.url(about))
        if number is None:
            return self.model(kind=kind, subject=about.pk, author=request.user)
        own = self.model.objects.about(kind, about).visible_to(request.user).filter(author=request.user)
        return get_object_or_404(own, pk=number)

    def address(self, row):
        """Lead to what the thing carries."""
        return reverse("carried", args=[self.kwargs["kind"], self.kwargs["key"]])

    def above(self, row):
        """Name the thing and the page of what it carries."""
        return [self.way, (_("Notes and documents"), self.address(row))]


class NoteEntry(_Entry):
    """Write a note, or change one's own."""

    model = Note
    form_class = NoteForm
    title_new = _("New note")
    title_edit = _("Change the note")

    def save(self, door, user, form):
        """Date it: when it was written, and when it was changed last."""
        note = form.instance
        note.at, note.changed_at = (note.at, door.at) if note.pk else (door.at, None)
        return form.save_row()


class DocumentEntry(_Entry):
    """Attach a document, or change what is said of one's own."""

    model = Document
    form_class = DocumentForm
    title_new = _("New document")
    title_edit = _("Change the document")

    def more(self, request):
        """Take the file along."""
        return {"files": request.FILES or None}

    def save(self, door, user, form):
        """Keep the file once, whatever it is attached to, and date the document."""
        document = form.instance
        if not document.pk:
            document.at = door.at
            document.attachment = attach(door, user, None, form.cleaned_data["file"])
        return form.save_row()


class DocumentFile(Page):
    """The file of a document, always as a download, for who may see the thing and the document."""

    right = "any"

    def get(self, request, kind, key, number):
        """Give the file and log it; 404 when there is none or it is not theirs."""
        _history, row = thing(request, kind, key)
        documents = Document.objects.about(kind, row).visible_to(request.user).select_related("attachment")
        return given(request, get_object_or_404(documents, pk=number).attachment)
