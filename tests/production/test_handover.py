"""A plant changes hands: figures of both suppliers, what was known before, like for like, rights, and what stands against it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import Family
from office import clock
from office.door import Refused, write
from production import actions, handover, periods, verify
from production.models import Declaration, OutputLine, Revision
from suppliers.models import Paper, Site, Standard
from tests import making
from tests.intake.test_desk import check, content
from tests.making import declare, month, monthly
from tests.production.test_cases import figure

pytestmark = pytest.mark.django_db
HALF = {"from_": "2026-01", "to": "2026-06"}
VOLUMES = {"2025-01": 50, "2025-02": 60, "2025-03": 70, "2026-01": 100, "2026-02": "20.125", "2026-03": 7}


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


@pytest.fixture
def plant(admin):
    """A plant of A that declared two first quarters; A has another one, B has none."""
    site, other = making.site("A1", of="A"), making.site("A2", of="A")
    for each in (site, other):
        making.expect(each, "2025-01", "2026-03")
    part = making.part("REF-1", site.firm)
    declare(admin, site, monthly(part, VOLUMES))
    declare(admin, other, monthly(part, dict.fromkeys(VOLUMES, 10)))
    return site, making.firm("B")


def handed(user, site, firm, when="2026-02", code="B1", **words):
    """Hand a site over; returns (the version of before, the new site)."""
    before = clock.moment().version
    with write(user, "sold") as door:
        new = handover.hand_over(door, user, site, firm, month(when), code, "sold", **words)
    return before, new


def by(what, **words):
    """Return {key: value} of the half year."""
    return {group["key"]: Decimal(group["value"]) for group in figure(by=what, **HALF, **words)["groups"]}


def answers(**words):
    """Return what a report may have asked."""
    asked = [{"by": each} for each in ("supplier", "site", "part", "family", "month", "wilaya")]
    asked += [{"filters": {"supplier": "A"}}, {"filters": {"site": "A1"}}]
    return [figure(**HALF, **each, **words) for each in asked]


def test_months_move_to_the_new_supplier_and_no_total_does(plant, admin):
    site, firm = plant
    total, months = figure(**HALF), by("month")
    _before, new = handed(admin, site, firm)
    assert by("supplier") == {"A": Decimal(130), "B": Decimal("27.125")}
    assert by("site") == {"A1": Decimal(100), "A2": Decimal(30), "B1": Decimal("27.125")}
    again = figure(**HALF)
    assert [again[name] for name in ("value", "base", "compared", "change", "coverage", "change_state")] == [
        total[name] for name in ("value", "base", "compared", "change", "coverage", "change_state")
    ]
    assert by("month") == months
    assert set(OutputLine.objects.filter(site=new).values_list("part__firm__code", "part__reference")) == {
        ("B", "REF-1")
    }
    assert set(
        Revision.objects.filter(head__site__in=[site, new], head__month=month("2026-02")).values_list("kind", flat=True)
    ) == {
        "first",
        "handed_over",
    }
    assert verify.verify() == []


def test_reports_of_before_do_not_move_to_the_last_digit(plant, admin):
    site, firm = plant
    version = clock.moment().version
    told = answers(as_of=f"v{version}")
    handed(admin, site, firm)
    assert answers(as_of=f"v{version}") == told


def test_like_for_like_and_the_bridge_see_one_plant(plant, admin):
    site, firm = plant
    like = figure(**HALF)["like_for_like"]
    movements = by_movement()
    handed(admin, site, firm)
    assert figure(**HALF)["like_for_like"] == like
    assert by_movement() == movements


def by_movement():
    """Return {movement: (compared, base)} of the bridge."""
    groups = figure("bridge", **HALF)["groups"]
    return {group["key"]: (group["compared"], group["base"]) for group in groups}


def test_a_missing_month_of_the_plant_is_compared_on_neither_side(admin):
    site, other = making.site("A1", of="A"), making.site("A2", of="A")
    third, part = making.site("A3", of="A"), making.part("REF-1", making.firm("A"))
    for each in (site, other, third):
        making.expect(each, "2025-01", "2026-02")
        declare(admin, each, monthly(part, {"2025-01": 5, "2025-02": 6, "2026-01": 7}))
    for each in (other, third):
        declare(admin, each, monthly(part, {"2026-02": 8}))
    before = figure(**HALF)
    handed(admin, site, making.firm("B"))
    after = figure(**HALF)
    assert [after[name] for name in ("value", "base", "compared")] == [
        before[name] for name in ("value", "base", "compared")
    ]


def test_who_declares_for_a_firm_keeps_what_was_its_own(plant, admin, client):
    site, firm = plant
    old, new = (making.person(f"{each.code}@x.dz", "supplier", firm=each) for each in (site.firm, firm))
    _before, made = handed(admin, site, firm)
    for person, own, foreign in ((old, site, made), (new, made, site)):
        assert own in Site.objects.visible_to(person)
        assert foreign not in Site.objects.visible_to(person)
        seen = OutputLine.objects.visible_to(person)
        assert seen.filter(site=own).exists() and not seen.filter(site=foreign).exists()
        client.force_login(person)
        page = client.get(reverse("site_expected", args=[own.code]))
        assert page.status_code == 200
        assert reverse("site_expected", args=[foreign.code]) not in page.content.decode()
    assert Declaration.objects.visible_to(new).filter(based_on__isnull=False).count() == 0


def test_certificates_go_along_from_that_month_on(plant, admin):
    site, firm = plant
    standard = Standard.objects.filter(kind="certificate").first() or Standard.objects.create(
        code="S", kind="certificate"
    )
    words = {"firm": site.firm, "site": site, "standard": standard, "number": "1", "body": "TÜV"}
    old = Paper.objects.create(valid_from=date(2025, 1, 1), valid_to=date(2027, 12, 31), **words)
    _before, new = handed(admin, site, firm)
    old.refresh_from_db()
    assert old.valid_to == date(2026, 1, 31)
    carried = Paper.objects.get(site=new)
    assert (carried.firm, carried.valid_from, carried.valid_to) == (firm, date(2026, 2, 1), date(2027, 12, 31))


def test_what_stands_against_it(plant, admin, manager):
    site, firm = plant
    making.part("REF-1", firm, family=Family.objects.exclude(code="brakes").values_list("code", flat=True)[0])
    for taking, when, said in (
        (firm, "2026-02", "REF-1"),  # both have the reference, in two families
        (site.firm, "2026-02", "."),  # its own already
        (making.firm("C"), "2025-01", "."),  # no month would be left
    ):
        with pytest.raises(Refused, match=said):
            handed(admin, site, taking, when)
    with write(manager, "closing") as door:
        periods.close(door, manager, [month("2026-02")], "closed")
    with pytest.raises(Refused):
        handed(admin, site, making.firm("C"), code="C1")
    handed(manager, site, making.firm("C"), code="C1")
    with pytest.raises(Refused):
        handed(manager, site, making.firm("D"), code="D1")
    assert set(Site.objects.values_list("code", flat=True)) == {"A1", "A2", "C1"}
    assert verify.verify() == []


def test_the_page_shows_what_moves_then_does_it_once(plant, admin, client):
    site, firm = plant
    client.force_login(admin)
    url = reverse("site_handover", args=[site.code])
    asked = {"firm": firm.code, "month": "2026-02", "code": "B1", "papers": "on"}
    shown = client.get(url, asked)
    assert shown.context["moves"].months == 2
    assert shown.context["reasons"] == []
    said = {**asked, "key": shown.context["hidden"]["key"]}
    assert client.post(url, said).status_code == 200
    assert not Site.objects.filter(code="B1").exists()
    for _twice in range(2):
        assert client.post(url, {**said, "reason": "sold"}).status_code == 302
    assert Site.objects.filter(continues=site).count() == 1
    with pytest.raises(Refused, match="A1"), write(admin, "late") as door:
        actions.declare_nil(door, admin, site, month("2026-04"))
    batch, found = check(admin, content(["REF-1", "04/2026", 11]), site="A1", supplier="A")
    assert found["state"] != "checked"
    assert batch.faults.get().value == "2026-04"
    _batch, found = check(admin, content(["REF-1", "04/2026", 11]), site="B1", supplier="B")
    assert found["state"] == "checked"
    assert client.get(reverse("site_expected", args=["B1"])).status_code == 200


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5)), min_size=1, max_size=3))
def test_any_row_of_handovers_keeps_every_total_and_the_ledger(admin, moves):
    with transaction.atomic():
        site = making.site("P", of="A")
        making.expect(site, "2026-01", "2026-06")
        declare(admin, site, monthly(making.part("REF-1", site.firm), {f"2026-0{n}": n * 10 for n in range(1, 7)}))
        told, wanted = by("month"), dict.fromkeys(range(1, 7), "A")
        for number, (code, start) in enumerate(moves):
            try:
                _before, site = handed(admin, site, making.firm(code), f"2026-0{start + 1}", f"P{number}")
            except Refused:
                continue
            wanted |= dict.fromkeys(range(start + 1, 7), code)
        naive = {code: sum(n * 10 for n, owner in wanted.items() if owner == code) for code in set(wanted.values())}
        assert {key: value for key, value in by("supplier").items() if value} == naive
        assert by("month") == told
        assert verify.verify() == []
        transaction.set_rollback(True)
