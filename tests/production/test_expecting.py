"""Who is expected to declare: joining, pausing, leaving; by data version, and outside the perimeter before."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from office import clock
from office.door import Refused, Stale, write
from partstrack.figures import Ask
from partstrack.registry import figure
from production import expecting, volumes
from production.episodes import episodes, stamp
from production.models import Expected
from tests import making
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(moment):
    return making.site("P16")


def asked(version=None, today=date(2026, 9, 22)):
    return Ask(today=today, version=clock.moment().version if version is None else version, on=today)


def confirm(user, site, first, last=None):
    with write(user) as door:
        expecting.expect(door, site, month(first), last and month(last), by=user)
    return door.version


def excuse(user, site, first, last=None, reason="strike"):
    with write(user, reason) as door:
        expecting.excuse(door, site, month(first), last and month(last), reason, user)
    return door.version


def told(site, version=None):
    """Return the episodes as text: kind, first, last, reason."""
    return [
        " ".join(filter(None, [each.kind, f"{each.first:%Y-%m}", each.last and f"{each.last:%Y-%m}", each.reason]))
        for each in episodes(asked(version), site)
    ]


def test_a_site_that_nobody_confirmed_is_assumed_from_its_first_declared_month(site, admin):
    assert told(site) == []
    declare(admin, site, monthly(making.part("A", site.firm), {"2026-06": 1, "2026-08": 1}))
    assert told(site) == ["assumed 2026-06"]


def test_confirming_pausing_and_leaving_make_episodes_and_keep_who_confirmed(site, admin, manager):
    confirm(admin, site, "2026-01")
    excuse(manager, site, "2026-03", "2026-04", "works")
    excuse(manager, site, "2026-08", reason="sold its plant")
    assert told(site) == [
        "expected 2026-01 2026-02",
        "pause 2026-03 2026-04 works",
        "expected 2026-05 2026-07",
        "left 2026-08 sold its plant",
    ]
    assert {each.by for each in episodes(asked(), site) if each.kind == "expected"} == {admin}


def test_what_was_known_before_stays_known(site, admin):
    first = confirm(admin, site, "2026-01")
    second = excuse(admin, site, "2026-03", "2026-04")
    assert told(site, first) == ["expected 2026-01"]
    assert told(site, second) == ["expected 2026-01 2026-02", "pause 2026-03 2026-04 strike", "expected 2026-05"]
    assert told(site, 0) == []


def test_a_pause_of_an_assumed_site_confirms_the_rest(site, admin):
    declare(admin, site, monthly(making.part("A", site.firm), {"2026-01": 1, "2026-08": 1}))
    excuse(admin, site, "2026-03", "2026-04")
    assert told(site) == ["expected 2026-01 2026-02", "pause 2026-03 2026-04 strike", "expected 2026-05"]


def test_confirming_again_from_a_month_replaces_what_came_after_it(site, admin):
    confirm(admin, site, "2026-01")
    excuse(admin, site, "2026-03", "2026-04")
    confirm(admin, site, "2026-04")
    assert told(site) == ["expected 2026-01 2026-02", "pause 2026-03 2026-03 strike", "expected 2026-04"]
    confirm(admin, site, "2025-06")
    assert told(site) == ["expected 2025-06"]


@pytest.mark.parametrize("first, last", [("2025-01", "2025-12"), ("2026-01", None), ("2025-06", "2027-01")])
def test_months_that_are_not_expected_or_all_of_them_are_not_taken_out(site, admin, first, last):
    confirm(admin, site, "2026-01", "2026-12")
    with pytest.raises(Refused):
        excuse(admin, site, first, last)
    assert told(site) == ["expected 2026-01 2026-12", "left 2027-01"]


def test_somebody_who_was_quicker_is_not_written_over(site, admin):
    seen = stamp(site)
    confirm(admin, site, "2026-01")
    with pytest.raises(Stale), write(admin) as door:
        expecting.take_turn(site, seen)
        expecting.expect(door, site, month("2026-05"))
    assert told(site) == ["expected 2026-01"]


def test_months_in_a_pause_are_missed_by_nobody(site, admin):
    confirm(admin, site, "2026-01")
    excuse(admin, site, "2026-03", "2026-12")
    declare(admin, site, monthly(making.part("A", site.firm), {"2026-01": 1, "2026-02": 1}))
    answer = figure("coverage").compute(asked().but(year=2026))
    assert answer.coverage == {"declared": 2, "expected": 2, "missing": 0}


# Before it joined ---------------------------------------------------------------------------------------
def test_what_was_declared_of_before_is_outside_the_perimeter_and_in_no_total(site, admin):
    part = making.part("A", site.firm)
    declare(admin, site, monthly(part, {"2026-06": 40, "2026-07": 2, "2026-08": 7}))
    before = clock.moment().version
    confirm(admin, site, "2026-08")
    produced = figure("produced").compute(asked().but(year=2026))
    assert (produced.value, produced.coverage["expected"]) == (Decimal(7), 1)
    assert volumes.outside(asked(), [site.pk]) == {site.pk: [("piece", Decimal("42.000"), 2)]}
    assert volumes.outside(asked(before), [site.pk]) == {}


def test_a_supplier_entered_with_its_joining_day_is_expected_from_that_month_on(signed_in, admin):
    new = {"key": "k1", "code": "P16", "name": "Partenaire 16", "status": "active", "joined_on": "2026-08-01"}
    assert signed_in(admin).post(reverse("supplier_new"), new | {"language": "fr"}).status_code == 302
    row = Expected.objects.get()
    assert (row.site.code, row.first, row.last, row.by) == ("P16", month("2026-08"), None, admin)


def test_a_joining_day_entered_later_moves_no_figure_before_somebody_confirms_it(signed_in, admin, site):
    declare(admin, site, monthly(making.part("A", site.firm), {"2026-06": 40, "2026-08": 7}))
    client = signed_in(admin)
    edit = {"key": "k1", "version": "1", "name": "P16", "status": "active", "joined_on": "2026-08-01", "language": "fr"}
    assert client.post(reverse("supplier_edit", args=["P16"]), edit).status_code == 302
    assert not Expected.objects.exists()
    panels = client.get(reverse("supplier", args=["P16"])).context["panels"]
    offer = next(panel for template, panel in panels if template == "production/expected_panel.html")["rows"][0][
        "offer"
    ]
    assert client.post(reverse("site_expect", args=["P16", "confirm"]), offer).status_code == 302
    assert told(site) == ["expected 2026-08"]
    page = client.get(reverse("supplier", args=["P16"])).content.decode()
    assert "?site=P16&amp;month_to=2026-07&amp;unit=piece" in page


# The pages ----------------------------------------------------------------------------------------------
def test_a_stale_form_is_answered_with_what_stands_now(signed_in, admin, site):
    client = signed_in(admin)
    address = reverse("site_expect", args=["P16", "confirm"])
    seen = client.get(address).context["form"].initial["version"]
    confirm(admin, site, "2026-01")
    answer = client.post(address, {"key": "k1", "version": seen, "first": "2026-05"})
    assert (answer.status_code, told(site)) == (409, ["expected 2026-01"])
    again = {"key": "k1", "version": answer.context["form"].data["version"], "first": "2026-05"}
    assert client.post(address, again).status_code == 302
    assert client.post(address, again).status_code == 302  # sent twice, written once
    assert told(site) == ["expected 2026-05"]


def test_a_pause_needs_its_months_in_order_and_a_reason(signed_in, admin, site):
    client = signed_in(admin)
    wrong = {"key": "k1", "version": "0", "first": "2026-05", "last": "2026-04"}
    page = client.post(reverse("site_expect", args=["P16", "pause"]), wrong)
    assert page.context["form"].errors.keys() == {"last", "reason"}


def test_an_unknown_word_in_the_address_is_not_found(signed_in, admin, site):
    assert signed_in(admin).get("/production/sites/P16/expected/forget/").status_code == 404
