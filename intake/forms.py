"""What is asked when a file is uploaded, and what is answered when it raises a question."""

from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm
from catalogue.models import Part, Unit
from intake import senders
from intake.models import Channel, Repair, SenderProfile
from intake.reception import Reception
from office.forms import Day, WriteForm
from partstrack import registry

NEW = "+"
MARKS = [
    ("comma", _("Comma: 2,875 is less than three; 2.875 is 2875")),
    ("dot", _("Point: 2.875 is less than three; 2,875 is 2875")),
]
What = Repair.What


class UploadForm(forms.Form):
    """A file, whose it is, and what it counts when it does not say so."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A workbook (.xlsx, .xls, .ods) or a .csv file, as the supplier sends it. One row a part, one column a month; or one row a part and month."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    supplier = forms.ChoiceField(label=_("Supplier"), required=False)
    supplier_code = forms.RegexField(
        CODE,
        label=_("Code of the new supplier"),
        required=False,
        max_length=40,
        error_messages={"invalid": _("A code has letters, digits, dots, dashes or underscores only.")},
    )
    supplier_name = forms.CharField(label=_("Name of the new supplier"), required=False, max_length=160)
    create = forms.BooleanField(label=_("Create the suppliers and references that are not known yet"), required=False)
    measure = forms.ChoiceField(label=_("What an unnamed column counts"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        help_text=_("Needed only when the file changes a closed month."),
    )

    def __init__(self, *args, user, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("key", uuid4().hex)
        firms = Firm.objects.visible_to(user).filter(supplier__isnull=False).order_by("name", "pk")
        named = [(firm.code, firm.name_in(get_language())) for firm in firms]
        doors = [("", _("The file names its suppliers"))] + ([(NEW, _("A new supplier…"))] if user.may("enter") else [])
        self.fields["supplier"].choices = doors + named
        self.fields["measure"].choices = [("", _("As the file says, else produced")), *_measures(kind)]
        if not user.may("enter"):
            for name in ("supplier_code", "supplier_name", "create"):
                del self.fields[name]
        if len(named) == 1 and not user.may("enter"):
            self.initial.setdefault("supplier", named[0][0])

    def clean_file(self):
        """Refuse files over the limit by their declared size; the desk counts the bytes again."""
        file = self.cleaned_data["file"]
        file.name = PurePath(file.name).name
        return file

    def clean(self):
        """A new supplier needs a code that nobody has."""
        data = super().clean()
        if data.get("supplier") == NEW:
            code = data.get("supplier_code")
            if not code and "supplier_code" not in self.errors:
                self.add_error("supplier_code", _("Give the new supplier a code."))
            elif Firm.objects.filter(code=code).exists():
                self.add_error("supplier_code", _("This code is taken: choose that supplier, or another code."))
        return data

    def options(self):
        """Return what the desk is told."""
        data = self.cleaned_data
        fresh = data.get("supplier") == NEW
        return {
            "supplier": data["supplier_code"] if fresh else data.get("supplier"),
            "supplier_name": data.get("supplier_name") if fresh else "",
            "create": True if fresh or data.get("create") else "",
            "measure": data.get("measure"),
            "reason": data.get("reason"),
        }


class ReceptionForm(forms.Form):
    """How something reached us. Who declares for their own firm sends it themselves, today: they give a proof only."""

    received_on = forms.DateField(
        label=_("Received on"), widget=Day, help_text=_("The day on which it reached us, not the day of typing.")
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", "–"), *Channel.choices])
    sender = forms.CharField(label=_("Sent by"), required=False, max_length=160)
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("A scan or a photo of what was sent: PDF or image."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.eml,.msg"}),
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("received_on", today)
        if not user.may("enter"):
            for name in ("received_on", "channel", "sender"):
                del self.fields[name]

    def clean_received_on(self):
        """Nothing is received in the future."""
        day = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def reception(self, **known):
        """Return the Reception that was said; `known`: what stands in its place where nothing was said."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Reception(**{**known, **said})


