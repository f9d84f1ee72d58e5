"""Suppliers x months at a data version: what was received, when and how, what waits, what is late.

On time is told by the day of reception, never by the day of typing. For a version of the past the state is the one that
was known then: what was submitted, returned or accepted later is not seen.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from intake.models import Channel
from office import clock
from partstrack.kept import once
from production import calendar, perimeters, standings, volumes
from production.comparison import World
from production.models import Declaration, PeriodState

STATES = ("received", "received_late", "nil", "waiting", "returned", "late", "expected", "outside")
DECLARED = ("received", "received_late", "nil")
State = Declaration.State


@dataclass(frozen=True)
class SiteMonth:
    """A site's month: its state, its declaration when there is one, and how that one came.

    `late`: received after the due day, or missing after it; `days_late`: working days, up to the reception or today.
    `changing`: a change of it waits for a decision.
    """

    state: str
    due: date
    late: bool = False
    days_late: int = 0
    declaration: int | None = None
    received_on: date | None = None
    typed_on: date | None = None
    channel: str = ""
    sender: str = ""
    changing: bool = False

    @property
    def channel_label(self):
        """The channel in words, nothing when it was not said."""
        return Channel(self.channel).label if self.channel else ""


@dataclass(frozen=True)
class Grid:
    """Sites by months at a data `version`: `sites` Site rows, `cells` (site id, month) -> SiteMonth.

    `closed`: month -> PeriodState; `expecting`: month -> the ids of the sites expected or declared.
    """

    sites: list
    months: list
    cells: dict
    closed: dict
    calendar: calendar.Calendar
    version: int
    expecting: dict = field(default_factory=dict)

    def expected(self, month):
        """Count the sites that are expected in a month or declared it."""
        return len(self.expecting.get(month, ()))

    def count(self, month, *states):
        """Count the sites of a month that are in one of some states."""
        return sum(cell.state in states for (_site, at), cell in self.cells.items() if at == month)

    def received_late(self, month):
        """Count the sites whose declaration of a month, nil ones too, was received after the due day."""
        return sum(cell.late and cell.state in DECLARED for (_site, at), cell in self.cells.items() if at == month)


def grid(ask, months):
    """Return the Grid of the sites and months that a question may see; the number of queries does not grow."""
    filters = tuple(sorted(ask.filters.items()))
    words = (ask.version, ask.today, ask.on, ask.scope, filters, tuple(sorted(set(months))))
    return once(ask, "grid", words, lambda: _grid(ask, months), lambda found: len(found.cells))


def _grid(ask, months):
    months, area, dates = sorted(set(months)), perimeters.perimeter(ask), calendar.read(ask)
    world, _facts = volumes.declarations(ask, area, months)
    known = _known(area.sites, months)
    told = _Teller(
        until=clock.written_at(ask.version),
        standing=standings.standing_ids(ask, area, months),
        world=world,
        dates=dates,
        missing={month: _missing(month, ask.today, dates) for month in months},
    )
    pairs = known.keys() | {(site, month) for month in months for site in world.expecting.get(month, ())}
    cells = {pair: cell for pair in pairs if (cell := told.cell(pair, known.get(pair, ()))) is not None}
    closed = {each.month: each for each in PeriodState.objects.standing(ask.version).filter(month__in=months)}
    return Grid(list(area.sites.values()), months, cells, closed, dates, ask.version, world.expecting)


def _known(sites, months):
    """Return {(site id, month): its declarations as dictionaries, the first revision first}; drafts are nobody's yet.

    `last`: no other was made after it, whether it was sent by then or not.
    """
    rows = (
        Declaration.objects.filter(head__site_id__in=sites, head__month__in=months)
        .exclude(state=State.DRAFT)
        .order_by("head_id", "revision", "pk")
        .values(
            *("pk", "kind", "state", "received_on", "channel", "sender", "submitted_at", "decided_at", "comment"),
            site=F("head__site_id"),
            month=F("head__month"),
            file_on=F("batch__received_on"),
            file_at=F("batch__received_at"),
            file_channel=F("batch__channel"),
            file_sender=F("batch__sender"),
        )
    )
    found = {}
    for row in rows:
        told = found.setdefault((row["site"], row["month"]), [])
        for before in told[-1:]:
            before["last"] = False
        told.append(row | {"last": True})
    return found


def received_on(row):
    """Return the day on which a declaration was received: as it says, else as its file says, else the day it was sent."""
    return row["received_on"] or row["file_on"] or _day(row["file_at"]) or _day(row["submitted_at"])


def _missing(month, today, dates):
    """Return what is told of a month that a site is expected to declare and did not."""
    due = dates.due_day(month)
    if not dates.is_past(month, today):
        return SiteMonth("expected", due)
    return SiteMonth("late", due, late=True, days_late=dates.working_days_late(month, today))


def _day(instant):
    return timezone.localtime(instant).date() if instant else None


@dataclass(frozen=True)
class _Teller:
    """What is told of a site's month, as it was known at an instant."""

    until: datetime | None
    standing: frozenset
    world: World
    dates: calendar.Calendar
    missing: dict

    def cell(self, pair, rows):
        """Return the SiteMonth of a pair with its declarations in order; None where nothing is to be told."""
        rows = [row for row in rows if self._happened(row["submitted_at"])]
        stands = next((row for row in rows if row["pk"] in self.standing), None)
        waits = self._open(rows[-1]) if rows and rows[-1] is not stands else None
        start = self.world.starts.get(pair[0])
        if stands and start is not None and pair[1] < start:
            return self._declared("outside", pair[1], rows, stands, waits)
        if stands:
            return self._declared("nil" if stands["kind"] == "nil" else "received", pair[1], rows, stands, waits)
        if waits:
            return self._told(waits, pair[1], rows[-1])
        return self.missing[pair[1]] if pair in self.world.expected else None

    def _happened(self, instant):
        return instant is not None and self.until is not None and instant <= self.until

    def _open(self, row):
        """Return waiting or returned when a declaration was so at the instant, else nothing."""
        decided = self._happened(row["decided_at"])
        if row["state"] == State.SUBMITTED or (row["decided_at"] and not decided):
            return "waiting"
        # A returned one that was sent again since had been returned until then; one that was taken back is over.
        sent_again = row["state"] == State.WITHDRAWN and row["comment"] and not row["last"]
        return "returned" if row["state"] == State.RETURNED or (decided and sent_again) else None

    def _declared(self, state, month, rows, stands, waits):
        """A month is as punctual as the first declaration of it that was accepted, whatever was corrected later."""
        accepted = [row for row in rows if row["state"] == State.APPROVED and self._happened(row["decided_at"])]
        first = min([stands, *accepted], key=received_on)
        day = received_on(first)
        late = day > self.missing[month].due
        told = "received_late" if state == "received" and late else state
        return self._told(
            told,
            month,
            first,
            stands["pk"],
            late=late,
            days=self.dates.working_days_late(month, day) if late else 0,
            changing=bool(waits),
        )

    def _told(self, state, month, row, declaration=None, late=False, days=0, changing=False):
        return SiteMonth(
            state=state,
            due=self.missing[month].due,
            late=late,
            days_late=days,
            declaration=declaration or row["pk"],
            received_on=received_on(row),
            typed_on=_day(row["submitted_at"]),
            channel=row["channel"] or row["file_channel"] or "",
            sender=row["sender"] or row["file_sender"] or "",
            changing=changing,
        )
