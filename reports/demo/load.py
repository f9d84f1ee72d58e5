"""Load the demonstration: its history is played again by the doors that everybody uses, each step at its own time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import exports.demo
import integration.demo
import production.demo
import suppliers.demo
import workshops.demo
from accounts.models import Firm, Role, User
from intake import desk
from intake.models import Batch
from office import clock
from office.asking import ask
from office.clock import Moment
from office.door import Refused, write
from office.models import Download, Ledger
from partstrack import downloads
from production import actions, periods
from production.models import Declaration
from reports import report
from reports.demo import goals, partners, people, press, volumes
from reports.demo.calendar import ALGIERS
from reports.demo.statement import workbook
from suppliers.models import Site, Supplier

TODAY = date(2026, 9, 22)
OPENED_AT = datetime(2023, 1, 2, 9, 12, tzinfo=ALGIERS)
IMPORTS_AT = datetime(2026, 9, 15, 11, 5, tzinfo=ALGIERS)  # importers, ranges, files of imports
SLICES_AT = datetime(2026, 9, 15, 10, 5, tzinfo=ALGIERS)  # networks, agreements, programmes, communiqués

REPORTED, REPORT_AS_OF = 2025, date(2026, 2, 28)  # the report that a manager took, and its situation
REPORT_AT = datetime(2026, 3, 1, 9, 20, tzinfo=ALGIERS)


@dataclass(frozen=True)
class Step:
    """Something that happened: `play()` does it again as if it were `at`."""

    at: datetime
    play: Callable[[], None]


def is_empty():
    """Say whether the base holds no business data yet."""
    return not any(model.objects.exists() for model in (Firm, Supplier, Batch))


def load():
    """Load the demonstration into an empty base, whole or not at all. Refused when there is data."""
    with transaction.atomic(), translation.override("fr"):
        Ledger.objects.select_for_update().get(pk=1)
        if not is_empty():
            raise Refused(_("There is data already: the demonstration is loaded into an empty base only."))
        _set_the_clock()
        cast = _open()
        for step in sorted(_steps(cast), key=lambda step: step.at):
            step.play()
        _slices(cast[Role.ADMIN])
        production.demo.load(cast[Role.ADMIN], IMPORTS_AT)
        _report_leaves(cast[Role.MANAGER])
    _let_the_planner_look()


def _set_the_clock():
    """Versions are dated as received, so the ledger goes back to before the first of them; nothing is dated yet."""
    Ledger.objects.filter(pk=1).update(at=OPENED_AT, demo_today=TODAY)


def _let_the_planner_look():
    """Tell PostgreSQL how full the tables are now, for the first pages."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _open():
    """Enter people, partners, parts and expectations; returns {role: user}."""
    cli = User.objects.get_by_natural_key("cli")
    with write(cli, _("Demonstration: partners, sites, parts and who is expected"), at=OPENED_AT) as door:
        cast = people.open_accounts()
        partners.enter(door, cast)
    return cast


def _slices(admin):
    """Enter what has no monthly history: press facts on real names, the rest on invented ones."""
    with write(
        admin, _("Demonstration: workshops, agreements, programmes and published figures"), at=SLICES_AT
    ) as door:
        press.load(door)
        workshops.demo.load(door)
        suppliers.demo.load(door)
        exports.demo.load(door)
        integration.demo.load(door)
        goals.load(door, admin)


def _report_leaves(manager):
    """Log the report on 2025 that the manager took before the corrections of March: what has changed since it?"""
    words = {"year": str(REPORTED), "as-of": REPORT_AS_OF.isoformat()}
    asked = ask(manager, clock.moment(), words, {})
    made = report.build(asked, "fr", demo=True)
    Download.objects.create(
        at=REPORT_AT,
        user=manager,
        name=downloads.file_name(f"{made['title']} {made['subtitle']}", REPORT_AT, "pdf", demo=True),
        filters=f"year: {made['year']}; as-of: {made['as_of']}; lang: fr; content: {made['checksum']}",
        rows=made["rows"],
        version=asked.version,
        report=made["kind"],
        year=REPORTED,
        as_of=asked.today,
    )


def _steps(cast) -> Iterator[Step]:
    """What happened, in no order: files, nil declarations, approvals of corrections, closings."""
    admin, manager = cast[Role.ADMIN], cast[Role.MANAGER]
    for reception in volumes.receptions():
        yield Step(reception.received_at, partial(_receive, admin, reception))
        if reception.approved_at:
            yield Step(reception.approved_at, partial(_approve, manager, reception))
    for closing in volumes.closings():
        yield Step(closing.closed_at, partial(_close, manager, closing))


def _receive(admin, reception):
    """Send a file to the desk and apply it, then declare the sites that made nothing."""
    at, options = reception.received_at, {"reason": reception.reason}
    batch = desk.receive(admin, "output", reception.name, [workbook(reception)], options, _moment(at), at=at)
    found = desk.check(admin, batch, _moment(at), inline=True, at=at)
    if found["state"] != Batch.State.CHECKED:
        raise Refused(f"{reception.name}: {found['state']}", *(fault["reason"] for fault in found["faults"]))
    desk.apply(admin, batch, _moment(at), at=at)
    for code in reception.nils:
        _declare_nil(admin, code, reception)


def _moment(at):
    """The moment of a step: the data version that there is, on the day of the step."""
    version = Ledger.objects.values_list("version", flat=True).get(pk=1)
    return Moment(version, timezone.localtime(at).date(), demo=True)


def _declare_nil(admin, code, reception):
    site = Site.objects.get(code=code)
    with write(admin, _("Nil declaration"), at=reception.received_at) as door:
        actions.declare_nil(door, admin, site, reception.month, received_on=door.today)


def _approve(manager, reception):
    """Approve what a correction of a closed month left waiting, one declaration after the other."""
    waiting = Declaration.objects.filter(state=Declaration.State.SUBMITTED, head__month=reception.month)
    for declaration in waiting.order_by("head", "pk"):
        with write(manager, _("Approved: %(reason)s") % {"reason": reception.reason}, at=reception.approved_at) as door:
            actions.approve(door, manager, declaration)


def _close(manager, closing):
    with write(manager, _("Closed: %(month)s") % {"month": f"{closing.month:%Y-%m}"}, at=closing.closed_at) as door:
        periods.close(door, manager, [closing.month])
