"""The one write door. Whatever changes business data goes through `with write(user, reason, key):`."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office import clock
from office.models import Key, Ledger, Write

LONGEST_REASON = Write._meta.get_field("reason").max_length


class Refused(Exception):
    """The action cannot be done. `reasons` are sentences for people: what is wrong and what to do."""

    def __init__(self, *reasons):
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = [str(reason) for reason in reasons]


class Replayed(Exception):
    """This form was already sent and written. `result` is what the first sending led to."""

    def __init__(self, result):
        super().__init__(result)
        self.result = result


class Stale(Exception):
    """Somebody changed the row since it was read. `current` is the row as it stands now."""

    def __init__(self, current):
        super().__init__(str(current))
        self.current = current


@dataclass
class Door:
    """An open write: `at` is the instant it opened, on the application's clock; `version` is known at its end; `reason`: why."""

    key: str | None
    at: datetime
    reason: str = ""
    version: int | None = None
    result: str = ""
    _last: list = field(default_factory=list)

    @property
    def today(self):
        """The business day of this write."""
        return timezone.localtime(self.at).date()

    def when_numbered(self, run):
        """Have `run(version)` called right after the version is taken: keep it to short statements."""
        self._last.append(run)


@contextmanager
def write(user, reason="", key=None, at=None):
    """Open one transaction with history context; take the next data version as its last act.

    `key`: the idempotency key of the form (None from the command line). Raises Replayed when that key
    was already used. `at`: the instant to write under (the demonstration dates its files as received).
    The ledger's row is locked from the version to the commit only, so versions are in commit order.
    """
    if len(reason) > LONGEST_REASON:
        raise Refused(_("The reason has more than %(most)d characters: shorten it.") % {"most": LONGEST_REASON})
    who = user if user is not None and user.pk else None
    with transaction.atomic():
        if key:
            _take(key)
        door = Door(key=key, at=at or now(), reason=reason)
        with pghistory.context(user=who.pk if who else None, reason=reason, at=str(door.at)):
            yield door
            _number(door, at, who, reason)
        if key:
            Key.objects.filter(pk=key).update(result=door.result[:400])


def be_patient():
    """Give the statements of this transaction the time and memory that half a million rows take; pages have less."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5min'")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'")
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _take(key):
    """Claim a key; a second sender waits here for the first to end, then is told its result."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO office_key (key, result) VALUES (%s, '') ON CONFLICT DO NOTHING", [key])
        if cursor.rowcount == 0:
            raise Replayed(Key.objects.get(pk=key).result)


def now():
    return clock.now(Ledger.objects.values_list("demo_today", flat=True).get(pk=1))


def _number(door, at, who, reason):
    """Take the next version. `at` never goes back, and nobody reads "as of" between it and the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [clock.NUMBERING])
        at = at or now()  # read under the lock: whoever asked for an earlier instant has had his answer
        cursor.execute(
            "UPDATE office_ledger SET version = version + 1, at = greatest(at, %s) WHERE id = 1 RETURNING version, at",
            [at],
        )
        door.version, at = cursor.fetchone()
        for run in door._last:
            run(door.version)
        cursor.execute(
            "INSERT INTO office_write (version, at, user_id, reason) VALUES (%s, %s, %s, %s)",
            [door.version, at, who.pk if who else None, reason],
        )


def guarded(instance, version):
    """Save an edited row only if nobody changed it since `version` was read; else raise Stale.

    Writes every concrete field but the key, and `version + 1`, in one UPDATE.
    """
    fields = [f for f in instance._meta.concrete_fields if not f.primary_key and f.name != "version"]
    values = {f.attname: getattr(instance, f.attname) for f in fields}
    manager = type(instance)._base_manager
    if not manager.filter(pk=instance.pk, version=version).update(**values, version=version + 1):
        raise Stale(manager.get(pk=instance.pk))
    instance.version = version + 1
