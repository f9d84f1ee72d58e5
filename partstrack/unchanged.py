"""A page that has not changed for this person is answered by 304: the browser shows what it has.

The mark (ETag) is made of everything that such a page shows: the address, the language, who asks in which session with which
rights and firms, the token of its forms, the day, the state of the data, unseen notices, the code. The state of the data is read before the
data: a page that is newer than its mark is sent once more, never the other way round. A page with a message is not marked.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

KINDS = {".py", ".html", ".mo"}


def mark(request, *more):
    """Return the ETag of a page, "" when it must not have one. `more`: what else the page shows, besides the data."""
    if request.method not in ("GET", "HEAD") or "format" in request.GET or len(get_messages(request)):
        return ""
    user, moment = request.user, request.moment
    get_token(request)  # so that the page sets the cookie of its forms, whether it is sent or not
    shown = (
        request.get_full_path(),
        get_language(),
        (
            user.pk,
            str(user),
            sorted(user.roles),
            user.is_superuser,
            sorted(user.sees() or ()),
            user.sees() is None,
            request.session.session_key,
        ),
        request.META["CSRF_COOKIE"],
        (moment.data, moment.today, moment.demo, str(getattr(request, "unseen", 0))),
        request.headers.get("HX-Request", ""),
        _code(),
        more,
    )
    return f'W/"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'


def same(request, etag):
    """Return the answer "what you have is right" when the browser has the page of this ETag, else None."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return marked(HttpResponseNotModified(), etag) if etag and etag in known else None


def marked(response, etag):
    """Give a page its ETag: the browser may keep it for itself, and asks each time whether it is still right."""
    if etag and response.status_code in (200, 304) and not response.streaming:
        response.headers["ETag"] = etag
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


@cache
def _code():
    """Return what tells this code from the code of yesterday: the same in every process."""
    root = Path(settings.BASE_DIR)
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == root]
    files = [path for folder in (*ours, root / "templates", root / "locale") for path in folder.rglob("*.*")]
    stamps = [path.stat().st_mtime_ns for path in files if path.suffix in KINDS]
    return len(stamps), max(stamps), str(staticfiles_storage.url("partstrack.js"))
