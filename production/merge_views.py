"""Merging two references of a supplier: first what would move is shown, then it is done, with a reason."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.door import Refused, Replayed, write
from office.forms import fresh_key
from partstrack.pages import Page
from production import merging
from production.merge_forms import MergeForm
from suppliers.models import Supplier


class PartMerge(Page):
    """Merge a double reference of a supplier into the one that is kept."""

    right = "enter"

    def get(self, request, code):
        """Ask for two references; with both in the address, show what would move and what stands against it."""
        firm = self._firm(request, code)
        form = MergeForm(request.GET if request.GET else None, firm=firm)
        return self._show(request, firm, form)

    def post(self, request, code):
        """Merge once; 400 without its key."""
        firm = self._firm(request, code)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        form, reason = MergeForm(request.POST, firm=firm), request.POST.get("reason", "").strip()
        if not form.is_valid():
            return self._show(request, firm, form)
        if not reason:
            return self._show(request, firm, form, [_("Say why: the reason stays in the history.")])
        merged, kept = form.cleaned_data["merged"], form.cleaned_data["kept"]
        try:
            with write(request.user, reason, request.POST["key"]) as door:
                merging.merge(door, request.user, merged, kept, reason)
        except Refused as refusal:
            return self._show(request, firm, form, refusal.reasons, reason)
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            said = _("%(merged)s is now another name of %(kept)s.")
            messages.success(request, said % {"merged": merged, "kept": kept})
        return redirect(f"{reverse('line_list')}?{urlencode({'part': f'{firm.code}:{kept.reference}'})}")

    def _firm(self, request, code):
        return get_object_or_404(Supplier.objects.visible_to(request.user), firm__code=code).firm

    def _show(self, request, firm, form, against=None, reason=""):
        context = {
            "firm": firm,
            "form": form,
            "against": against or [],
            "reason": reason,
            "hidden": {"key": fresh_key()},
            "trail": [
                (firm.name_in(get_language()), reverse("supplier", args=[firm.code])),
                (_("Merge two references"), ""),
            ],
        }
        if form.is_bound and form.is_valid():
            context |= self._preview(request.user, **form.cleaned_data)
            context["against"] = against or context["reasons"]
        return render(request, "production/part_merge.html", context)

    def _preview(self, user, merged, kept):
        return {
            "merged": merged,
            "kept": kept,
            "reasons": merging.reasons_against(user, merged, kept),
            "moves": merging.moves(merged, kept),
            "hidden": {"key": fresh_key(), "merged": merged.reference, "kept": kept.reference},
        }
