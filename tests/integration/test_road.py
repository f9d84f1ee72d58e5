"""The road map: what is overdue moves what is to come, and the rate is foreseen month by month under the rule of its time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from integration import demo, due, road, urls
from integration.items import stocks
from integration.models import (
    Brought,
    CertificationStart,
    CertificationStep,
    Component,
    Milestone,
    ProgrammePartner,
    VehicleProgramme,
)
from integration.rates import Laws
from tests import making
from tests.integration.programmes import component, programme

ON = date(2026, 9, 22)
DAY = timedelta(days=1)


def stage(number, planned, actual=None):
    return Milestone(pk=number, title=str(number), planned_on=planned, actual_on=actual)


def test_what_is_overdue_moves_what_is_still_to_come():
    rows = [stage(1, ON - 40 * DAY, ON - 30 * DAY), stage(2, ON - 22 * DAY), stage(3, ON + 10 * DAY), stage(4, None)]
    found = road.stages(rows, ON)
    assert [each.late for each in found] == [10, 22, 0, 0]
    assert [each.expected for each in found] == [None, ON, ON + 32 * DAY, None]
    assert [each.overdue for each in found] == [False, True, False, False]


def test_what_never_came_moves_what_follows_a_stage_reached_in_time():
    found = road.stages([stage(1, ON - 40 * DAY), stage(2, ON - 20 * DAY, ON - 20 * DAY), stage(3, ON + 10 * DAY)], ON)
    assert [(each.late, each.expected) for each in found] == [(40, ON), (0, None), (0, ON + 50 * DAY)]


def test_a_day_of_reaching_that_lies_ahead_is_when_it_is_expected():
    (found,) = road.stages([stage(1, ON + 10 * DAY, ON + 30 * DAY)], ON)
    assert (found.actual, found.expected, found.overdue) == (None, ON + 30 * DAY, False)


@given(st.lists(st.tuples(st.integers(-60, 60), st.none() | st.integers(-60, 0)), max_size=6))
def test_nothing_is_expected_before_today_nor_before_it_is_planned(rows):
    found = road.stages(
        [
            stage(n, ON + DAY * planned, None if actual is None else ON + DAY * actual)
            for n, (planned, actual) in enumerate(rows)
        ],
        ON,
    )
    open_ones = [each for each in found if each.actual is None]
    assert all(each.expected >= max(ON, each.planned) for each in open_ones)


def foreseen(one):
    rows = Brought.objects.filter(milestone__programme=one)
    brings = {}
    for row in rows.select_related("component"):
        brings.setdefault(row.milestone_id, set()).add(row.component.code)
    found = road.stages(one.milestones.all(), ON)
    return road.forecast(one, stocks([one.pk])[one.pk], brings, found, Laws(), ON)


@pytest.mark.django_db
def test_the_demonstration_reaches_twenty_in_time_by_its_road_map():
    demo.load(None)
    points, reaches = foreseen(VehicleProgramme.objects.get())
    by_month = {f"{point.month:%Y-%m}": point for point in points}
    assert (by_month["2026-09"].planned, by_month["2026-09"].expected) == (Decimal("17.7"), Decimal("17.7"))
    assert (by_month["2027-06"].planned, by_month["2027-06"].expected) == (Decimal("20.1"), Decimal("17.7"))
    assert (by_month["2027-07"].expected, by_month["2027-07"].minimum, by_month["2027-08"].minimum) == (
        Decimal("20.1"),
        10,
        20,
    )
    twenty = next(each for each in reaches if each.minimum == 20)
    assert (twenty.planned, twenty.expected, twenty.due, twenty.margin) == (
        date(2027, 6, 30),
        date(2027, 7, 31),
        date(2027, 8, 22),
        1,
    )
    assert next(each for each in reaches if each.minimum == 30).expected is None


@pytest.mark.django_db
def test_what_is_dated_already_and_what_a_rule_changes_are_foreseen_too():
    one = programme("M1", approved_on=date(2026, 1, 1))
    component(one, "4", valid_to=date(2026, 12, 1))
    late = component(one, "3", local=False)
    component(one, "2", valid_from=date(2026, 11, 15))
    made = Milestone.objects.create(programme=one, title="M", planned_on=date(2026, 10, 10))
    Brought.objects.create(milestone=made, component=late)
    points, _reaches = foreseen(one)
    assert [(f"{point.month:%m}", point.expected) for point in points[:4]] == [
        ("09", 4),
        ("10", 7),
        ("11", 9),
        ("12", 5),
    ]


@pytest.mark.django_db
def test_a_step_lost_again_before_its_day_is_not_reached():
    one = programme("M1", approved_on=date(2024, 12, 31))
    component(one, "12", valid_to=date(2026, 11, 1))
    points, reaches = foreseen(one)
    assert [point.expected for point in points[:3]] == [12, 12, None]
    ten = next(each for each in reaches if each.minimum == 10)
    assert (ten.due > date(2026, 11, 1), ten.now, ten.expected) == (True, False, None)


@pytest.mark.django_db
def test_a_code_is_brought_with_the_rows_that_it_gets_later():
    one = programme("M1", approved_on=date(2026, 1, 1))
    first = component(one, "4", local=False, valid_to=date(2027, 1, 1))
    made = Milestone.objects.create(programme=one, title="M", planned_on=date(2026, 10, 10))
    Brought.objects.create(milestone=made, component=first)
    later = component(one, "5", local=False, valid_from=date(2027, 1, 1))
    Component.objects.filter(pk=later.pk).update(code=first.code)
    by_month = {f"{point.month:%Y-%m}": point.expected for point in foreseen(one)[0]}
    assert (by_month["2026-10"], by_month["2026-12"], by_month.get("2027-01", 5)) == (4, 4, 5)


@pytest.mark.django_db
def test_the_page_shows_lateness_forecast_and_certification(signed_in, analyst):
    demo.load(None)
    page = signed_in(analyst).get("/integration/MOD-1/road-map")
    assert [each.milestone.title for each in page.context["late"]] == ["Échappements"]
    assert page.context["most_late"] == 22
    ((_row, steps),) = page.context["certifications"]
    assert [late for _step, late in steps] == [False, False, False, True, False]
    assert page.context["forecast"]["table"]["rows"]


@pytest.mark.django_db
def test_a_milestone_is_typed_in_with_what_it_brings(signed_in, admin):
    one = programme("M1")
    component(one, "4", local=False)
    component(one, "3", local=False)
    client = signed_in(admin)
    sent = {"title": "Palier", "planned_on": "2027-01-01", "codes": "c1\nc2", "key": "k1"}
    assert client.post("/integration/M1/milestones/new", sent).url == "/integration/M1/road-map"
    made = Milestone.objects.get()
    kept = made.broughts.get(component__code="c1").pk
    changed = {**sent, "codes": "c1", "key": "k2", "version": "1"}
    assert client.post(f"/integration/M1/milestones/{made.pk}/edit", changed).status_code == 302
    assert [row.pk for row in made.broughts.all()] == [kept]
    page = client.post("/integration/M1/milestones/new", {**sent, "codes": "zz", "key": "k3"})
    assert "codes" in page.context["form"].errors


@pytest.mark.django_db
def test_another_title_loses_nothing_that_a_milestone_brings(signed_in, admin):
    one = programme("M1")
    site = making.site("P05")
    rows = [component(one, "4", local=False, valid_to=ON), component(one, "4", local=False, valid_from=ON)]
    Component.objects.filter(pk=rows[1].pk).update(code=rows[0].code)
    made = Milestone.objects.create(programme=one, title="M", planned_on=ON)
    brought = [Brought.objects.create(milestone=made, component=row, site=site).pk for row in rows]
    client, address = signed_in(admin), f"/integration/M1/milestones/{made.pk}/edit"
    codes = client.get(address).context["form"].initial["codes"]
    assert codes == f"c1 @ {site.code}"
    sent = {"title": "M2", "planned_on": ON, "codes": codes, "key": "k1", "version": "1"}
    assert client.post(address, sent).status_code == 302
    assert [(row.pk, row.site) for row in made.broughts.order_by("pk")] == [(pk, site) for pk in brought]
    assert client.post(address, sent | {"codes": "c1", "key": "k2", "version": "2"}).status_code == 302
    assert set(made.broughts.values_list("pk", "site")) == {(pk, None) for pk in brought}
    page = client.post(address, sent | {"codes": "c1 @ nowhere", "key": "k3", "version": "3"})
    assert "nowhere" in str(page.context["form"].errors["codes"])


@pytest.mark.django_db
def test_a_partner_reads_no_name_of_components_of_others(signed_in, supplier_user, admin):
    one = programme("M1", approved_on=date(2024, 8, 22))
    ProgrammePartner.objects.create(programme=one, firm=making.firm("P05"))
    words = dict.fromkeys(("name_fr", "name_ar", "name_en"), "SECRET")
    items = [component(one, "4", local=False), component(one, "3")]
    Component.objects.filter(programme=one).update(**words)
    made = Milestone.objects.create(programme=one, title="Palier", planned_on=ON)
    row = Brought.objects.create(milestone=made, component=items[0])
    start = CertificationStart.objects.create(programme=one, owner=one.maker, component=items[1], standard="SECRET")
    step = CertificationStep.objects.create(certification=start, kind="tests", title="SECRET")
    kinds = {"milestone": made, "certification": start, "step": step, "component": items[1], "brought": row}
    keys = {"code": "M1", "certification": start.pk, "number": 1}
    client, seen = signed_in(supplier_user), 0
    for pattern in urls.urlpatterns:
        for pk in {each.pk for each in kinds.values()} if "pk" in pattern.pattern.converters else {None}:
            given = {name: pk if name == "pk" else keys.get(name, 1) for name in pattern.pattern.converters}
            page = client.get(reverse(pattern.name, kwargs=given))
            seen += page.status_code == 200
            assert "SECRET" not in page.content.decode(), pattern.name
    assert seen >= 4
    assert client.get("/history/programme/M1/").status_code == 404
    assert "SECRET" in signed_in(admin).get("/integration/M1/road-map").content.decode()


@pytest.mark.django_db
def test_a_certification_goes_step_by_step(signed_in, admin):
    one = programme("M1")
    client = signed_in(admin)
    assert (
        client.post(
            "/integration/M1/certification/new", {"owner": one.maker_id, "state": "promised", "key": "k1"}
        ).status_code
        == 302
    )
    start = one.certification_starts.get()
    sent = {"kind": "tests", "planned_on": "2026-10-01", "result": "passed", "key": "k2"}
    address = f"/integration/M1/certification/{start.pk}/steps/new"
    assert client.post(address, sent).status_code == 200
    assert client.post(address, {**sent, "done_on": "2026-09-30", "key": "k3"}).url == "/integration/M1/road-map"
    assert CertificationStep.objects.get().result == "passed"
    assert client.post(address, {"kind": "audit", "planned_on": "2026-09-01", "key": "k4"}).status_code == 302
    page = client.get(f"/integration/M1/certification/{start.pk}")
    assert (page.context["late"], [late for _step, late in page.context["steps"]]) == (1, [True, False])
    assert client.get(f"/history/certification/{start.pk}/").status_code == 200
    assert [each.title for each in due.steps(admin, date(2026, 9, 1), date(2026, 9, 30))] == [
        "maker – M1 – Audit of the process"
    ]


@pytest.mark.django_db
def test_the_page_asks_the_same_number_of_questions(signed_in, analyst):
    one, client, counts = programme("M1", approved_on=date(2024, 8, 22)), signed_in(analyst), []
    for most in (1, 12):
        for number in range(one.milestones.count(), most):
            made = Milestone.objects.create(programme=one, title=f"{number}", planned_on=ON)
            Brought.objects.create(milestone=made, component=component(one, "1", local=False))
        connection.cursor().execute("UPDATE office_ledger SET version = version + 1")
        client.get("/integration/M1/road-map")
        with CaptureQueriesContext(connection) as asked:
            client.get("/integration/M1/road-map")
        counts.append(len(asked))
    assert counts[0] == counts[1]
