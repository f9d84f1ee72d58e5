"""Who is expected to declare: a site's episodes, and the three things that somebody can say of them."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from office.asking import ask
from office.door import Refused, Replayed, Stale, write
from partstrack.pages import Page
from partstrack.periods import shift
from production import expecting, pictures, standings, volumes
from production.episodes import episodes, stamp
from production.forms import ConfirmForm, LeaveForm, PauseForm
from production.models import Reminder
from suppliers.models import Site


def _site(request, code):
    return get_object_or_404(Site.objects.visible_to(request.user).select_related("firm"), code=code)


def _asked(request, site):
    """Return the question about a site, in the situation of ?as-of=."""
    return ask(request.user, request.moment, {"as-of": request.GET.get("as-of", "")}, {"site": site.code})


class ExpectedPage(Page):
    """A site: since when it declares, its pauses, what it declared of before it joined, how it was reminded."""

    def get(self, request, site):
        """Show the site, or 404 when it is not theirs."""
        site = _site(request, site)
        asked = _asked(request, site)
        known = episodes(asked, site)
        joined = standings.joined(asked.version).get(site.pk)
        outside = volumes.outside(asked, [site.pk]).get(site.pk, [])
        seen = Site.objects.visible_to(request.user).select_related("firm")
        context = {
            "site": site,
            "asked": asked,
            "episodes": known,
            "assumed": any(each.kind == "assumed" for each in known),
            "joined": joined,
            "outside": outside,
            "units": pictures.names("unit", [unit for unit, *_rest in outside]),
            "outside_to": shift(joined, -1) if joined else None,
            "goes_on": seen.filter(continues=site).first(),
            "continues": seen.filter(pk=site.continues_id).first(),
            "reminders": Reminder.objects.visible_to(request.user).filter(site=site).select_related("author")[:20],
            "may_enter": request.user.may("enter"),
            "trail": [(site.name_in(get_language()), "")],
        }
        return render(request, "production/expected.html", context)


class ExpectPage(Page):
    """Confirm from which month a site declares, that it leaves, or that it pauses."""

    right = "enter"
    FORMS = {"confirm": ConfirmForm, "leave": LeaveForm, "pause": PauseForm}
    TITLES = {
        "confirm": gettext_lazy("Confirm from which month it declares"),
        "leave": gettext_lazy("It leaves: it declares no more"),
        "pause": gettext_lazy("It pauses for some months"),
    }

    def get(self, request, site, what):
        """Show the form; ?first=YYYY-MM fills it in."""
        site = self._known(request, site, what)
        form = self.FORMS[what](version=stamp(site), initial={"first": request.GET.get("first", "")})
        return self._show(request, site, what, form)

    def post(self, request, site, what):
        """Write; 400 without key or version, 409 when somebody was quicker."""
        site = self._known(request, site, what)
        form = self.FORMS[what](request.POST, version=stamp(site))
        if not form.proven():
            raise BadRequest("The form came without its key or version.")
        if not form.is_valid():
            return self._show(request, site, what, form)
        data = form.cleaned_data
        try:
            with write(request.user, data.get("reason", ""), data["key"]) as door:
                expecting.take_turn(site, data["version"])
                self._write(door, request.user, site, what, data)
        except Stale:
            return self._conflict(request, site, what)
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.reasons))
            return self._show(request, site, what, form)
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            messages.success(request, _("Saved."))
        return redirect("site_expected", site.code)

    def _known(self, request, code, what):
        if what not in self.FORMS:
            raise Http404
        return _site(request, code)

    def _write(self, door, user, site, what, data):
        if what == "confirm":
            expecting.expect(door, site, data["first"], by=user)
        elif what == "leave":
            expecting.excuse(door, site, shift(data["last"], 1), None, data["reason"], user)
        else:
            expecting.excuse(door, site, data["first"], data["last"], data["reason"], user)

    def _conflict(self, request, site, what):
        """Show what stands now beside what was typed; sending again writes over what stands now."""
        data = request.POST.copy()
        data["version"] = str(stamp(site))
        return self._show(request, site, what, self.FORMS[what](data, version=stamp(site)), status=409)

    def _show(self, request, site, what, form, status=200):
        context = {
            "site": site,
            "title": self.TITLES[what],
            "trail": [
                (site.name_in(get_language()), reverse("site_expected", args=[site.code])),
                (self.TITLES[what], ""),
            ],
            "form": form,
            "conflict": status == 409,
            "episodes": episodes(_asked(request, site), site),
        }
        return render(request, "production/expect.html", context, status=status)
