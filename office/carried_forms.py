"""The forms of a note and of a document."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from office.attachments import check
from office.door import Refused
from office.forms import WriteForm
from office.models import Document, Note


class _Form(WriteForm):
    """A note or a document of somebody: a supplier's user writes nothing internal."""

    def narrow(self, user):
        """Leave out what is not theirs to choose."""
        if scope(user) is not None:
            del self.fields["internal"]
            self.instance.internal = False


class NoteForm(_Form):
    """A note."""

    class Meta:
        model = Note
        fields = ("text", "internal")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class DocumentForm(_Form):
    """A document; its file is given once and never replaced: another file is another document."""

    file = forms.FileField(label=_("File"))

    class Meta:
        model = Document
        fields = ("file", "title", "type", "valid_from", "valid_to", "internal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]

    def clean_file(self):
        """Refuse what is no document before anything is written."""
        try:
            check(self.cleaned_data["file"])
        except Refused as refused:
            raise forms.ValidationError(refused.reasons) from refused
        return self.cleaned_data["file"]
