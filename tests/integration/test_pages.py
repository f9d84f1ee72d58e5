"""The pages of local integration."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integration import cards, demo
from integration.models import (
    CertificationStart,
    Component,
    ExchangeRate,
    Milestone,
    PartContent,
    VehicleProgramme,
)
from office.asking import ask
from tests import making
from tests.integration.programmes import component, programme

ONE = {"quantity": "1", "currency": "DZD", "nature": "item"}
pytestmark = pytest.mark.django_db
VERSION = "22-384 / 17-08-2023 / 24-159"


def test_the_page_of_a_programme_shows_rate_ladder_components_and_road_map(signed_in, analyst):
    demo.load(None)
    page = signed_in(analyst).get("/integration/MOD-1")
    assert page.context["rate"]["value"] == Decimal("14.9")
    assert [(rung.minimum, rung.reached) for rung in page.context["reading"].rungs] == [(10, 1), (20, 0), (30, 0)]
    assert len(page.context["components"]) == 10
    assert [stage.title for stage, late in page.context["milestones"] if late] == ["Échappements"]
    text = page.content.decode()
    assert "14,9" in text
    assert VERSION in text
    assert "22/09/2026" in text


def test_the_list_and_its_file_name_version_and_day_of_the_rate(signed_in, analyst):
    demo.load(None)
    client = signed_in(analyst)
    assert VERSION in client.get("/integration/").content.decode()
    lines = b"".join(client.get("/integration/", {"format": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    heading, value = lines[0].split(";")[-1], lines[1].split(";")[-1]
    assert VERSION in heading
    assert "22/09/2026" in heading
    assert value == "14,9"


def test_a_programme_without_numbers_says_that_no_rate_can_be_said(signed_in, analyst):
    programme("M1")
    page = signed_in(analyst).get("/integration/M1")
    assert page.context["rate"]["value"] is None
    assert b'class="bullet"' not in page.content


def test_the_card_of_home_shows_the_first_programme_that_has_a_rate(rf, analyst, moment):
    asked = ask(analyst, moment, {"year": "2026"}, {})
    assert cards.build(rf.get("/"), asked) is None
    programme("A")
    component(programme("B", approved_on=date(2024, 8, 22)), "14.9")
    context = cards.build(rf.get("/"), asked)
    assert context["url"] == "/integration/B"
    assert (context["rate"]["value"], context["rate"]["steps"], context["rate"]["scale"]) == (
        Decimal("14.9"),
        [10, 20, 30],
        30,
    )


def test_the_list_asks_the_same_number_of_questions_at_one_and_at_ten_programmes(signed_in, analyst):
    client = signed_in(analyst)
    component(programme("A"), "4")
    client.get("/integration/")
    with CaptureQueriesContext(connection) as one:
        client.get("/integration/")
    for number in range(9):
        component(programme(f"B{number}"), "4")
    with CaptureQueriesContext(connection) as ten:
        client.get("/integration/")
    assert len(one) == len(ten)


def test_a_programme_with_its_rows_is_typed_in(signed_in, admin):
    client, maker = signed_in(admin), programme("OLD").maker
    sent = {"code": "M1", "maker": maker.pk, "model": "Un", "partners": [maker.pk], "market": "DZ", "key": "k1"}
    assert client.post("/integration/new", sent).url == "/integration/M1"
    names = {"name_fr": "Sièges", "name_ar": "المقاعد", "name_en": "Seats"}
    item = {"code": "seats", **names, "contributive_rate": "4.0", "supply": "local", "evidence": "declared", **ONE}
    made = client.post("/integration/M1/components/new", {**item, "key": "k2"})
    assert made.url == f"/integration/M1/components/{Component.objects.get().pk}"
    stage = {"title": "Palier", "planned_on": "2027-01-01", "key": "k3"}
    assert client.post("/integration/M1/milestones/new", stage).url == "/integration/M1/road-map"
    start = {"owner": maker.pk, "state": "promised", "key": "k4"}
    assert client.post("/integration/M1/certification/new", start).url == "/integration/M1/road-map"
    made = VehicleProgramme.objects.get(code="M1")
    assert list(made.partners.all()) == [maker]
    assert [model.objects.get().programme for model in (Component, Milestone, CertificationStart)] == [made] * 3


def test_a_value_in_another_currency_and_a_content_are_typed_in_and_what_changes_later_is_a_new_row(signed_in, admin):
    one, site, client = programme("M1"), making.site("P05"), signed_in(admin)
    month = date(2026, 1, 1)
    content = PartContent.objects.create(
        part=making.part("R1", site.firm), site=site, first_month=month, last_month=month, value=800
    )
    item = {"code": "seats", "name_fr": "Sièges", "supply": "local", "evidence": "declared", **ONE, "currency": "eur"}
    item |= {"value": "12,5", "site": site.pk, "content": content.pk, "reference": "r1"}
    page = client.post("/integration/M1/components/new", {**item, "key": "k1"})
    assert "exchange" in page.context["form"].errors
    euro = ExchangeRate.objects.create(currency="EUR", on=date(2026, 8, 1), rate=150, source="s")
    assert client.post("/integration/M1/components/new", {**item, "key": "k2"}).status_code == 302
    row = one.components.get()
    assert (row.exchange, row.amount, row.content, row.part.reference) == (euro, 1875, content, "R1")
    later = {**item, "value": "20", "valid_from": "2026-09-01", "key": "k3"}
    assert client.post("/integration/M1/components/new", later).status_code == 302
    assert list(one.components.order_by("pk").values_list("value", "valid_to")) == [
        (Decimal("12.5"), date(2026, 9, 1)),
        (20, None),
    ]
    again = client.post("/integration/M1/components/new", {**later, "key": "k4"})
    assert again.context["form"].non_field_errors()
    inside = client.post(
        f"/integration/M1/components/{row.pk}/edit", {**item, "inside": "seats", "key": "k5", "version": "2"}
    )
    assert "inside" in inside.context["form"].errors


def test_a_code_that_the_programme_already_has_is_said(signed_in, admin):
    one = programme("M1")
    component(one, "4")
    names = {"name_fr": "x", "name_ar": "x", "name_en": "x"}
    item = {
        "code": "c1",
        **names,
        "contributive_rate": "1",
        "evidence": "declared",
        "key": "k",
        "supply": "local",
        **ONE,
    }
    page = signed_in(admin).post("/integration/M1/components/new", item)
    assert len(page.context["form"].non_field_errors()) == 1
    assert one.components.count() == 1


def test_who_was_slower_does_not_take_partners_away(signed_in, admin):
    one = programme("M1")
    client = signed_in(admin)
    sent = {"code": "M1", "maker": one.maker_id, "model": "Un", "version": "1", "reason": ""}
    assert client.post("/integration/M1/edit", {**sent, "partners": [one.maker_id], "key": "k1"}).status_code == 302
    late = client.post("/integration/M1/edit", {**sent, "partners": [], "key": "k2"})
    assert late.status_code == 409
    assert [row[1:] for row in late.context["differences"]] == [("maker", "–")]
    assert one.partners.count() == 1


def test_another_firms_programme_is_unknown(signed_in, supplier_user):
    programme("OWN", maker="P05")
    programme("OTHER")
    client = signed_in(supplier_user)
    assert [row.record.code for row in client.get("/integration/").context["table"].rows] == ["OWN"]
    assert [client.get(f"/integration/{code}").status_code for code in ("OWN", "OTHER", "NOWHERE")] == [200, 404, 404]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_page_opens_in_every_language(signed_in, admin, language):
    demo.load(None)
    client = signed_in(admin)
    client.cookies["django_language"] = language
    forms = [f"/integration/MOD-1/{name}/new" for name in ("components", "milestones", "certification")]
    pages = ["/integration/", "/integration/new", "/integration/MOD-1", "/integration/MOD-1/edit", *forms]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
