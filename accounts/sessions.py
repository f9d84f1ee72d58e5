"""One's sessions: in which browser, when last used; ended one by one or all together.

A page names a session by a mark: its key is what a browser shows to be let in, and leaves the base for nobody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

# What a browser says of itself contains; the first that fits tells it: Edge says Chrome too, and Chrome says Safari.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome"} | {
    "SamsungBrowser": "Samsung Internet",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS"} | {
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Sitting:
    """A session as its person reads it: the mark that ends it, the browser and the system, when it began and was last used."""

    key: str
    device: list
    began: datetime | None
    used: datetime | None

    @property
    def mark(self):
        """Return what addresses say instead of the key."""
        return salted_hmac("accounts.sessions", self.key).hexdigest()[:24]


def device(said):
    """Return [browser, system] of what a browser says of itself; "" where it is none that is known."""
    return [next((name for sign, name in names.items() if sign in said), "") for names in (BROWSERS, SYSTEMS)]


def others(request):
    """Return this person's living sessions but this one, the last used first."""
    living = [each for each in sessions_of(request.user) if each.key != request.session.session_key]
    return sorted(living, key=lambda each: (each.used is None, each.used and -each.used.timestamp(), each.key))


def sessions_of(person):
    """Return the living sessions of a person."""
    found = []
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("pk"):
        kept = session.get_decoded()
        if kept.get("_auth_user_id") == str(person.pk):
            found.append(
                Sitting(session.pk, kept.get("device", ["", ""]), _at(kept.get("began")), _at(kept.get("used")))
            )
    return found


def end(sittings):
    """End sessions: their browsers are out at the next request."""
    Session.objects.filter(pk__in=[each.key for each in sittings]).delete()


def _at(seconds):
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
