"""The calculator of rates: any method on typed numbers, or on a list of items that is read and not kept."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from integration.calculating import FIELDS, items_of
from integration.component_tables import WHY
from integration.methods import METHODS, Refused, listed, worked
from integration.models import Policy
from office.forms import Amount
from partstrack.numbers import Ambiguous, NotANumber, parse_number
from partstrack.pages import Page

SHOWN = 100


class Several(forms.CharField):
    """Several numbers, with semicolons, spaces or line ends between them."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "ltr", "inputmode": "decimal"})

    def clean(self, value):
        """Return the numbers, None where nothing is written."""
        text = super().clean(value)
        numbers = []
        for each in text.replace(";", "\n").splitlines():
            if not each.strip():
                continue
            try:
                numbers.append(parse_number(each.strip()))
            except Ambiguous:
                said = _("“%(text)s” can be read in two ways: write it without a mark of thousands, as 20000 or 20.50.")
                raise forms.ValidationError(said, params={"text": each.strip()}) from None
            except NotANumber:
                raise forms.ValidationError(_("“%(text)s” is no number."), params={"text": each.strip()}) from None
        return numbers or None


class ItemsForm(forms.Form):
    """A list of items to count."""

    file = forms.FileField(
        label=_("A list of items"),
        help_text=_("A workbook or a .csv file: one row for each item. It is read and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    rule = forms.ChoiceField(label=_("Rule"), required=False)

    def __init__(self, *args, method, **kwargs):
        super().__init__(*args, **kwargs)
        rules = Policy.objects.filter(method=method.name)
        plain = [("", _("The method as it stands"))]
        self.fields["rule"].choices = [*plain, *((rule.code, rule.edition) for rule in rules)]


def form_of(method, data):
    """Return the form of the numbers of a method."""
    form = forms.Form(data)
    for number in method.numbers:
        if number.many:
            field = Several(required=number.needed, label=number.title, help_text=_("One on each line."))
        else:
            field = Amount(required=number.needed, label=number.title, max_digits=24, decimal_places=9)
        form.fields[number.name] = field
    return form


class Calculator(Page):
    """Choose a method, type its numbers, read the rate with its working. The numbers are in the address."""

    def get(self, request):
        """Show the method of ?method=, and its result when its numbers are there."""
        method = METHODS.get(request.GET.get("method", ""), METHODS["algeria_2023"])
        asked = any(number.name in request.GET for number in method.numbers)
        form, found = form_of(method, request.GET if asked else None), None
        if asked and form.is_valid():
            try:
                found = worked(method, form.cleaned_data)
            except Refused as refusal:
                form.add_error(
                    refusal.name if refusal.name in form.fields else None, f"{refusal.reason} {refusal.remedy}"
                )
        return self._show(request, method, form, found)

    def post(self, request):
        """Count the items of a file under the method; nothing of it is kept."""
        method = METHODS.get(request.POST.get("method", ""), METHODS["algeria_2023"])
        sent = ItemsForm(request.POST, request.FILES, method=method)
        found = counted = None
        faults = []
        if sent.is_valid():
            file = sent.cleaned_data["file"]
            items, faults = items_of(file.chunks(), file.name, request.user)
            rule = Policy.objects.filter(code=sent.cleaned_data["rule"]).first()
            try:
                found, counted = (None, None) if faults else listed(method, items, rule.rule if rule else None)
            except Refused as refusal:
                sent.add_error(None, f"{refusal.reason} {refusal.remedy}")
        return self._show(request, method, form_of(method, None), found, sent, faults, counted)

    def _show(self, request, method, form, found, sent=None, faults=(), counted=None):
        lines = sorted(counted.lines, key=lambda line: (-line.low, -line.high)) if counted else []
        context = {
            "method": method,
            "methods": [(each.name, each.title, each is method) for each in METHODS.values()],
            "form": form,
            "items_form": sent or (ItemsForm(method=method) if method.rule else None),
            "found": found,
            "faults": faults[:SHOWN],
            "fault_count": len(faults),
            "lines": [(line, counted.points(line), WHY[line.why]) for line in lines[:SHOWN]],
            "line_count": len(lines),
            "columns": [field.title for field in FIELDS],
        }
        return render(request, "integration/calculator.html", context)
