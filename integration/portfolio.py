"""All programmes against their steps: their rates side by side, and totals weighted by the vehicles of a year.

A total is a sum over a sum, never a mean of rates; rates under two rules are never in one total. No request, no clock.
"""

from dataclasses import dataclass
from decimal import Decimal

from integration.counting import rate
from integration.figures import exposed_lines
from integration.models import Component, Policy, ProgrammeVolume, VehicleProgramme
from integration.rates import Reading, read_all
from integration.resting import resting


@dataclass(frozen=True)
class Row:
    """A programme in the portfolio. `vehicles` of the year: built where that is known, else planned, else None.

    `exposed`: points that rest on papers that ended or end soon; None where no rate can be said.
    """

    reading: Reading
    vehicles: int | None
    built: bool
    exposed: Decimal | None

    @property
    def weighted(self):
        """Return (numerator, numerator if all were local, denominator), each times the vehicles; None outside of totals."""
        count = self.reading.count
        if self.reading.value is None or not self.vehicles:
            return None
        return count.low * self.vehicles, count.high * self.vehicles, count.denominator * self.vehicles


@dataclass(frozen=True)
class Total:
    """The programmes under one rule: Σ numerators × vehicles out of Σ denominators × vehicles.

    `without`: programmes under the rule that have a rate and no vehicle in the year; they are not in the total.
    """

    policy: Policy
    low: Decimal
    high: Decimal
    denominator: Decimal
    vehicles: int
    programmes: int
    planned: int  # of the programmes, those whose vehicles are planned only
    without: int

    @property
    def value(self):
        """Return the rate in percent, what is not known counted as imported; None without vehicles."""
        return rate(self.low, self.denominator)

    @property
    def highest(self):
        """Return the rate in percent if all that is not known were local."""
        return rate(self.high, self.denominator)


def whole(firms):
    """Return the programmes that some firms (a set of ids) may know whole: those they make; None is all."""
    rows = VehicleProgramme.objects.select_related("maker", "market").order_by("code", "pk")
    return rows if firms is None else rows.filter(maker__in=firms)


def portfolio(programmes, day, year, policy=None):
    """Return {key: Row} of programmes on a day, under the rule of each one's law or under another, by a fixed number of questions."""
    keys = [programme.pk for programme in programmes]
    readings = read_all(programmes, day, policy)
    rests = resting(Component.objects.filter(programme__in=keys).valid_on(day), day)
    volumes = {row.programme_id: row for row in ProgrammeVolume.objects.filter(programme__in=keys, year=year)}
    return {key: _row(reading, volumes.get(key), rests) for key, reading in readings.items()}


def _row(reading, volume, rests):
    built = volume is not None and volume.built is not None
    vehicles = None if volume is None else volume.built if built else volume.planned
    exposed = None
    if reading.value is not None:
        lines = exposed_lines(reading, rests)
        exposed = sum((reading.count.points(line) for line, _rest in lines), Decimal(0))
    return Row(reading, vehicles, built, exposed)


def totals(rows):
    """Return the Totals of Rows, one for each rule, the rule of most vehicles first."""
    found = {}
    for row in rows:
        if row.reading.value is not None:
            found.setdefault(row.reading.policy.pk, []).append(row)
    made = [_total(each[0].reading.policy, each) for each in found.values()]
    return sorted(made, key=lambda total: (-total.vehicles, total.policy.code))


def _total(policy, rows):
    weighed = [row for row in rows if row.weighted]
    sums = [sum(each, Decimal(0)) for each in zip(*(row.weighted for row in weighed), strict=True)] or [Decimal(0)] * 3
    return Total(
        policy,
        *sums,
        vehicles=sum(row.vehicles for row in weighed),
        programmes=len(weighed),
        planned=sum(not row.built for row in weighed),
        without=len(rows) - len(weighed),
    )
