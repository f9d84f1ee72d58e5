"""Ending one's sessions in other browsers: one of them, or all."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.sessions import end, others


class OtherSessions(View):
    """End one's sessions in all other browsers."""

    def post(self, request):
        """End them and say how many there were."""
        ended = others(request)
        end(ended)
        words = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", len(ended))
        messages.success(request, words % {"count": len(ended)})
        return redirect("me")


class OneSession(View):
    """End one of one's sessions in other browsers."""

    def post(self, request, mark):
        """End it; 404 when it is not theirs, or has ended."""
        chosen = [each for each in others(request) if each.mark == mark]
        if not chosen:
            raise Http404
        end(chosen)
        messages.success(request, _("That browser is signed out."))
        return redirect("me")
