"""The volumes of the demonstration: what each partner declared, when it arrived, what was corrected.

`receptions()` and `closings()` in the order of their times play the whole history; `lines()` is where it ends.
Only invented firms carry volumes. The balance that every line keeps is stated in `output.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from .calendar import ALGIERS, FIRST_MONTH, months, shifted, working_moment
from .characters import brands, families, partners, parts, production_units
from .output import NILS, Line, generator, moved, standing_lines

__all__ = [
    "Closing",
    "Expectation",
    "Line",
    "Reception",
    "brands",
    "closings",
    "expectations",
    "families",
    "lines",
    "nils",
    "partners",
    "parts",
    "production_units",
    "receptions",
]

SENDER = "Marque A – distribution"
LAST_CLOSED = date(2026, 5, 1)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A site whose declarations are expected from a month on."""

    site: str
    from_month: date
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Reception:
    """A file that arrived: the lines of `month` and the sites that declare nothing made ("sans production").

    A correction patches: its lines replace those of the same site, part, brand and month. It has a reason and,
    when its month was closed, the time at which a second person approved it; other files stand on arrival.
    """

    name: str
    sender: str
    received_at: datetime
    month: date
    lines: tuple[Line, ...]
    nils: tuple[str, ...] = ()
    reason: str = ""
    approved_at: datetime | None = None

    @property
    def corrects(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Closing:
    """A month closed by the manager."""

    month: date
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected statement changes: by part, the difference of both output and after-market sales."""

    month: date
    received_at: datetime
    approved_at: datetime | None
    reason: str
    differences: dict[str, int]


CORRECTIONS = (
    Correction(
        date(2024, 10, 1),
        datetime(2025, 2, 19, 10, 42, tzinfo=ALGIERS),
        datetime(2025, 2, 24, 14, 5, tzinfo=ALGIERS),
        "Partenaire 02 : une palette de filtres à air comptée deux fois, en production et en livraison.",
        {"P02-FAI-2210": -286},
    ),
    Correction(
        date(2025, 11, 1),
        datetime(2026, 3, 18, 9, 27, tzinfo=ALGIERS),
        datetime(2026, 3, 24, 11, 16, tzinfo=ALGIERS),
        "Partenaire 03 : lot 11-B compté deux fois ; Partenaire 08 : bon de livraison du 30/11 oublié.",
        {"P03-EMB-3101": -583, "P03-MEC-3110": -461, "P08-CRD-8101": 318},
    ),
    Correction(
        date(2026, 6, 1),
        datetime(2026, 8, 19, 11, 3, tzinfo=ALGIERS),
        None,  # June 2026 is still open: nobody has to approve
        "Partenaire 04 : équipe du 29/06 saisie en retard.",
        {"P04-AMO-4101": 174},
    ),
)


def expectations() -> tuple[Expectation, ...]:
    """Every site is expected, by a person's word, from the first month on."""
    return tuple(Expectation(partner.site, FIRST_MONTH) for partner in partners())


def nils() -> tuple[tuple[str, date], ...]:
    """The (site, month) pairs declared as "nothing made"."""
    return NILS


def lines(*, restated: bool = True) -> tuple[Line, ...]:
    """Every line by month, site, part and brand: as they stand today, or as they were first declared."""
    return standing_lines() if restated else _first_declared()


@cache
def receptions() -> tuple[Reception, ...]:
    """All files in the order of their arrival: one statement a month, and the corrections."""
    return tuple(sorted([*_statements(), *_corrected()], key=lambda reception: reception.received_at))


@cache
def closings() -> tuple[Closing, ...]:
    """The closed months, each closed between the 20th and the 28th of the next one."""
    rng = generator("closings")
    return tuple(
        Closing(month, working_moment(shifted(month, 1), 20, 28, rng)) for month in months(FIRST_MONTH, LAST_CLOSED)
    )


def _statements() -> Iterator[Reception]:
    rng, by_month = generator("statements"), _by_month(lines(restated=False))
    for month in months():
        received_at = working_moment(shifted(month, 1), 6, 14, rng)
        if month == months()[-1]:
            received_at = datetime(2026, 9, 10, 10, 18, tzinfo=ALGIERS)
        nil_sites = tuple(site for site, nil_month in NILS if nil_month == month)
        yield Reception(f"Relevé mensuel {month:%Y-%m}.xlsx", SENDER, received_at, month, by_month[month], nil_sites)


def _corrected() -> Iterator[Reception]:
    by_month = _by_month(lines())
    for c in CORRECTIONS:
        changed = tuple(line for line in by_month[c.month] if line.part in c.differences)
        name = f"Relevé rectificatif {c.month:%Y-%m}.xlsx"
        yield Reception(name, SENDER, c.received_at, c.month, changed, (), c.reason, c.approved_at)


def _by_month(rows: Iterable[Line]) -> dict[date, tuple[Line, ...]]:
    grouped = defaultdict(list)
    for line in rows:
        grouped[line.month].append(line)
    return {month: tuple(group) for month, group in grouped.items()}


@cache
def _first_declared() -> tuple[Line, ...]:
    differences = {(c.month, part): n for c in CORRECTIONS for part, n in c.differences.items()}
    prices = {part.reference: part.price for part in parts()}
    return tuple(
        moved(line, -differences[line.month, line.part], prices[line.part])
        if (line.month, line.part) in differences
        else line
        for line in standing_lines()
    )
