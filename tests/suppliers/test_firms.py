"""What is known of a firm: numbers with their forms, roles and statuses by day, its page, its onboarding."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import Firm
from office.asking import ask
from office.clock import Moment
from office.door import write
from suppliers.actions import follow, record_statuses
from suppliers.figures import suppliers_active, suppliers_known
from suppliers.models import (
    Agreement,
    Contact,
    FirmRole,
    LegalNumber,
    Paper,
    Party,
    Registration,
    Standard,
    Supplier,
)
from tests import making
from tests.conftest import TODAY

DAYS = st.dates(date(2024, 1, 1), date(2026, 9, 22))


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def sent(client, address, **values):
    """Fill in the form at an address and send it."""
    form = client.get(address).context["form"]
    held = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    return client.post(address, held | values)


# Numbers -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "kind, typed, kept",
    [
        ("RC", "16/00 - 0012345 B 09", "16/00-0012345B09"),
        ("RC", "16/00-0012345b09", "16/00-0012345B09"),
        ("RC", "16000012345B09", "16/00-0012345B09"),
        ("NIF", "000 016 001 234 567", "000016001234567"),
        ("NIS", "٠٠٠٠١٦٠٠١٢٣٤٥٦٧", "000016001234567"),
    ],
)
def test_a_number_is_kept_in_one_form(desk, kind, typed, kept):
    making.firm("A")
    assert sent(desk, reverse("number_new", args=["A"]), kind=kind, number=typed).status_code == 302
    assert LegalNumber.objects.get().number == kept


@pytest.mark.parametrize(
    "kind, typed, said",
    [
        ("RC", "0012345B09", "written 16/00-0012345B09"),
        ("NIF", "00001600123456", "has 15 digits"),
        ("NIF", "0000160012345678", "has 15 digits"),
        ("NIS", "00001600123456A", "has 15 digits"),
    ],
)
def test_a_number_of_another_form_is_refused_with_its_form(desk, kind, typed, said):
    making.firm("A")
    page = sent(desk, reverse("number_new", args=["A"]), kind=kind, number=typed)
    assert said in page.content.decode()
    assert not LegalNumber.objects.exists()


def test_a_number_belongs_to_one_firm(desk):
    LegalNumber.objects.create(firm=making.firm("A"), kind="NIF", number="1" * 15)
    making.firm("B")
    page = sent(desk, reverse("number_new", args=["B"]), kind="NIF", number="1" * 15)
    assert "Another firm has this number." in page.content.decode()


# Roles ---------------------------------------------------------------------------------------------------
def test_a_firm_has_several_roles_but_each_once_at_a_time(db):
    firm = making.firm("A")
    FirmRole.objects.create(firm=firm, role="maker", until=date(2025, 1, 1))
    FirmRole.objects.create(firm=firm, role="distributor")
    FirmRole(firm=firm, role="maker", since=date(2025, 1, 1)).full_clean()
    with pytest.raises(ValidationError, match="has this role already"):
        FirmRole(firm=firm, role="maker", since=date(2024, 12, 31)).full_clean()


def test_the_list_of_organisations_filters_by_the_roles_of_today(desk):
    brand = Firm.objects.create(code="BRAND", name="Marque")
    FirmRole.objects.create(firm=brand, role="brand")
    FirmRole.objects.create(firm=making.firm("A"), role="brand", until=TODAY)
    Registration.objects.create(firm=brand, wilaya_id="16")
    LegalNumber.objects.create(firm=brand, kind="NIF", number="123456789012345")
    for words in ("role=brand", "wilaya=16", "q=678901"):
        rows = desk.get(f"{reverse('firm_list')}?{words}").context["table"].rows
        assert [row.record.code for row in rows] == ["BRAND"]


def test_an_organisation_has_other_names_with_their_story(desk):
    making.firm("A")
    told = {"code": "BRAND", "name": "Marque", "role": "brand"}
    taken = sent(desk, reverse("firm_new"), **told, aliases="a")
    assert "already stands for A" in taken.content.decode()
    assert (
        sent(desk, reverse("firm_new"), **told, aliases="La Marque\r\n\r\nMarque DZ\r\nla  marque").status_code == 302
    )
    firm = Firm.objects.get(code="BRAND")
    assert set(firm.aliases.values_list("name", flat=True)) == {"la marque", "Marque DZ"}
    edit = reverse("firm_edit", args=["BRAND"])
    assert sent(desk, edit, aliases="Marque DZ").status_code == 302
    assert list(firm.aliases.values_list("name", flat=True)) == ["Marque DZ"]
    assert "la marque" in desk.get(reverse("history", args=["firm", "BRAND"])).content.decode()
    assert "Marque DZ" in desk.get(reverse("firm", args=["BRAND"])).content.decode()


# Statuses ------------------------------------------------------------------------------------------------
@given(changes=st.lists(st.tuples(DAYS, st.sampled_from(Supplier.Status.values)), max_size=6), asked=DAYS)
@example(changes=[(date(2026, 9, 21), "active")], asked=date(2025, 9, 4))
def test_who_was_active_on_a_day_is_read_from_the_statuses(db, changes, asked):
    """The naive twin walks through the changes one after the other, each time of a supplier without a history."""
    supplier = making.firm(f"A{Firm.objects.count()}").supplier
    then, last = "active", None
    for day, status in sorted(dict(changes).items()):
        supplier.status = status
        supplier.save()
        with write(None, "why") as door:
            record_statuses(door, [supplier], since=day)
        last = day
        then = status if day <= asked else then
    assert Supplier.objects.at_work_on(asked).filter(pk=supplier.pk).exists() == (then == "active")
    assert last is None or supplier.statuses.first().status == supplier.status


def test_the_first_recorded_change_keeps_what_was_before(db):
    supplier = making.firm("A").supplier
    supplier.status = "suspended"
    supplier.save()
    with write(None, "audit") as door:
        follow(door, None, [supplier])
    now, before = supplier.statuses.all()
    assert (now.status, now.reason, now.since) == ("suspended", "audit", door.today)
    assert (before.status, before.since) == ("active", None)


def test_what_was_suspended_long_ago_was_at_work_until_its_first_recorded_change(desk):
    supplier = making.firm("A").supplier
    for status in ("suspended", "active"):
        Supplier.objects.filter(pk=supplier.pk).update(status=status)
    assert sent(desk, reverse("supplier_edit", args=["A"]), note="Audit").status_code == 302
    span = supplier.statuses.get()
    assert (span.status, span.since) == ("active", None)


def test_the_status_changes_on_a_day_and_with_a_reason(desk):
    making.firm("A")
    address = reverse("supplier_status", args=["A"])
    assert "reason" in sent(desk, address, status="suspended", since="2026-09-01").context["form"].errors
    ahead = sent(desk, address, status="suspended", since="2026-09-23", reason="Audit")
    assert "still to come" in ahead.content.decode()
    assert sent(desk, address, status="suspended", since="2026-09-01", reason="Audit").status_code == 302
    early = sent(desk, address, status="ended", since="2026-08-31", reason="Closed")
    assert "give a later day" in early.content.decode()
    page = desk.get(reverse("supplier", args=["A"])).content.decode()
    assert "Audit" in page


def test_the_numbers_of_suppliers_by_definition(db, analyst):
    for code, status, joined in (
        ("A", "active", None),
        ("B", "suspended", None),
        ("C", "prospect", date(2026, 9, 23)),
        ("D", "active", date(2026, 9, 22)),
    ):
        Supplier.objects.filter(pk=making.firm(code).supplier.pk).update(status=status, joined_on=joined)
    asked = ask(analyst, Moment(0, TODAY, False, ""), {}, {})
    assert (suppliers_active(asked).value, suppliers_known(asked).value) == (2, 3)


# Pages ---------------------------------------------------------------------------------------------------
def test_an_organisation_is_entered_and_shown_and_can_become_a_supplier(desk):
    address = reverse("firm_new")
    assert sent(desk, address, code="JET", name="Jetour", role="vehicle_maker").status_code == 302
    page = desk.get(reverse("firm", args=["JET"])).content.decode()
    assert "Vehicle maker" in page
    assert f"{reverse('supplier_new')}?firm=JET" in page
    Supplier.objects.create(firm=Firm.objects.get(code="JET"))
    assert desk.get(reverse("firm", args=["JET"])).url == reverse("supplier", args=["JET"])


def test_a_group_cannot_belong_to_its_own_subsidiary(desk):
    group = Firm.objects.create(code="SNS", name="SNS")
    Firm.objects.create(code="MASSAR", name="Massar", parent=group)
    page = sent(desk, reverse("firm_edit", args=["SNS"]), parent=Firm.objects.get(code="MASSAR").pk)
    assert "belongs to this firm already" in page.content.decode()


def test_who_left_is_not_a_contact_any_more(desk):
    firm = making.firm("A")
    Contact.objects.create(firm=firm, name="Present", phone="021 00 00 00")
    Contact.objects.create(firm=firm, name="Gone", phone="021 00 00 00", left_on=TODAY)
    page = desk.get(reverse("supplier", args=["A"])).content.decode()
    assert "Present" in page
    assert "Gone" not in page


def test_a_site_is_in_a_commune(desk):
    making.site("S1", of="A", wilaya="16")
    assert sent(desk, reverse("site_edit", args=["A", "S1"]), commune="Rouïba").status_code == 302
    assert "Rouïba" in desk.get(reverse("supplier", args=["A"])).content.decode()


# Onboarding ----------------------------------------------------------------------------------------------
def test_onboarding_names_what_is_missing_until_all_is_done(desk, admin):
    firm = making.firm("A")
    page = desk.get(reverse("supplier", args=["A"]))
    missing = [step.name for step, done, _url in page.context["onboarding"]["steps"] if not done]
    entered = ["office", "numbers", "contact", "site", "joined", "agreement", "certificate", "people"]
    assert missing == [*entered, "expected", "declared"]
    site = making.site("S1", of="A", wilaya="16")
    Registration.objects.create(firm=firm, wilaya_id="16")
    for kind, number in (("RC", "16/00-0012345B09"), ("NIF", "1" * 15)):
        LegalNumber.objects.create(firm=firm, kind=kind, number=number)
    Contact.objects.create(firm=firm, name="Present", phone="021 00 00 00")
    Supplier.objects.filter(firm=firm).update(joined_on=TODAY - timedelta(days=400))
    making.person("a@example.org", making.SUPPLIER, firm=firm)
    making.expect(site, "2026-01")
    deal = Agreement.objects.create(code="D", title="D", kind="supply", state="signed")
    Party.objects.create(agreement=deal, firm=firm, role="supplier")
    iso = Standard.objects.get(code="iso-9001")
    Paper.objects.create(firm=firm, site=site, standard=iso, number="N", body="B", valid_from=date(2026, 1, 1))
    making.declare(admin, site, making.monthly(making.part("R", firm), {"2026-01": 10}))
    assert desk.get(reverse("supplier", args=["A"])).context["onboarding"] is None
    for number in range(60):
        making.firm(f"F{number}")
    body = desk.get(reverse("onboarding")).content.decode()
    assert "10 of 10" in body
    assert "0 of 10" in body
