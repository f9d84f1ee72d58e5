"""The pages of exports."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm
from exports import demo
from exports.models import Agreement, Commitment, Shipment
from tests.exports.agreements import JULY, JUNE, agreement, commit, ship

pytestmark = pytest.mark.django_db


def test_the_page_of_an_agreement_says_pace_whole_and_values_apart(signed_in, analyst):
    demo.load(None)
    one = Agreement.objects.get()
    ship(one, 10, date(2026, 8, 2), value="100", currency="EUR", incoterm="CIF", country_id="FR")
    page = signed_in(analyst).get("/exports/EXP-A")
    assert [(row["currency"], row["incoterm"]) for row in page.context["values"]] == [("DZD", "FOB"), ("EUR", "CIF")]
    assert [row.country_id for row in page.context["shipments"] if row.outside] == ["FR"]
    assert (page.context["kept"][0].passed, page.context["kept"][0].months) == (2, 12)


def test_the_list_shows_the_fulfilment_and_gives_it_in_the_file(signed_in, analyst):
    demo.load(None)
    client = signed_in(analyst)
    assert b"90,0" in client.get("/exports/").content
    lines = b"".join(client.get("/exports/", {"format": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(";")[0] == "EXP-A"
    assert lines[1].split(";")[-1] == "90"


def test_the_list_asks_the_same_number_of_questions_at_one_and_at_ten_agreements(signed_in, analyst):
    client = signed_in(analyst)
    commit(agreement("A", firm=Firm.objects.create(code="X", name="X")), 10, JULY, JUNE)
    client.get("/exports/")
    with CaptureQueriesContext(connection) as one:
        client.get("/exports/")
    for number in range(9):
        commit(agreement(f"B{number}", firm=Firm.objects.get(code="X")), 10, JULY, JUNE)
    with CaptureQueriesContext(connection) as ten:
        client.get("/exports/")
    assert len(one) == len(ten)


def test_a_new_agreement_is_written_with_its_countries(signed_in, admin):
    sent = {"code": "E1", "title": "T", "kind": "supply", "state": "signed", "countries": ["CI", "SN"], "key": "k"}
    answer = signed_in(admin).post("/exports/new", sent)
    assert answer.url == "/exports/E1"
    assert sorted(Agreement.objects.get().countries.values_list("code", flat=True)) == ["CI", "SN"]


def test_commitment_and_shipment_are_typed_under_their_agreement(signed_in, admin):
    agreement("E1", currency="DZD", incoterm="FOB")
    client = signed_in(admin)
    months = {"first": "2026-07", "last": "06/2027", "quantity": "12000", "unit": "piece", "key": "k1"}
    assert client.post("/exports/E1/commitments/new", months).url == "/exports/E1"
    made = Commitment.objects.get()
    assert (made.first, made.last, made.quantity) == (JULY, JUNE, 12000)
    form = client.get("/exports/E1/shipments/new").context["form"]
    assert (form["currency"].value(), form["incoterm"].value()) == ("DZD", "FOB")
    goods = {"day": "2026-07-23", "invoice": "F1", "country": "SN", "quantity": "500", "unit": "piece", "key": "k2"}
    assert client.post("/exports/E1/shipments/new", goods).url == "/exports/E1"
    assert Shipment.objects.get().quantity == 500


def test_a_month_that_cannot_be_read_and_an_overlap_are_said(signed_in, admin):
    one = agreement("E1")
    client = signed_in(admin)
    sent = {"first": "soon", "last": "2027-06", "quantity": "1", "unit": "piece", "key": "k1"}
    assert list(client.post("/exports/E1/commitments/new", sent).context["form"].errors) == ["first"]
    commit(one, 10, JULY, JUNE)
    page = client.post("/exports/E1/commitments/new", {**sent, "first": "2026-09"})
    assert len(page.context["form"].non_field_errors()) == 1


def test_a_changed_commitment_keeps_its_months_in_the_form(signed_in, admin):
    made = commit(agreement("E1"), "12000.500", JULY, JUNE)
    form = signed_in(admin).get(f"/exports/E1/commitments/{made.pk}/edit").context["form"]
    assert 'value="2026-07"' in str(form["first"])
    assert 'value="12000.5"' in str(form["quantity"])


def test_another_firms_agreement_is_unknown_and_the_forms_are_closed(signed_in, supplier_user):
    agreement("OWN", firm=Firm.objects.get(code="P05"))
    agreement("OTHER")
    client = signed_in(supplier_user)
    assert [row.record.code for row in client.get("/exports/").context["table"].rows] == ["OWN"]
    assert client.get("/exports/OWN").status_code == 200
    unknown, other = client.get("/exports/NOWHERE"), client.get("/exports/OTHER")
    assert (unknown.status_code, other.status_code) == (404, 404)
    assert client.get("/exports/OWN/edit").status_code == 403


def test_a_row_of_another_agreement_is_unknown_under_this_one(signed_in, admin):
    agreement("E1")
    made = commit(agreement("E2"), 10, JULY, JUNE)
    assert signed_in(admin).get(f"/exports/E1/commitments/{made.pk}/edit").status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_page_opens_in_every_language(signed_in, admin, language):
    demo.load(None)
    client = signed_in(admin)
    client.cookies["django_language"] = language
    forms = [f"/exports/EXP-A/{name}/new" for name in ("parties", "commitments", "shipments")]
    pages = ["/exports/", "/exports/new", "/exports/EXP-A", "/exports/EXP-A/edit", *forms]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
