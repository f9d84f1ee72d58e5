"""Files of imports: what is taken, what is refused and where, what stands, what is taken back, what was known when."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from intake import desk
from intake.models import Batch
from office import clock
from office.door import Refused
from production.models import TradeHead, TradeLine, TradeReturn, TradeStanding
from tests import making
from tests.intake.workbooks import xlsx
from tests.production import trading
from tests.production.trading import row

pytestmark = pytest.mark.django_db
EURO = {"value": "1000", "currency": "EUR", "rate": "145,25", "rate_on": "31/08/2026", "rate_source": "Banque"}


@pytest.fixture(autouse=True)
def world(moment, admin):
    """One brand, its importer, one range of brakes."""
    trading.importer("OTHER")
    return trading.make_range(admin, "R1", trading.brand("B1", "IMP"))


def standing(source="customs"):
    """What stands now: {(importer, month, goods, document): (quantity, value)}."""
    lines = TradeLine.objects.filter(trade_return__standings__to_v=None, trade_return__head__source=source)
    return {
        (
            line.firm and line.firm.code,
            f"{line.trade_return.head.month:%Y-%m}",
            line.range and line.range.code,
            line.document,
        ): (
            line.quantity,
            line.value,
        )
        for line in lines.filter(trade_return__standings__isnull=False)
    }


def places(found):
    """Where a file is wrong."""
    return [(fault["row"], fault["column"]) for fault in found["faults"]]


# What is taken -----------------------------------------------------------------------------------------
def test_a_row_becomes_a_line_that_leads_back_to_its_cell(admin):
    batch = trading.send(admin, row("2026-08", 1500, origin="TR", document="D1", unit="pièce", **EURO))
    line = TradeLine.objects.get()
    assert (line.firm.code, line.range.code, line.family.code, line.country_id) == ("IMP", "R1", "brakes", "TR")
    assert (line.quantity, line.value, line.currency, line.unit_id) == (1500, 1000, "EUR", "piece")
    assert (line.rate, line.rate_on, line.rate_source) == (Decimal("145.25"), date(2026, 8, 31), "Banque")
    assert line.in_dinars == Decimal("145250")
    assert (line.batch, line.source_row) == (batch, 2)
    assert batch.layout["imports"]["columns"]["quantity"] == "I"
    assert (batch.result["counts"]["new"], batch.result["outcome"]["standing"]) == (3, 1)


def test_words_of_three_languages_name_country_unit_and_flow(admin):
    for origin, unit, flow in (("Turquie", "jeu", "importation"), ("الصين", "طقم", "استيراد"), ("China", "sets", "")):
        trading.send(admin, row("2026-08", 1, origin=origin, unit=unit, flow=flow, document=origin))
    assert {(line.country_id, line.unit_id, line.flow) for line in TradeLine.objects.all()} == {
        ("TR", "set", "import"),
        ("CN", "set", "import"),
    }


def test_a_reference_means_its_part_its_family_and_the_one_range_that_holds_it(admin, world):
    part = making.part("8200-768", making.firm("P1"), family="clutches")
    held = trading.make_range(admin, "R2", world.brand, family="clutches", parts=[part])
    trading.send(admin, {"importer": "IMP", "part": "8200 768", "month": "2026-08", "quantity": "4"})
    line = TradeLine.objects.get()
    assert (line.part, line.range, line.family.code) == (part, held, "clutches")


def test_blank_says_nothing_and_zero_is_zero(admin):
    trading.send(admin, row("2026-08", 0), row("2026-07", "", value="12,5"))
    assert standing() == {
        ("IMP", "2026-08", "R1", ""): (Decimal(0), None),
        ("IMP", "2026-07", "R1", ""): (None, Decimal("12.5")),
    }


# What is refused ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"importer": "NOBODY"}, "A"),
        ({"range": "NO-RANGE"}, "B"),
        ({"family": "clutches"}, "C"),
        ({"part": "NO-PART"}, "D"),
        ({"month": "2026"}, "E"),
        ({"month": "2026-10"}, "E"),
        ({"flow": "sideways"}, "F"),
        ({"origin": "Atlantis"}, "G"),
        ({"quantity": "-5"}, "I"),
        ({"quantity": "many"}, "I"),
        ({"unit": "barrel"}, "J"),
        ({"value": "5", "currency": "EURO DOLLAR"}, "L"),
        ({"value": "5", "currency": "EUR"}, "M"),
        ({"value": "5", "currency": "EUR", "rate": "0"}, "M"),
        ({**EURO, "rate_on": ""}, "N"),
        ({**EURO, "rate_on": "someday"}, "N"),
        ({**EURO, "rate_source": ""}, "O"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell_and_nothing_is_written(admin, wrong, column):
    _batch, found = trading.check(admin, {**row("2026-08", 1), **wrong}, row("2026-07", 2))
    assert (found["state"], places(found), found["new"]) == ("refused", [(2, column)], 1)
    assert all(fault["reason"] and fault["remedy"] for fault in found["faults"])
    assert not TradeLine.objects.exists()


def test_the_same_goods_twice_are_told_apart_by_their_document_only(admin):
    _batch, found = trading.check(admin, row("2026-08", 1), row("2026-08", 2))
    assert (found["state"], places(found), found["refused"]) == ("refused", [(2, "I"), (3, "I")], 2)
    assert [fault["value"] for fault in found["faults"]] == ["1", "2"]
    assert [fault["reason"].partition("month ")[2] for fault in found["faults"]] == [
        "(also in row 3).",
        "(first in row 2).",
    ]
    trading.send(admin, row("2026-08", 1, document="D1"), row("2026-08", 2, document="D2"))
    assert TradeLine.objects.count() == 2


def test_the_same_goods_in_two_sheets_are_found_too(admin, tmp_path):
    sheets = [["gamme", "mois", "quantité"], ["R1", "août 2026", 5]]
    path = xlsx(tmp_path / "two.xlsx", First=sheets, Second=sheets)
    batch = desk.receive(admin, "trade", "two.xlsx", [path.read_bytes()], {"importer": "IMP"}, clock.moment())
    found = desk.check(admin, batch, clock.moment(), inline=True)
    assert [(fault["sheet"], fault["row"], fault["column"]) for fault in found["faults"]] == [
        ("First", 2, "C"),
        ("Second", 2, "C"),
    ]


def test_a_double_that_says_no_quantity_is_shown_at_its_value(admin):
    _batch, found = trading.check(admin, row("2026-08", "", value="5"), row("2026-08", "", value="7"))
    assert [(fault["column"], fault["value"]) for fault in found["faults"]] == [("K", "5"), ("K", "7")]


def test_a_month_that_has_not_begun_is_shown_as_its_cell_writes_it(admin):
    _batch, found = trading.check(admin, row("12/2026", 1))
    assert [(fault["column"], fault["value"]) for fault in found["faults"]] == [("E", "12/2026")]


@pytest.mark.parametrize(
    "wrong", [{"range": "NO-RANGE"}, {"month": "2026-10"}, {"month": "2026"}, {"quantity": "many"}]
)
def test_a_refused_row_counts_the_values_that_it_would_count_when_taken(admin, wrong):
    dinars = {**EURO, "currency": "DZD"}
    for facts in (EURO, dinars, {"rate": "145,25"}, {}):
        _batch, taken = trading.check(admin, row("2026-08", 1, **facts))
        _batch, refused = trading.check(admin, {**row("2026-08", 1, **facts), **wrong})
        assert (refused["new"], refused["refused"]) == (0, taken["new"]), facts


def test_a_file_is_of_one_importer_or_of_all_of_them(admin):
    _batch, found = trading.check(admin, row("2026-08", 1, importer=""), importer="IMP", national=True)
    assert (found["state"], len(found["faults"])) == ("refused", 1)
    assert found["faults"][0]["remedy"] == "Choose one importer, or say that the file covers all of them."
    assert not TradeLine.objects.exists()


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(admin):
    _batch, found = trading.check(admin, row("2026-08", "2.875"))
    assert (found["state"], [each["value"] for each in found["questions"]]) == ("refused", ["2.875"])
    trading.send(admin, row("2026-08", "2.875"), decimal="comma")
    assert TradeLine.objects.get().quantity == 2875


def test_a_row_that_names_nobody_needs_the_importer_of_the_file_or_a_national_one(admin):
    nameless = row("2026-08", 3, importer="")
    assert places(trading.check(admin, nameless)[1]) == [(2, "A")]
    trading.send(admin, nameless, importer="IMP")
    trading.send(admin, nameless, national=True)
    assert sorted(TradeHead.objects.values_list("firm__code", flat=True), key=str) == ["IMP", None]


def test_months_side_by_side_are_refused_with_what_to_do(admin):
    batch = desk.receive(
        admin, "trade", "wide.csv", [b"Gamme;01/2026;02/2026\nR1;5;6\n"], {"importer": "IMP"}, clock.moment()
    )
    found = desk.check(admin, batch, clock.moment(), inline=True)
    assert (found["state"], len(found["faults"])) == ("refused", 1)
    assert "Quantity" in found["faults"][0]["reason"]


def test_what_is_to_come_is_taken_as_planned_only(admin):
    trading.send(admin, row("2026-12", 5), source="planned")
    assert standing("planned") == {("IMP", "2026-12", "R1", ""): (5, None)}
    assert standing() == {}


def test_a_supplier_sends_no_imports(supplier_user):
    _batch, found = trading.check(supplier_user, row("2026-08", 1))
    assert found["state"] == "refused"


# What stands -------------------------------------------------------------------------------------------
def test_a_file_completes_its_month_and_says_what_changes(admin):
    trading.send(admin, row("2026-08", 10, value="100"), row("2026-08", 7, document="D2"))
    batch, found = trading.check(admin, row("2026-08", 12, document=""), row("2026-08", "", document="D2"))
    assert (found["new"], found["changed"], found["unchanged"], found["blank"]) == (0, 1, 0, 3)
    assert [(each["old"], each["new"], each["part"]) for each in found["changes"]] == [("10", "12", "R1")]
    desk.apply(admin, batch, clock.moment())
    assert standing() == {("IMP", "2026-08", "R1", ""): (12, 100), ("IMP", "2026-08", "R1", "D2"): (7, None)}
    assert [made.revision for made in TradeReturn.objects.order_by("pk")] == [1, 2]
    kept = TradeLine.objects.get(trade_return__revision=2, document="D2")
    assert kept.batch != batch


def test_a_file_that_replaces_its_month_erases_what_it_does_not_name(admin):
    trading.send(admin, row("2026-08", 10), row("2026-08", 7, document="D2"))
    batch, found = trading.check(admin, row("2026-08", 10))
    assert (found["state"], found["left_standing"]) == ("unchanged", 1)
    desk.choose(admin, batch, desk.REPLACE, clock.moment())
    batch.refresh_from_db()
    desk.apply(admin, batch, clock.moment())
    assert standing() == {("IMP", "2026-08", "R1", ""): (10, None)}


def test_a_cell_that_says_so_takes_a_value_back(admin):
    trading.send(admin, row("2026-08", 10, **EURO))
    trading.send(admin, row("2026-08", "", value="effacer"))
    line = TradeLine.objects.get(trade_return__standings__to_v=None)
    assert (line.quantity, line.value, line.currency, line.rate) == (10, None, "DZD", None)


def test_another_rate_alone_is_a_change_of_the_rate(admin):
    trading.send(admin, row("2026-08", 10, **EURO))
    batch, found = trading.check(admin, row("2026-08", 10, **{**EURO, "rate": "150"}))
    assert (found["changed"], found["unchanged"]) == (1, 2)
    assert [(each["measure"], each["old"], each["new"]) for each in found["changes"]] == [("rate", "145.25", "150")]
    desk.apply(admin, batch, clock.moment())
    assert TradeLine.objects.get(trade_return__standings__to_v=None).in_dinars == 150000


def test_the_same_file_again_changes_nothing(admin):
    trading.send(admin, row("2026-08", 10))
    _batch, found = trading.check(admin, row("2026-08", 10))
    assert (found["state"], found["unchanged"]) == ("unchanged", 1)


def test_importers_and_sources_have_months_of_their_own(admin):
    trading.send(admin, row("2026-08", 10), row("2026-08", 20, importer="OTHER"))
    trading.send(admin, row("2026-08", 30), source="authorisation")
    assert standing() == {("IMP", "2026-08", "R1", ""): (10, None), ("OTHER", "2026-08", "R1", ""): (20, None)}
    assert standing("authorisation") == {("IMP", "2026-08", "R1", ""): (30, None)}


def test_rolling_back_lets_what_stood_before_stand_again_under_a_new_version(admin):
    trading.send(admin, row("2026-08", 10))
    before = clock.moment().version
    second = trading.send(admin, row("2026-08", 12))
    changed = clock.moment().version
    desk.roll_back(admin, second)
    assert standing() == {("IMP", "2026-08", "R1", ""): (10, None)}
    history = [
        TradeStanding.objects.standing(version).get().trade_return.revision
        for version in (before, changed, clock.moment().version)
    ]
    assert history == [1, 2, 1]
    assert TradeLine.objects.count() == 2


def test_a_file_under_another_one_is_not_taken_back(admin):
    first = trading.send(admin, row("2026-08", 10))
    trading.send(admin, row("2026-08", 12))
    with pytest.raises(Refused, match="IMP, 2026-08 was sent again since"):
        desk.roll_back(admin, first)


def test_a_preview_that_was_overtaken_is_shown_again_before_anything_is_written(admin):
    batch, _found = trading.check(admin, row("2026-08", 10))
    trading.send(admin, row("2026-08", 99), name="other.csv")
    found = desk.apply(admin, batch, clock.moment())
    assert (found["state"], found["changed"]) == ("checked", 1)
    assert standing() == {("IMP", "2026-08", "R1", ""): (99, None)}


def test_lines_are_never_changed_deleted_or_added_to_what_stands(admin):
    trading.send(admin, row("2026-08", 10))
    line = TradeLine.objects.get()
    for act in (
        lambda: TradeLine.objects.update(quantity=1),
        lambda: TradeLine.objects.all().delete(),
        lambda: TradeLine.objects.create(
            trade_return=line.trade_return, family=line.family, unit=line.unit, quantity=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert standing() == {("IMP", "2026-08", "R1", ""): (10, None)}


def test_a_value_in_another_currency_without_its_rate_is_refused_by_the_database(admin):
    trading.send(admin, row("2026-08", 10))
    made = TradeReturn.objects.get()
    fresh = TradeReturn.objects.create(head=made.head, revision=9, author=admin)
    line = TradeLine.objects.get()
    with pytest.raises(DatabaseError, match="trade_rate_is_dated"), transaction.atomic():
        TradeLine.objects.create(trade_return=fresh, family=line.family, unit=line.unit, value=1, currency="EUR")


def test_files_of_imports_are_no_files_of_a_supplier(admin, supplier_user):
    trading.send(admin, row("2026-08", 10))
    assert not Batch.objects.visible_to(supplier_user).exists()
    for model in (TradeHead, TradeReturn, TradeStanding, TradeLine):
        assert not model.objects.visible_to(supplier_user).exists()
        assert model.objects.visible_to(admin).exists()


def test_the_command_takes_the_same_road(admin, tmp_path):
    from tests.browser.asking import ask

    path = tmp_path / "imports.csv"
    path.write_bytes(trading.sheet(row("2026-08", 10, importer="")))
    answer, code = ask("upload", "trade", path, "--importer=IMP", "--source=authorisation")
    assert (code, answer["state"], answer["new"]) == (0, "applied", 1)
    assert standing("authorisation") == {("IMP", "2026-08", "R1", ""): (10, None)}
    answer, code = ask("upload", "trade", path, "--importer=NOBODY")
    assert (code, answer["state"]) == (1, "refused")


# Plausibility -------------------------------------------------------------------------------------------
def usual(admin, **words):
    """Send six months of about 100."""
    trading.send(admin, *(row(f"2026-{month:02d}", 95 + month, **words) for month in range(1, 7)))


@pytest.mark.parametrize(
    ("quantity", "why"),
    [("1000", "ten times"), ("100000", "a thousand times"), ("10", "a tenth"), ("700", ""), ("30", ""), ("0", "")],
)
def test_what_is_far_from_the_importers_own_history_is_asked_back(quantity, why, admin):
    usual(admin)
    _batch, found = trading.check(admin, row("2026-07", quantity), row("2026-08", 90))
    assert [each["reason"] for each in found["suspicious"] if why in each["reason"]] == [
        each["reason"] for each in found["suspicious"]
    ]
    assert (len(found["suspicious"]), found["new"]) == ((1, 1) if why else (0, 2))
    for said in found["suspicious"]:
        assert (said["row"], said["column"], said["value"], said["expected"]) == (2, "I", quantity, "98.5")


def test_a_suspicion_is_confirmed_with_a_reason_and_other_importers_and_first_files_are_not_questioned(admin):
    usual(admin)
    trading.importer("NEW")
    _batch, found = trading.check(admin, row("2026-07", 5000, importer="NEW"), row("2026-06", 101))
    assert (found["suspicious"], found["unchanged"]) == ([], 1)
    batch, found = trading.check(admin, row("2026-07", 1000), accept="a ship came in")
    assert (found["state"], found["suspicious"], found["new"]) == ("checked", [], 1)
    assert desk.apply(admin, batch, clock.moment())["state"] == "applied"


def test_a_file_with_a_suspicion_is_not_applied(admin):
    usual(admin)
    batch, found = trading.check(admin, row("2026-07", 1000))
    assert found["state"] == "checked"
    with pytest.raises(Refused, match="Suspicious"):
        desk.apply(admin, batch, clock.moment())
