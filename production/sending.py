"""A file is sent from a page of its kind: it is kept, checked at once, and shown as a preview like any other file."""

from django.shortcuts import redirect

from intake import desk, later
from office.door import Refused, Replayed


def sent(request, kind, form):
    """Take the file of a form and lead to its preview; None when the form says what is wrong.

    The form has `file` and `key` and tells the desk `options()`. The same sending twice leads to the same file.
    """
    if not form.is_valid():
        return None
    file, key = form.cleaned_data["file"], form.cleaned_data["key"]
    try:
        batch = desk.receive(request.user, kind, file.name, file.chunks(), form.options(), request.moment, key)
    except Replayed as before:
        return redirect("batch", int(before.result))
    except Refused as refusal:
        form.add_error("file", " ".join(refusal.reasons))
        return None
    later.check(request.user, batch, request.moment)
    return redirect("batch", batch.pk)
