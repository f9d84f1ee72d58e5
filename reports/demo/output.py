"""The invented quantities of the demonstration: output, sales and stocks of every part in every month.

Everything is worked out from the tables at the top with seeded generators: the same on every machine.
"Produced" means good output. Scrapped pieces and pieces made for others are outside it and outside the balance:
opening + produced + bought in = sold (after-market, first fit) + exported + own use + written off + closing.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from .calendar import days_in, months, ramadan_days
from .characters import Part, parts

SEED = 20230101

# Good output of each year, after the corrections below; 2026 is January to August without what is missing.
PRODUCED = {
    "piece": {2023: 591_374, 2024: 769_548, 2025: 1_000_412, 2026: 707_563},
    "litre": {2023: 377_162, 2024: 461_927, 2025: 574_683, 2026: 419_338},
}
NILS = (("P07", date(2026, 3, 1)), ("P12", date(2026, 6, 1)), ("P12", date(2026, 7, 1)))
MISSING = (("P09", date(2026, 8, 1)),)

SEASON = {7: 940, 8: 570, 12: 965}  # per mille of a usual month: summer leave, stocktaking
RAMADAN_LOSS = 260  # per mille of a day's output
NOISE = 55  # per mille, either way
COVER = (50, 75, 55, 40)  # closing stock around July of each year, percent of a month's output
BRAND_SHARE = {"marque-a": 70, "marque-b": 30}
FIRST_FIT = {"P03": 12, "P05": 18, "P07": 10, "P10": 25}  # percent of what is sold
BOUGHT_IN = {"P02": 9, "P04": 6, "P08": 14}  # per mille of output
EXPORTED = {"P02": 21, "P05": 34, "P08": 17}  # per mille of what leaves
FIRST_EXPORT = date(2026, 7, 1)
MADE_FOR_OTHERS = ("P11-EMB-1170", date(2025, 1, 1))
PRICE_RISE = Decimal("1.045")  # a year


@dataclass(frozen=True, slots=True)
class Line:
    """One site, part, brand and month. Quantities in `unit`; values in DZD ex works before tax."""

    site: str
    part: str
    month: date
    brand: str
    unit: str
    produced: Decimal
    scrapped: Decimal
    sold_after_market: Decimal
    sold_first_fit: Decimal
    exported: Decimal
    own_use: Decimal
    made_for_others: Decimal | None
    bought_in: Decimal
    written_off: Decimal
    opening: Decimal
    closing: Decimal
    value_produced: Decimal
    value_sold: Decimal


@cache
def standing_lines() -> tuple[Line, ...]:
    """Every line as it stands today, by month, site, part and brand."""
    rng = generator("stocks")
    flows = [
        line
        for (part, brand), produced in _output().items()
        for line in _flow(part, brand, produced, rng)
    ]  # fmt: skip
    return tuple(sorted(flows, key=lambda line: (line.month, line.site, line.part, line.brand)))


def _output() -> dict[tuple[Part, str], dict[date, int]]:
    """Good output by part and brand and by month; each year adds up to `PRODUCED` exactly."""
    rng, weights = generator("output"), defaultdict(dict)
    for part in parts():
        for brand in part.brands:
            for month in months():
                if (part.site, month) not in NILS + MISSING:
                    weights[part.unit, month.year][part, brand, month] = _weight(part, brand, month, rng)
    output = defaultdict(dict)
    for (unit, year), shares in weights.items():
        for (part, brand, month), quantity in _apportioned(PRODUCED[unit][year], shares).items():
            output[part, brand][month] = quantity
    return output


def _weight(part: Part, brand: str, month: date, rng: random.Random) -> int:
    share = BRAND_SHARE[brand] if len(part.brands) > 1 else 100
    season = SEASON.get(month.month, 1000) * (1000 - RAMADAN_LOSS * ramadan_days(month) // days_in(month))
    return _level(part.levels, month) * share * season * rng.randint(1000 - NOISE, 1000 + NOISE)


def _level(levels: tuple[int, int, int, int], month: date) -> int:
    """Twelve times the level at `month`, on the straight lines between the Julys; never under half the first."""
    since = (month.year - 2023) * 12 + month.month - 7
    at = min(max(since // 12, 0), 2)
    return max(levels[at] * 12 + (levels[at + 1] - levels[at]) * (since - at * 12), levels[0] * 6)


def _apportioned(total: int, weights: dict) -> dict:
    """Whole numbers in proportion to `weights` that add up to `total`: largest remainders first."""
    whole = sum(weights.values())
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def _flow(part: Part, brand: str, produced: dict[date, int], rng: random.Random) -> Iterator[Line]:
    """The lines of one part and brand, each opening with the stock that the one before closed with."""
    first = next(iter(produced))
    stock = produced[first] * COVER[0] // 100
    for month, made in produced.items():
        quantities = _quantities(part, month, made, stock, rng)
        stock = quantities["closing"]
        yield _line(part, brand, month, quantities)


def _quantities(part: Part, month: date, made: int, opening: int, rng: random.Random) -> dict[str, int]:
    usual = made * 1000 // SEASON.get(month.month, 1000)  # summer leave does not empty the store
    bought_in = _per_mille(made, BOUGHT_IN, part)
    own_use = rng.randrange(1 + made // 700)
    written_off = rng.randrange(1 + made // 300)
    available = opening + made + bought_in - own_use - written_off
    wanted = usual * _level(COVER, month) // 1200 * rng.randint(930, 1070) // 1000
    closing = max(0, min(wanted, available))
    leaving = available - closing
    exported = _per_mille(leaving, EXPORTED, part) if month >= FIRST_EXPORT else 0
    first_fit = (leaving - exported) * FIRST_FIT.get(part.site, 0) // 100
    return {
        "produced": made,
        "scrapped": made * rng.randint(6, 24) // 1000,
        "sold_after_market": leaving - exported - first_fit,
        "sold_first_fit": first_fit,
        "exported": exported,
        "own_use": own_use,
        "bought_in": bought_in,
        "written_off": written_off,
        "opening": opening,
        "closing": closing,
    }


def _per_mille(quantity: int, rates: dict[str, int], part: Part) -> int:
    return quantity * rates.get(part.site, 0) // 1000


def _line(part: Part, brand: str, month: date, quantities: dict[str, int]) -> Line:
    measures = {name: Decimal(quantity) for name, quantity in quantities.items()}
    sold = measures["sold_after_market"] + measures["sold_first_fit"]
    return Line(
        site=part.site,
        part=part.reference,
        month=month,
        brand=brand,
        unit=part.unit,
        **measures,
        made_for_others=_made_for_others(part, brand, month, measures["produced"]),
        value_produced=_value(measures["produced"], part.price, month),
        value_sold=_value(sold, part.price, month),
    )


def _made_for_others(part: Part, brand: str, month: date, produced: Decimal) -> Decimal | None:
    reference, since = MADE_FOR_OTHERS
    if part.reference != reference or brand != part.brands[0] or month < since:
        return None
    return produced // 7


def _value(quantity: Decimal, price: Decimal, month: date) -> Decimal:
    return (quantity * price * PRICE_RISE ** (month.year - 2023)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def moved(line: Line, difference: int, price: Decimal) -> Line:
    """The line with `difference` more made and more sold: its balance and its stocks stay as they are."""
    produced, sold = line.produced + difference, line.sold_after_market + difference
    return replace(
        line,
        produced=produced,
        sold_after_market=sold,
        value_produced=_value(produced, price, line.month),
        value_sold=_value(sold + line.sold_first_fit, price, line.month),
    )


def generator(purpose: str) -> random.Random:
    """One generator for each purpose, so that a change to one does not move the others."""
    return random.Random(f"{SEED} {purpose}")  # noqa: S311 — invented numbers, no secret
