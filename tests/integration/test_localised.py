"""The localised range (indicator C): by count and by sales, sums over sums, and its naive twin."""

from decimal import Decimal

import pytest

from integration.localised_figures import COUNTED, FIGURES
from office.asking import ask
from office.clock import moment as moment_now
from partstrack.figures import WrongCall
from production.models import OutputLine, TradeLine
from tests import making
from tests.production import trading

pytestmark = pytest.mark.django_db
COMPUTE = {figure.name: figure.compute for figure in FIGURES}
MONTHS = [f"2025-{number:02}" for number in range(1, 13)] + [f"2026-{number:02}" for number in range(1, 9)]


@pytest.fixture
def world(moment, admin):
    """Two brands: A sells 100, of which 70 of what is made here; B sells 900, of which 180."""
    where = making.site("S1")
    making.expect(where, "2025-01")
    brands = {code: trading.brand(code, f"IMP{code}") for code in "AB"}
    ranges = {code: trading.make_range(admin, f"R{code}", brand) for code, brand in brands.items()}
    made = {code: making.part(f"{code}1", where.firm) for code in "AB"}
    old = making.part("OLD", where.firm)
    rows = dict.fromkeys(MONTHS)
    rows["2025-01"] = [(old, {"produced": 5, "sold_after_market": 5}, brands["A"])]
    rows["2026-08"] = [
        (made["A"], {"produced": 70, "sold_after_market": 70}, brands["A"]),
        (made["B"], {"produced": 200, "sold_after_market": 180}, brands["B"]),
    ]
    making.declare(admin, where, rows)
    for code, quantity in (("A", 30), ("B", 720)):
        making.part(f"{code}9", trading.importer(f"IMP{code}"))
        trading.send(admin, trading.row("2026-07", quantity, importer=f"IMP{code}", range=f"R{code}", part=f"{code}9"))
    return ranges


def asked(user, by=None, **filters):
    """Ask as somebody, now."""
    return ask(user, moment_now(), {"by": by}, filters)


def test_seventy_of_a_hundred_and_a_fifth_of_nine_hundred_is_a_quarter(world, admin, supplier_user):
    sales = COMPUTE["localised_range_sales"](asked(admin, "brand"))
    assert (sales.value, sales.numerator, sales.denominator) == (25, 250, 1000)
    assert {group.key: group.value for group in sales.groups} == {"A": 70, "B": 20}
    assert sum(group.value for group in sales.groups) / 2 == 45  # the mean that is never taken
    count = COMPUTE["localised_range"](asked(admin, "range"))
    assert (count.value, count.numerator, count.denominator) == (50, 2, 4)
    assert {group.key: group.value for group in count.groups} == {"RA": 50, "RB": 50}
    assert f"{count.window[0]:%Y-%m}" == "2025-09"
    assert COMPUTE["localised_range"](asked(admin, brand="A")).denominator == 2
    assert COMPUTE["localised_range"](asked(admin, family="clutches")).value is None
    for counted in COUNTED:
        answer = COMPUTE[counted.figure](asked(admin))
        rows = counted.rows(asked(admin))
        number = sum(row["weight"] for row in rows) if counted.sums else len(rows)
        assert number == {"numerator": answer.numerator, "denominator": answer.denominator}[counted.of]
    with pytest.raises(WrongCall):
        COMPUTE["localised_range"](asked(supplier_user))
    with pytest.raises(WrongCall):
        COMPUTE["localised_range"](asked(admin, range="NO"))


def test_the_naive_twin_reads_every_line(world, admin):
    made, active, sold = set(), set(), {}
    for line in OutputLine.objects.filter(declaration__standings__to_v=None).select_related("brand"):
        if "2025-09" <= f"{line.month:%Y-%m}" <= "2026-08" and line.brand:
            key = (line.brand.code, line.part_id)
            made |= {key} if line.produced else set()
            active.add(key)
            sold[key] = sold.get(key, 0) + (line.sold_after_market or 0)
    for line in TradeLine.objects.filter(trade_return__standings__to_v=None).select_related("range__brand"):
        key = (line.range.brand.code, line.part_id)
        active.add(key)
        sold[key] = sold.get(key, 0) + line.quantity
    assert COMPUTE["localised_range"](asked(admin)).value == Decimal(len(made)) / len(active) * 100
    mine = sum(sold[key] for key in made)
    assert COMPUTE["localised_range_sales"](asked(admin)).value == mine / sum(sold.values()) * 100


def test_a_line_without_a_brand_is_of_the_one_brand_that_lists_its_reference(world, admin):
    other = making.site("S2")
    making.expect(other, "2025-01")
    plain, listed = making.part("N1", other.firm), making.part("N2", other.firm)
    trading.make_range(admin, "RC", trading.brand("C", "IMPC"), parts=[listed])
    making.declare(admin, other, {"2026-08": [(plain, {"produced": 1}), (listed, {"produced": 1})]})
    trading.send(admin, trading.row("2026-08", 3, importer="IMPC", range="RC"))
    answer = COMPUTE["localised_range"](asked(admin, "range"))
    assert (answer.numerator, answer.denominator) == (3, 5)
    assert {group.key for group in answer.groups} == {"RA", "RB", "RC"}
    assert "1" in answer.basis.split("reference")[-1]


def test_the_pages_open(world, signed_in, analyst):
    client = signed_in(analyst)
    for name in ("localised_range", "localised_range_sales"):
        assert client.get(f"/figures/{name}/").status_code == 200
        assert client.get(f"/figures/{name}/rows/active/").status_code == 200
        assert client.get(f"/figures/{name}/rows/local/", {"format": "csv"}).status_code == 200