class AnswersForm(forms.Form):
    """What may be said about the whole of a refused file to mend it without sending it again."""

    create = forms.BooleanField(label=_("Create the suppliers and references that are not known yet"), required=False)
    reason = forms.CharField(label=_("Reason of the change"), required=False, max_length=400)

    def __init__(self, *args, user, batch, **kwargs):
        super().__init__(*args, initial={name: batch.options.get(name) for name in ("create", "reason")}, **kwargs)
        if not user.may("enter"):
            del self.fields["create"]


class RepairForm(forms.Form):
    """One repair of a file: what, where, with which value, why. `problem`: what waits at the place, None for none."""

    key = forms.CharField(max_length=64)
    what = forms.ChoiceField(choices=Repair.What)
    value = forms.CharField(required=False, max_length=400)
    part = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=400)

    def __init__(self, *args, user, problem, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.problem = user, problem

    def clean(self):
        """The repair must be one that mends this place, and say what it needs."""
        data = super().clean()
        what, problem = data.get("what"), self.problem
        if problem is None:
            raise forms.ValidationError(_("Nothing waits at this place any more. Nothing was changed."))
        if what not in problem.doors or (what == What.CREATE and not self.user.may("enter")):
            raise forms.ValidationError(_("This repair does not fit this place. Nothing was changed."))
        if what in Repair.PLACED and not data.get("reason"):
            raise forms.ValidationError(_("Say why: the reason is kept with the repair."))
        if what == What.DECIMAL and data.get("value") not in ("comma", "dot"):
            raise forms.ValidationError(_("Choose how these numbers are to be read."))
        if what == What.PART:
            parts = Part.objects.visible_to(self.user).living()
            data["part"] = parts.filter(pk=data.get("part") or 0).first()
            if data["part"] is None:
                raise forms.ValidationError(_("Choose the part that this reference means."))
        return data

    def said(self):
        """Return the fields of the repair."""
        data, problem = self.cleaned_data, self.problem
        place = {"sheet": problem.sheet, "row": problem.row, "column": problem.column}
        if data["what"] == What.CELL:
            return {**place, "was": problem.value, "value": data["value"], "reason": data["reason"]}
        if data["what"] == What.DROP:
            return {**place, "column": "", "was": problem.value, "reason": data["reason"]}
        if data["what"] == What.CONFIRM:
            expected = problem.said["expected"]
            return {**place, "was": expected, "value": problem.value, "reason": data["reason"]}
        if data["what"] == What.DECIMAL:
            return {"was": problem.value, "value": data["value"], "reason": data["reason"]}
        return {"value": problem.value, "firm": problem.firm, "part": data["part"], "reason": data["reason"]}


class SenderForm(WriteForm):
    """What is remembered of a sender's files: answers that are not asked again."""

    decimal = forms.ChoiceField(
        label=_("Decimal mark of its files"),
        required=False,
        choices=[("", _("Ask when a number can be read in two ways")), *MARKS],
    )
    measure = forms.ChoiceField(label=_("What an unnamed column counts"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, help_text=_("Used when neither the file nor a row says its unit.")
    )

    class Meta:
        model = SenderProfile
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = registry.kind(self.instance.kind)
        units = [(unit.pk, unit.name_in(get_language())) for unit in Unit.objects.all()]
        self.fields["measure"].choices = [("", _("As the file says, else produced")), *_measures(kind)]
        self.fields["unit"].choices = [("", _("The unit of the part, else the piece")), *units]
        self.initial |= self.instance.answers

    def proven(self):
        """A fresh row that somebody else wrote meanwhile is a conflict that shows both, not a wrong call."""
        return bool(self.data.get("key"))

    def clean_version(self):
        """Without the version that was read, nothing that is saved may be overwritten."""
        return self.cleaned_data["version"] or 0

    def save_row(self):
        """Keep the answers that were given; one that is empty is forgotten."""
        said = {name: self.cleaned_data[name] for name in senders.ANSWERS}
        self.instance.answers = {name: value for name, value in said.items() if value}
        return super().save_row()


def _measures(kind):
    return [(field.name, field.title) for field in kind.fields if field.role == "measure"]


def kinds():
    """Return the kinds of file as choices."""
    return [(kind.name, kind.title) for kind in registry.all_of("kinds")]
