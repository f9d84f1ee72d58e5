"""From a form to that of a thing it names and back: what was typed waits in the address, the new thing comes back chosen.

The outward address says `back` (the form one comes from), `field` (of that form) and `typed` (what it held); the way back
adds `given` (what was typed) and `added` (field:key). Nothing is kept in a session, and nothing of the first form is saved.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

UNSENT = ("csrfmiddlewaretoken", "key", "detour")
RETURN = ("given", "added")


@dataclass(frozen=True)
class Detour:
    """Where one comes from: the address of the form, the field that waits, what was typed."""

    back: str
    field: str
    typed: str

    def address(self, key=None):
        """Return the way back; `key`: of the thing that was added."""
        added = {} if key is None else {"added": f"{self.field}:{key}"}
        return f"{self.back}{'&' if '?' in self.back else '?'}{urlencode({'given': self.typed, **added})}"


def detour(request):
    """Return the Detour that an address says, None when it says none or one that leads elsewhere."""
    back, field = request.GET.get("back", ""), request.GET.get("field", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return None
    try:
        resolve(back.partition("?")[0])
    except Resolver404:
        return None
    return Detour(back, field, request.GET.get("typed", ""))


def outward(request, name, field):
    """Return the address of the form `name` of a thing that a field waits for, with what was typed so far."""
    here, typed = request.GET.copy(), request.POST.copy()
    for word in RETURN:
        here.pop(word, None)
    for word in UNSENT:
        typed.pop(word, None)
    back = f"{request.path}?{here.urlencode()}" if here else request.path
    return f"{reverse(name)}?{urlencode({'back': back, 'field': field, 'typed': typed.urlencode()})}"


def refill(form, said):
    """Fill an empty form with what was typed before a detour, and choose what was added; the version read stays."""
    typed = QueryDict(said["given"])
    for name, field in form.fields.items():
        if not field.disabled and name != "key":
            form.initial[name] = field.widget.value_from_datadict(typed, {}, name)
    name, _colon, key = said.get("added", "").partition(":")
    if key and name in form.fields:
        many = getattr(form.fields[name].widget, "allow_multiple_selected", False)
        form.initial[name] = [*(form.initial[name] or ()), key] if many else key
