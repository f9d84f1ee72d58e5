"""The moment of a request: data version, business day, demonstration or not. One query, asked once."""

import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from office.models import Ledger, Write

NUMBERING = 7_201_003  # advisory lock: held by a write from its version to its commit, shared by whoever asks "as of"


@dataclass(frozen=True)
class Moment:
    """`version` of the data, business day `today`, `demo`: the invented data of the demonstration is loaded.

    `data` tells this state of the data from every other one, also where a restored backup counts its versions again.
    """

    version: int
    today: date
    demo: bool
    data: str = ""


def fixed_today():
    """Return the day that PARTSTRACK_TODAY fixes, or None."""
    raw = os.environ.get("PARTSTRACK_TODAY", settings.TODAY)
    return date.fromisoformat(raw) if raw else None


def moment():
    """Read the moment: PARTSTRACK_TODAY wins, then the demonstration's day, then the day in the business zone."""
    ledger = Ledger.objects.get(pk=1)
    today = fixed_today() or ledger.demo_today or timezone.localdate()
    return Moment(ledger.version, today, ledger.demo_today is not None, f"v{ledger.version} {ledger.at.isoformat()}")


def now(demo_today=None):
    """Return this instant, moved to the fixed day when one is set, so that "as of" agrees with "today"."""
    real = timezone.localtime()
    day = fixed_today() or demo_today
    return real if day is None else datetime.combine(day, real.timetz())


def version_on(day):
    """Return the greatest version written before the end of `day` in the business time zone; 0 when none."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return version_before(midnight)


def version_before(instant):
    """Return the greatest version written before an instant; 0 when none.

    A write that has its instant and is not committed yet is waited for: else the same question would be answered
    otherwise a moment later. Ask outside of a snapshot, which would not see it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [NUMBERING])
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [NUMBERING])
    return Write.objects.filter(at__lt=instant).aggregate(last=Max("version"))["last"] or 0


def written_at(version):
    """Return the instant at which a version was written, or None for version 0."""
    return Write.objects.filter(version__lte=version).order_by("-version").values_list("at", flat=True).first()


def day_of(version):
    """Return the business day on which a version was written, or None for version 0."""
    at = written_at(version)
    return timezone.localtime(at).date() if at else None
