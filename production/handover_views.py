"""Handing a site over to another supplier: first what would move is shown, then it is done, with a reason."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.door import Refused, Replayed, write
from office.forms import fresh_key
from partstrack.pages import Page
from partstrack.periods import to_iso
from production import handover
from production.handover_forms import HandoverForm
from suppliers.models import Site


class SiteHandover(Page):
    """Give a site to another supplier from a month on."""

    right = "enter"

    def get(self, request, site):
        """Ask for supplier, month and code; with them in the address, show what would move and what stands against it."""
        site = self._site(request, site)
        form = HandoverForm(request.GET or None, user=request.user, site=site, initial={"papers": True})
        return self._show(request, site, form)

    def post(self, request, site):
        """Hand over once; 400 without its key."""
        site = self._site(request, site)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        form, reason = HandoverForm(request.POST, user=request.user, site=site), request.POST.get("reason", "").strip()
        try:
            with write(request.user, reason, request.POST["key"]) as door:
                if not form.is_valid():
                    raise Refused
                if not reason:
                    raise Refused(_("Say why: the reason stays in the history."))
                new = handover.hand_over(door, request.user, site, why=reason, **form.cleaned_data)
        except Refused as refusal:
            return self._show(request, site, form, refusal.reasons, reason)
        except Replayed:
            messages.info(request, _("This was already done."))
            return redirect("site_expected", site.code)
        said = _("%(site)s is a site of %(firm)s from now on, under the code %(code)s.")
        names = {"site": site.name_in(get_language()), "firm": new.firm.name_in(get_language()), "code": new.code}
        messages.success(request, said % names)
        return redirect("site_expected", new.code)

    def _site(self, request, code):
        sites = Site.objects.visible_to(request.user).living().select_related("firm")
        return get_object_or_404(sites, code=code)

    def _show(self, request, site, form, against=(), reason=""):
        context = {
            "site": site,
            "form": form,
            "against": against,
            "reason": reason,
            "trail": [
                (site.name_in(get_language()), reverse("site_expected", args=[site.code])),
                (_("Hand over to another supplier"), ""),
            ],
        }
        if form.is_bound and form.is_valid():
            context |= self._preview(request.user, site, form.cleaned_data)
            context["against"] = against or context["reasons"]
        return render(request, "production/site_handover.html", context)

    def _preview(self, user, site, said):
        firm, month = said["firm"], said["month"]
        hidden = {"key": fresh_key(), "firm": firm.code, "month": to_iso(month), "code": said["code"]}
        return {
            "firm": firm,
            "month": month,
            "reasons": handover.reasons_against(user, site, firm, month),
            "moves": handover.moves(site, firm, month),
            "carried": said["papers"],
            "hidden": hidden | ({"papers": "on"} if said["papers"] else {}),
        }
