"""The form of a rule of calculation, with its steps written line by line."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from integration.models import Policy, PolicyStep
from office.forms import WriteForm
from partstrack.numbers import Ambiguous, NotANumber, parse_number, plain

LINE = re.compile(r"^\s*(\d{1,3})\s*[:;=→>-]+\s*(.+?)\s*%?\s*$")


class PolicyForm(WriteForm):
    """A version of a rule. A new version is a new row: what was counted under another one stays."""

    ladder = forms.CharField(
        label=_("Steps"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
        help_text=_("One line each: months after the approval, a colon, the minimum rate, as in “24 : 10”."),
    )
    left_out = forms.MultipleChoiceField(
        label=_("Left out, on both sides"),
        required=False,
        choices=[choice for choice in Policy.Nature.choices if choice[0] != Policy.Nature.ITEM],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Policy
        fields = [
            "code",
            "method",
            "edition",
            "market",
            "valid_from",
            "source",
            "ladder",
            "left_out",
            "tier2",
            "default_import",
            "declared_most",
            "covered_only",
            "missed_months",
            "missed_cut",
            "missed_freeze",
            "missed_source",
            "note_fr",
            "note_ar",
            "note_en",
        ]
        help_texts = {
            "market": _(
                "The country whose law it is. Empty: an agreement of several countries, counted only when it is asked for."
            ),
            "default_import": _("For local items whose content is not known. Empty: the rate is a span."),
            "declared_most": _("Points that may rest on declarations that nobody checked. Empty: no ceiling."),
            "covered_only": _("An item counts only while every certificate and approval that it rests on is in force."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            steps = self.instance.steps.order_by("months_after_approval", "pk")
            self.initial["ladder"] = "\n".join(f"{s.months_after_approval} : {plain(s.minimum_rate)}" for s in steps)

    def clean_ladder(self):
        """Read the steps. ValidationError: a line that is no step, months twice."""
        steps = {}
        for number, line in enumerate(self.cleaned_data["ladder"].splitlines(), 1):
            if not line.strip():
                continue
            months, rate = self._step(number, line)
            if months in steps:
                raise ValidationError(
                    _("Line %(line)d: %(months)d months are said twice."), params={"line": number, "months": months}
                )
            steps[months] = rate
        self.steps = steps
        return self.cleaned_data["ladder"]

    def _step(self, number, line):
        found = LINE.match(line)
        try:
            rate = parse_number(found[2]) if found else None
        except (Ambiguous, NotANumber):
            rate = None
        if rate is None or not 0 < rate <= 100:
            said = _("Line %(line)d is no step: write months, a colon and a rate above 0 up to 100, as in “24 : 10”.")
            raise ValidationError(said, params={"line": number})
        return int(found[1]), rate

    def save_row(self):
        """Write the rule and its steps."""
        policy = super().save_row()
        kept = {step.months_after_approval: step for step in policy.steps.all()}
        for months, rate in self.steps.items():
            step = kept.pop(months, None)
            if step is None:
                PolicyStep.objects.create(policy=policy, months_after_approval=months, minimum_rate=rate)
            elif step.minimum_rate != rate:
                PolicyStep.objects.filter(pk=step.pk).update(minimum_rate=rate)
        PolicyStep.objects.filter(pk__in=[step.pk for step in kept.values()]).delete()
        return policy
