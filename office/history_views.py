"""The history of a thing, and the doors that archive it and bring it back."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.door import Refused, Replayed, Stale, guarded, write
from office.forms import fresh_key
from office.history import story
from office.things import thing
from partstrack.pages import Page

MOST_PAGES = 10_000


class HistoryPage(Page):
    """Who changed a thing, when, why, and what was before and after; the newest first."""

    right = "any"

    def get(self, request, kind, key):
        """Show a page of the story."""
        history, row = thing(request, kind, key)
        return self.show(request, history, row, key)

    def show(self, request, history, row, key, status=200, **context):
        """Answer with the story; `context` says what was refused."""
        number = _number(request.GET.get("page", ""))
        entries, older = story(request.user, history.parts(row), number)
        name = row.name_in(get_language()) if hasattr(row, "name_in") else str(row)
        context |= {
            "name": name,
            "row": row,
            "kind": history.kind,
            "thing_key": key,
            "told": entries,
            "number": number,
            "older": number + 1 if older else None,
            "newer": number - 1 if number > 1 else None,
            "archives": history.archives and request.user.may("enter"),
            "archive_hidden": _hidden(row) if history.archives else {},
            "trail": [(name, history.url(row)), (_("History"), "")],
        }
        return render(request, "office/history.html", context, status=status)


def _number(text):
    number = int(text) if text.isdecimal() and len(text) < 9 else 1
    if number > MOST_PAGES:
        raise Http404
    return max(number, 1)


def _hidden(row):
    return {"key": fresh_key(), "version": row.version, "archived": "no" if row.archived_at else "yes"}


class Archive(HistoryPage):
    """Archive a thing or bring it back, with the reason."""

    right = "enter"
    http_method_names = ["post"]

    def post(self, request, kind, key):
        """Write and lead back; 400 without key and version, 409 when somebody was quicker."""
        sent = request.POST
        if not sent.get("key") or not sent.get("version", "").isdecimal() or sent.get("archived") not in ("yes", "no"):
            raise BadRequest("The form came without its key, its version or what to do.")
        history, row = thing(request, kind, key)
        if not history.archives:
            raise Http404
        reason = sent.get("reason", "").strip()
        if not reason:
            return self.show(request, history, row, key, 422, refused=_("Say why: the reason stays in the history."))
        try:
            self._write(request, row, reason)
        except Replayed:
            pass
        except Stale as stale:
            return self.show(request, history, stale.current, key, 409, overtaken=True, reason=reason)
        except Refused as refused:
            return self.show(request, history, row, key, 422, refused=str(refused))
        return redirect("history", kind, key)

    def _write(self, request, row, reason):
        sent = request.POST
        with write(request.user, reason, sent["key"]) as door:
            row.archived_at = door.at if sent["archived"] == "yes" else None
            guarded(row, int(sent["version"]))
        messages.success(request, _("Archived.") if row.archived_at else _("Restored."))
