"""The promise "no import where we produce", and the figures that set imports beside local production."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from office import clock
from partstrack import registry
from partstrack.figures import Ask, WrongCall
from production import policy
from production.models import Exemption, Range, RangeStart
from production.trade_tasks import breaches
from tests import making
from tests.production import trading
from tests.production.trading import row

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 22)


@pytest.fixture
def brand(moment, admin):
    """A brand whose importer is IMP; OTHER imports too."""
    trading.importer("OTHER")
    return trading.brand("B1", "IMP")


@pytest.fixture
def made(admin, brand):
    """A range of brakes that is produced here since March 2026."""
    return trading.make_range(admin, "R1", brand, began="2026-03-20")


def ask(by=None, version=None, year=None, **filters):
    version = clock.moment().version if version is None else version
    return Ask(TODAY, version, TODAY, by=by, year=year, filters=filters)


def state(version=None, **filters):
    """{range: (state, breaches, imports)}"""
    return {
        each.range.code: (each.state, len(each.breaches), len(each.imports))
        for each in policy.check(ask(version=version, **filters))
    }


def figure(name, **words):
    return registry.figure(name).compute(ask(**words))


# The promise -------------------------------------------------------------------------------------------
def test_an_own_import_after_production_began_is_a_breach_from_the_next_month_on(admin, made):
    trading.send(admin, row("2026-02", 5), row("2026-03", 5))
    assert state() == {"R1": ("unchecked", 0, 0)}
    trading.send(admin, row("2026-04", 5))
    assert state() == {"R1": ("breach", 1, 1)}
    assert figure("import_breaches").value == 1


def test_another_range_of_the_family_and_another_importer_break_nothing(admin, brand, made):
    trading.make_range(admin, "R2", brand)
    trading.send(admin, row("2026-05", 5, range="R2"), row("2026-05", 5, importer="OTHER"))
    assert state() == {"R1": ("kept", 0, 0)}


def test_zero_imports_are_the_promise_kept_and_say_what_was_checked(admin, made):
    trading.send(admin, row("2026-04", 0), row("2026-06", 0))
    (watched,) = policy.check(ask())
    assert (watched.state, watched.began) == ("kept", date(2026, 3, 20))
    assert watched.months == [date(2026, 4, 1), date(2026, 6, 1)]
    assert watched.missing == [date(2026, 5, 1)]


def test_an_import_whose_quantity_nobody_said_is_a_breach(admin, made):
    trading.send(admin, row("2026-04", "", value="100"))
    trading.exempt(admin, made, "2026-04", "2026-12-31", 1000)
    assert state() == {"R1": ("breach", 1, 1)}


def test_an_exemption_covers_its_months_up_to_its_quantity(admin, made):
    trading.send(admin, row("2026-04", 60), row("2026-05", 60), row("2026-07", 1))
    trading.exempt(admin, made, "2026-04", "2026-06-15", 100)
    (watched,) = policy.check(ask())
    assert [(each.exempted, each.excess) for each in watched.imports] == [(60, 0), (40, 20), (0, 1)]
    assert state() == {"R1": ("breach", 2, 3)}


def test_an_exemption_to_the_end_of_the_year_leaves_no_breach_and_one_exempted_import(admin, made):
    trading.send(admin, row("2026-08", 600))
    before = clock.moment().version
    exemption = trading.exempt(admin, made, "2026-08", "2026-12-31", 600)
    assert state() == {"R1": ("exempted", 0, 1)}
    assert "imports exempted: 1" in figure("import_breaches").basis
    assert state(version=before) == {"R1": ("breach", 1, 1)}
    assert exemption.pk


def test_the_sources_are_looked_at_apart(admin, made):
    trading.send(admin, row("2026-12", 5), source="planned")
    assert state() == {"R1": ("unchecked", 0, 0)}
    assert state(source="planned") == {"R1": ("breach", 1, 1)}


def test_a_national_return_counts_where_the_importer_itself_sent_none(admin, made):
    trading.send(admin, row("2026-05", 5), row("2026-06", 5), national=True)
    trading.send(admin, row("2026-05", 5))
    assert state() == {"R1": ("breach", 2, 2)}


def test_a_firm_of_the_importers_group_imports_for_the_brand_too(admin, made):
    child = trading.importer("CHILD")
    child.parent = trading.importer("IMP")
    child.save()
    trading.send(admin, row("2026-05", 5, importer="CHILD"))
    assert state() == {"R1": ("breach", 1, 1)}


def test_when_production_began_is_known_as_it_was_known(admin, made):
    trading.send(admin, row("2026-05", 5))
    before = clock.moment().version
    trading.begin(admin, made, "2026-06-01")
    assert state() == {"R1": ("unchecked", 0, 0)}
    assert state(version=before) == {"R1": ("breach", 1, 1)}
    assert RangeStart.objects.filter(range=made).count() == 2


def test_a_breach_is_a_task_of_who_enters_and_leads_to_the_range(admin, analyst, made, moment):
    trading.send(admin, row("2026-05", 5))
    (task,) = breaches(admin, clock.moment())
    assert task.url == "/imports/ranges/R1/"
    assert breaches(analyst, clock.moment()) == []


def test_an_import_that_names_no_range_is_said_to_be_unchecked(admin, made):
    trading.send(
        admin,
        row("2026-05", 5, range="", family="brakes"),
        row("2026-05", 5, importer="OTHER", range="", family="brakes"),
    )
    assert policy.unattributed(ask(), "customs") == 1


# Local sourcing (E) --------------------------------------------------------------------------------------
@pytest.fixture
def plant(admin, brand):
    """A site that sells brakes under the brand: 300 a month from January to August of 2025 and 2026."""
    where = making.site("P1", wilaya="16")
    part = making.part("P1-A", where.firm)
    months = [f"{year}-{number:02d}" for year in (2025, 2026) for number in range(1, 9)]
    amounts = {"produced": 320, "sold_after_market": 200, "sold_first_fit": 100, "exported": 20}
    from office.door import write
    from production import actions
    from production.models import Declaration, OutputLine

    with write(admin, "file") as door:
        drafts = making.drafts(admin, where, {month: [] for month in months})
        lines = [
            making.line(draft, where, making.month(month), part, amounts, sold_as=brand)
            for draft, month in zip(drafts, months, strict=True)
        ]
        OutputLine.objects.bulk_create(lines)
        actions.settle(door, admin, drafts)
    assert Declaration.objects.count() == 16
    return where


def test_local_sourcing_is_sum_over_sum_and_its_change_is_in_points(admin, made, plant):
    trading.send(admin, row("2025-01", 100), row("2025-02", 100), row("2026-01", 0), row("2026-02", 200))
    answer = figure("local_sourcing", year=2026, by="range")
    assert (answer.numerator, answer.denominator, answer.value) == (600, 800, 75)
    assert (answer.base, answer.change, answer.change_unit) == (75, 0, "points")
    trading.send(admin, row("2026-02", 0))
    answer = figure("local_sourcing", year=2026, by="range")
    assert (answer.value, answer.change) == (100, 25)
    assert [(group.key, group.value) for group in answer.groups] == [("R1", 100)]


def test_months_known_on_one_side_only_are_not_counted(admin, made, plant):
    trading.send(admin, row("2026-01", 100), row("2026-09", 900))
    answer = figure("local_sourcing", year=2026)
    assert (answer.numerator, answer.denominator) == (300, 400)


def window(name, first, last, **filters):
    """Ask a figure of some months."""
    words = {"first": making.month(first), "last": making.month(last)}
    return registry.figure(name).compute(ask(**filters).but(**words))


def stopped(site):
    """Say that a site is to declare up to August 2025 and again from January to September 2026."""
    for first, last in (("2025-01", "2025-08"), ("2026-01", "2026-09")):
        making.expect(site, first, last)


def test_a_month_in_which_no_maker_was_expected_is_0_local_whatever_window_is_asked(admin, made, plant):
    stopped(plant)
    trading.send(admin, row("2025-10", 100), row("2026-01", 100))
    alone = window("local_sourcing", "2025-10", "2025-10")
    assert (alone.numerator, alone.denominator, alone.value) == (0, 100, 0)
    both = window("local_sourcing", "2025-10", "2026-01")
    assert (both.numerator, both.denominator) == (300, 500)


def test_a_month_that_its_maker_did_not_declare_is_unknown_whatever_window_is_asked(admin, made, plant):
    stopped(plant)
    trading.send(admin, row("2026-09", 100), row("2026-08", 100))
    assert window("local_sourcing", "2026-09", "2026-09").value is None
    both = window("local_sourcing", "2026-08", "2026-09")
    assert (both.numerator, both.denominator) == (300, 400)


def test_a_range_that_nobody_declared_is_unknown_once_it_is_said_to_be_made(admin, brand):
    trading.make_range(admin, "R1", brand)
    trading.make_range(admin, "R2", trading.brand("B2", "OTHER"), began="2026-01-05")
    trading.send(admin, row("2026-05", 5), row("2026-05", 5, range="R2", importer="OTHER"))
    answer = figure("local_sourcing", year=2026, by="range")
    assert [(group.key, group.value) for group in answer.groups] == [("R1", 0)]


def test_a_range_without_an_importer_or_mixed_up_with_another_is_named_as_not_computable(admin, made, plant):
    trading.make_range(admin, "R9", making.brand("B9"))
    trading.make_range(admin, "R8", made.brand, application="other")
    trading.send(admin, row("2026-01", 100))
    answer = figure("local_sourcing", year=2026)
    assert answer.value is None
    assert "nobody said who imports for the brand" in answer.basis
    assert answer.basis.count("lists no references") == 2


def test_a_range_that_lists_references_counts_those_only(admin, brand, plant):
    other = making.part("P1-B", plant.firm)
    trading.make_range(admin, "R1", brand, began="2025-01-01", parts=[other])
    trading.send(admin, row("2026-01", 100))
    assert figure("local_sourcing", year=2026).value is None


def test_another_unit_makes_a_range_not_computable(admin, made, plant):
    trading.send(admin, row("2026-01", 100, unit="jeu"))
    answer = figure("local_sourcing", year=2026)
    assert answer.value is None
    assert "several units" in answer.basis


# Local share of the market (D) ---------------------------------------------------------------------------
def test_the_local_share_needs_national_customs_returns_of_every_month(admin, made, plant):
    trading.send(admin, row("2026-01", 100, importer=""), national=True)
    answer = figure("local_market_share", year=2026, family="brakes")
    assert (answer.value, answer.state) == (None, "none")
    assert "no national customs return for February 2026" in answer.basis


def test_the_local_share_is_production_less_exports_over_what_the_country_took(admin, made, plant):
    months = [f"{year}-{number:02d}" for year in (2025, 2026) for number in range(1, 9)]
    rows = [row(month, 100 if month < "2026" else 300, importer="", range="", family="brakes") for month in months]
    trading.send(admin, *rows, national=True)
    answer = figure("local_market_share", year=2026, family="brakes", by="family")
    assert (answer.numerator, answer.denominator, answer.value) == (2400, 4800, 50)
    assert (answer.base, answer.change) == (75, -25)
    assert [(group.key, group.value) for group in answer.groups] == [("brakes", 50)]


def brakes(admin, *months):
    """Send national returns of 100 brakes a month."""
    trading.send(admin, *(row(month, 100, importer="", range="", family="brakes") for month in months), national=True)


def test_the_local_share_of_months_without_an_expected_maker_counts_0_made_here(admin, made, plant):
    stopped(plant)
    brakes(admin, "2025-11", "2025-12", "2026-01")
    answer = window("local_market_share", "2025-11", "2026-01", family="brakes")
    assert (answer.numerator, answer.denominator) == (300, 600)
    alone = window("local_market_share", "2025-12", "2025-12", family="brakes")
    assert (alone.numerator, alone.denominator, alone.value) == (0, 100, 0)


def test_the_local_share_says_that_declarations_lack_only_where_they_do(admin, made, plant):
    stopped(plant)
    brakes(admin, "2026-09")
    answer = window("local_market_share", "2026-09", "2026-09", family="brakes")
    assert answer.value is None and "too few declarations for September 2026" in answer.basis
    answer = window("local_market_share", "2025-12", "2025-12", family="brakes")
    assert answer.value is None and "no national customs return for December 2025" in answer.basis


def test_a_family_that_nobody_makes_here_has_a_local_share_of_0_up_to_its_last_return(admin, made, moment):
    brakes(admin, "2026-01", "2026-02")
    answer = figure("local_market_share", year=2026, family="brakes")
    assert (answer.value, answer.denominator, answer.window) == (0, 200, (date(2026, 1, 1), date(2026, 2, 1)))


def test_the_local_share_does_not_mix_units(admin, made, plant):
    months = [f"2026-{number:02d}" for number in range(1, 9)]
    rows = [row(month, 100, importer="", range="", family="brakes") for month in months]
    trading.send(admin, *rows, row("2026-03", 7, importer="", range="", family="brakes", unit="kg"), national=True)
    answer = figure("local_market_share", year=2026, family="brakes")
    assert answer.value is None
    assert "several units in March 2026" in answer.basis


def test_the_local_share_is_not_known_where_an_import_says_no_quantity_or_exports_are_in_another_unit(
    admin, made, plant
):
    brakes(admin, "2026-01", "2026-02")
    unsaid = row("2026-02", "", value="900", importer="", range="", family="brakes", document="D2")
    trading.send(admin, unsaid, national=True)
    answer = window("local_market_share", "2026-01", "2026-02", family="brakes")
    assert answer.value is None and "an import without a quantity in February 2026" in answer.basis
    answer = window("local_market_share", "2026-01", "2026-01", family="brakes")
    assert answer.value == 75
    sets = making.part("P1-S", plant.firm, unit="set")
    making.declare(admin, plant, {"2026-01": [(sets, {"exported": 5})]}, reason="sets")
    answer = window("local_market_share", "2026-01", "2026-01", family="brakes")
    assert answer.value is None and "several units in January 2026" in answer.basis


# Imports avoided -----------------------------------------------------------------------------------------
def test_imports_avoided_are_local_production_at_the_mean_import_value_of_twelve_months(admin, made, plant):
    euros = {"currency": "EUR", "rate": "150", "rate_on": "01/01/2026", "rate_source": "bank"}
    trading.send(
        admin,
        row("2025-08", 10, value="9000"),
        row("2025-10", 100, value="30", **euros),
        row("2026-02", 50, value="1500"),
    )
    answer = figure("imports_avoided", year=2026, by="range")
    assert answer.value == 8 * 320 * Decimal(6000) / 150
    assert answer.unit == "DZD"


def test_imports_avoided_name_what_cannot_be_computed(admin, made, plant):
    trading.send(admin, row("2026-02", 50))
    answer = figure("imports_avoided", year=2026)
    assert answer.value is None
    assert "no import with quantity and value in the last 12 months" in answer.basis


def test_imports_avoided_are_unknown_not_0_where_nobody_declared_the_asked_months(admin, made, plant):
    trading.send(admin, row("2026-08", 50, value="1500"))
    answer = window("imports_avoided", "2026-09", "2026-09")
    assert (answer.value, answer.state) == (None, "none")
    assert "no month is known" in answer.basis


# Questions that cannot be asked --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["imports", "imports_value", "local_sourcing", "local_market_share", "imports_avoided", "import_breaches"]
)
def test_who_sees_one_firm_asks_nothing_of_imports(name, brand):
    with pytest.raises(WrongCall, match="every firm"):
        registry.figure(name).compute(Ask(TODAY, 1, TODAY, scope=frozenset({1})))


@pytest.mark.parametrize(
    "words", [{"source": "rumours"}, {"perimeter": "everybody"}, {"family": "NOBODY"}, {"colour": "red"}]
)
def test_a_word_that_is_not_known_is_named(words, brand):
    with pytest.raises(WrongCall):
        figure("imports", **words)


# Pages ---------------------------------------------------------------------------------------------------
def fresh(page):
    """The key of a form that was just opened."""
    return page.context["form"].initial["key"]


def test_a_range_is_entered_with_its_beginning_and_references_and_changed_with_history(signed_in, admin, brand, plant):
    browser = signed_in(admin)
    said = {"code": "R7", "brand": brand.pk, "family": brand_family(), "began": "2026-02-03", "references": "P1:P1-A"}
    key = fresh(browser.get("/imports/ranges/new/"))
    assert browser.post("/imports/ranges/new/", {**said, "key": key}).status_code == 302
    made = Range.objects.get(code="R7")
    assert [part.part.reference for part in made.parts.filter(to_v=None)] == ["P1-A"]
    page = browser.get("/imports/ranges/R7/edit/")
    assert page.context["form"].initial["references"] == "P1:P1-A"
    changed = {**said, "began": "2026-04-01", "references": "", "reason": "found out", "version": made.version}
    assert browser.post("/imports/ranges/R7/edit/", {**changed, "key": fresh(page)}).status_code == 302
    assert list(made.starts.order_by("pk").values_list("began", flat=True)) == [date(2026, 2, 3), date(2026, 4, 1)]
    assert not made.parts.filter(to_v=None).exists()
    stale = browser.post("/imports/ranges/R7/edit/", {**changed, "key": "another"})
    assert stale.status_code == 409


def brand_family():
    from catalogue.models import Family

    return Family.objects.get(code="brakes").pk


@pytest.mark.parametrize(
    "wrong", [{"references": "NOBODY:X"}, {"began": "2026-12-01"}, {"code": "new"}, {"brand": ""}, {"code": "a b"}]
)
def test_a_range_that_cannot_be_is_not_written(signed_in, admin, brand, wrong):
    browser = signed_in(admin)
    said = {"code": "R7", "brand": brand.pk, "family": brand_family(), "key": "k", **wrong}
    assert browser.post("/imports/ranges/new/", said).status_code == 200
    assert not Range.objects.filter(code="R7").exists()


def test_an_exemption_is_entered_once_and_ended_with_a_reason(signed_in, manager, admin, made):
    trading.send(admin, row("2026-08", 5))
    browser = signed_in(manager)
    address = "/imports/ranges/R1/exemptions/new/"
    said = {
        "first": "2026-08",
        "until": "2026-12-31",
        "quantity": "10",
        "unit": "piece",
        "why": "shortage",
        "key": "k1",
    }
    assert [browser.post(address, said).status_code for _twice in range(2)] == [302, 302]
    exemption = Exemption.objects.get()
    assert (exemption.by, exemption.from_v > 0) == (manager, True)
    assert state() == {"R1": ("exempted", 0, 1)}
    end = reverse("exemption_end", args=[exemption.pk])
    browser.post(end, {"key": "k2", "reason": ""})
    assert state() == {"R1": ("exempted", 0, 1)}
    browser.post(end, {"key": "k3", "reason": "the plant delivers again"})
    assert state() == {"R1": ("breach", 1, 1)}
    assert b"the plant delivers again" in browser.get("/imports/policy/").content


@pytest.mark.parametrize(
    "wrong", [{"quantity": "0"}, {"quantity": ""}, {"until": "2026-07-01"}, {"why": ""}, {"first": "someday"}]
)
def test_an_exemption_that_cannot_be_is_not_written(signed_in, admin, made, wrong):
    said = {"first": "2026-08", "until": "2026-12-31", "quantity": "10", "unit": "piece", "why": "shortage", "key": "k"}
    answer = signed_in(admin).post("/imports/ranges/R1/exemptions/new/", {**said, **wrong})
    assert (answer.status_code, Exemption.objects.count()) == (200, 0)


def test_the_table_and_its_file_say_the_same(signed_in, analyst, admin, made, plant):
    trading.send(admin, row("2026-01", 100), row("2026-02", 50), row("2026-01", 30, document="D2"))
    browser = signed_in(analyst)
    page = browser.get("/imports/?year=2026")
    assert (page.context["table"].totals["local_2026"], page.context["table"].totals["imported_2026"]) == (640, 180)
    text = browser.get("/imports/?year=2026&format=csv").getvalue().decode()
    assert "640" in text and "180" in text
    lines = browser.get("/imports/lines/?range=R1")
    assert lines.context["table"].totals == {"quantity": Decimal(180)}
    assert len(lines.context["table"].rows) == 3


def test_empty_pages_teach_the_next_step(signed_in, admin, moment):
    browser = signed_in(admin)
    assert b"Aucune gamme n" in browser.get("/imports/ranges/").content
    assert b"Enregistrez une gamme" in browser.get("/imports/policy/").content
    assert browser.get("/imports/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/imports/", "/imports/lines/", "/imports/ranges/", "/imports/policy/", "/imports/ranges/X0/"]
)
def test_a_page_costs_the_same_whatever_its_length(signed_in, analyst, admin, brand, address):
    browser = signed_in(analyst)
    trading.make_range(admin, "X0", brand, application="0", began="2026-01-01")
    trading.send(admin, row("2026-05", 1, range="X0", document="first"))
    few = queries(browser, address)
    for number in range(1, 5):
        trading.make_range(admin, f"X{number}", brand, application=str(number), began="2026-01-01")
    trading.send(admin, *(row("2026-05", 1, range=f"X{number % 5}", document=str(number)) for number in range(30)))
    assert queries(browser, address) == few < 160


def queries(browser, address):
    """How many questions a page asks of the database, the second time it is opened."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
