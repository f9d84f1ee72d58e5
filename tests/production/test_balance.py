"""What does not balance: found, noted, and asked for before a month is closed; the same as a slow twin finds."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Brand
from intake.models import Batch
from office.door import Refused, write
from office.models import Ledger
from production import balance, periods
from production.models import BalanceNote, OutputLine
from tests import making
from tests.intake.test_desk import check, content

pytestmark = pytest.mark.django_db
EVEN = {"opening": 10, "produced": 100, "sold_after_market": 80, "closing": 30}


def version():
    return Ledger.objects.get(pk=1).version


def found(**narrower):
    return [(f"{gap.month:%Y-%m}", gap.kind, gap.difference) for gap in balance.gaps(version(), **narrower)]


@pytest.fixture
def plant(db):
    """A site with one part."""
    site = making.site("S1")
    return site, making.part("A", site.firm)


def test_a_line_that_adds_up_and_goes_on_from_the_month_before_has_no_gap(plant, admin):
    site, part = plant
    making.declare(
        admin, site, {"2026-01": [(part, EVEN)], "2026-02": [(part, {**EVEN, "opening": 30, "closing": 50})]}
    )
    assert found() == []


def test_everything_that_comes_and_goes_is_counted(plant, admin):
    site, part = plant
    said = {
        "opening": 1,
        "produced": 100,
        "bought_in": 10,
        "sold_after_market": 20,
        "sold_first_fit": 21,
        "sold_unsplit": 22,
    }
    said |= {"exported": 9, "own_use": 8, "written_off": 7, "closing": 24, "scrapped": 1000, "made_for_others": 500}
    making.declare(
        admin, site, {"2026-01": [(part, said)], "2026-02": [(part, {**said, "opening": 24, "closing": 46})]}
    )
    assert found() == [("2026-02", "flow", 1)]


def test_what_is_not_said_is_nought_but_opening_closing_and_produced_must_be_said(plant, admin):
    site, part = plant
    rows = [{"opening": 5, "produced": 5, "closing": 9}, {"opening": 9, "produced": 5}, {"produced": 5, "closing": 1}]
    making.declare(admin, site, {f"2026-0{month}": [(part, row)] for month, row in enumerate(rows, 1)})
    assert found() == [("2026-01", "flow", 1)]


def test_an_opening_stock_that_is_not_the_closing_before_is_a_gap_of_its_own(plant, admin):
    site, part = plant
    making.declare(
        admin,
        site,
        {"2026-01": [(part, EVEN)], "2026-02": [(part, {"opening": 27})], "2026-04": [(part, {"opening": 1})]},
    )
    assert found() == [("2026-02", "stock", -3)]
    assert found(months=[making.month("2026-01")]) == []


def test_other_brands_and_other_units_are_other_stocks(plant, admin):
    site, part = plant
    brand = making.brand("m")
    making.declare(admin, site, {"2026-01": [(part, EVEN)]})
    making.declare(
        admin, site, {"2026-02": [(part, {"opening": 1}, brand)], "2026-03": [(part, {"opening": 1}, brand, "set")]}
    )
    assert found() == []


def test_as_of_an_older_version_the_gaps_are_those_of_then(plant, admin):
    site, part = plant
    making.declare(admin, site, {"2026-01": [(part, {**EVEN, "closing": 29})]})
    before = version()
    making.declare(admin, site, {"2026-01": [(part, EVEN)]})
    assert found() == []
    assert [gap.difference for gap in balance.gaps(before)] == [1]


def noted(gap, by, comment="counted on the 2nd"):
    return BalanceNote.objects.create(
        head_id=gap.head,
        part_id=gap.part,
        brand_id=gap.brand,
        kind=gap.kind,
        difference=gap.difference,
        owner=by,
        comment=comment,
        by=by,
        at="2026-09-22T10:00Z",
    )


def test_a_month_closes_once_each_gap_has_a_comment_that_fits_it(plant, admin, manager):
    site, part = plant
    month = making.month("2026-01")
    making.declare(admin, site, {"2026-01": [(part, {**EVEN, "closing": 29})]})
    with pytest.raises(Refused, match="does not balance – A"), write(manager) as door:
        periods.close(door, manager, [month])
    noted(balance.gaps(version())[0], admin, comment="")
    assert len(balance.uncommented(version(), month)) == 1
    BalanceNote.objects.update(comment="one was lent")
    assert balance.uncommented(version(), month) == []
    making.declare(admin, site, {"2026-01": [(part, {**EVEN, "closing": 28})]})
    assert len(balance.uncommented(version(), month)) == 1  # another difference than the one that was explained


def test_the_list_the_line_and_the_note_say_the_same(plant, admin, signed_in):
    site, part = plant
    making.declare(admin, site, {"2026-07": [(part, {**EVEN, "closing": 29})]})
    line = OutputLine.objects.get()
    browser = signed_in(admin)
    for address in (
        "/production/balance/?month=2026-07",
        f"/production/lines/{line.pk}/",
        f"/production/declarations/{line.declaration_id}/",
    ):
        assert b"+1" in browser.get(address).content, address
    address = f"/production/balance/{line.pk}/flow/"
    form = browser.get(address).context["form"]
    assert form["owner"].value() == admin.pk
    said = {"key": form["key"].value(), "owner": admin.pk, "comment": "one was lent"}
    assert browser.post(address, said).status_code == 302
    assert browser.post(address, said).status_code == 302
    note = BalanceNote.objects.get()
    assert (note.comment, note.by, note.difference) == ("one was lent", admin, 1)
    assert "one was lent" in browser.get("/production/balance/?month=2026-07").content.decode()
    assert b"one was lent" not in browser.get("/production/balance/?month=2026-07&open=on").content
    assert browser.get(f"/production/balance/{line.pk}/stock/").status_code == 404


def test_an_empty_list_says_that_everything_balances(plant, analyst, signed_in):
    assert "Tout s’équilibre ici" in signed_in(analyst).get("/production/balance/").content.decode()


def test_the_list_asks_the_same_number_of_questions_at_one_and_at_thirty_gaps(plant, admin, signed_in):
    site, _part = plant
    browser, counted = signed_in(admin), []
    for number in (1, 30):
        parts = [making.part(f"P{number}-{index}", site.firm) for index in range(number)]
        making.declare(admin, site, {"2026-07": [(part, {**EVEN, "closing": 29}) for part in parts]})
        browser.get("/production/balance/?month=2026-07")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/production/balance/?month=2026-07")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_preview_of_a_file_says_what_would_not_balance(plant, admin):
    site, part = plant
    making.declare(admin, site, {"2026-01": [(part, EVEN)]})
    head = ["ref", "mois", "stock initial", "production", "ventes rechange", "stock final"]
    rows = (["A", "02/2026", 31, 100, 80, 51], ["A", "03/2026", 51, 100, 80, 70], ["B", "03/2026", 1, 1, 1, 1])
    _batch, found = check(admin, content(*rows, head=head), create=True)
    gaps = Batch.objects.get(pk=found["batch"]).result["gaps"]
    assert [(gap["month"], gap["part"], gap["kind"], gap["difference"]) for gap in gaps] == [
        ("2026-03", "A", "flow", "1"),
        ("2026-02", "A", "stock", "1"),
    ]


# The twin -----------------------------------------------------------------------------------------------
MEASURES = (*balance.COMES, *balance.GOES)
AMOUNTS = st.one_of(st.none(), st.sampled_from([Decimal(text) for text in ("0", "1", "2", "2.5", "7")]))
SAID = st.fixed_dictionaries(dict.fromkeys(MEASURES, AMOUNTS))
MONTHS = [f"2026-0{number}" for number in range(1, 6)]
WORLD = st.dictionaries(
    st.sampled_from(MONTHS),
    st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from([None, "m"])), SAID, max_size=3),
    min_size=1,
)


def twin(told):
    """Find the gaps of {month: {(part, brand): said}} with loops."""
    gaps = set()
    for month, lines in told.items():
        before = told.get(f"2026-0{int(month[-1]) - 1}", {})
        for key, said in lines.items():
            if all(said[name] is not None for name in ("opening", "closing", "produced")):
                flow = sum(said[name] or 0 for name in balance.COMES) - sum(said[name] or 0 for name in balance.GOES)
                gaps.add((month, *key, "flow", flow))
            closed = before.get(key, {}).get("closing")
            if said["opening"] is not None and closed is not None:
                gaps.add((month, *key, "stock", said["opening"] - closed))
    return {gap for gap in gaps if gap[-1]}


@given(told=WORLD)
def test_the_gaps_are_those_of_the_twin(admin, told):
    with transaction.atomic():
        site = making.site("S1")
        parts = {reference: making.part(reference, site.firm) for reference in "AB"}
        brands = {None: None, "m": Brand.objects.create(code="m", name="m")}
        rows = {
            month: [(parts[part], said, brands[brand]) for (part, brand), said in lines.items()]
            for month, lines in told.items()
        }
        making.declare(admin, site, rows)
        names = {brand and brand.pk: code for code, brand in brands.items()}
        ours = {
            (f"{g.month:%Y-%m}", g.reference, names[g.brand], g.kind, g.difference) for g in balance.gaps(version())
        }
        transaction.set_rollback(True)
    assert ours == twin(told)
