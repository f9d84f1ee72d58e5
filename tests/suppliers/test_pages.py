"""Suppliers and their sites on the screen: who sees what, what is written, what is refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Firm, FirmAlias
from office.models import Write
from suppliers.models import Site, SitePlace, Supplier
from tests import making

NEW = {"key": "k1", "code": "P16", "name": "Partenaire 16", "status": "active"}


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def edit_of(client, address):
    """Return what the form at an address holds, as it would be sent back."""
    form = client.get(address).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


# The list ----------------------------------------------------------------------------------------------
def test_the_list_says_how_many_sites_and_where(desk):
    making.site("S1", of="A", wilaya="16")
    making.site("S2", of="A", wilaya="09")
    making.firm("B")
    table = desk.get(reverse("supplier_list")).context["table"]
    rows = [(row.record.firm.code, row.record.site_count, row.record.wilaya_codes) for row in table.rows]
    assert rows == [("A", 2, ["09", "16"]), ("B", 0, None)]
    assert table.totals == {"sites": 2}


def test_the_total_of_sites_is_that_of_the_suppliers_that_pass(desk):
    making.site("S1", of="A", wilaya="16")
    making.site("S2", of="A", wilaya="09")
    making.site("S3", of="B", wilaya="16")
    ended = making.site("S4", of="B", wilaya="16")
    Site.objects.filter(pk=ended.pk).update(archived_at="2026-01-01T00:00Z")
    Firm.objects.create(code="X", name="X").sites.create(code="S5", name="S5")  # no supplier
    for asked, total in (("", 3), ("?wilaya=09", 2), ("?q=S3", 1), ("?status=ended", 0)):
        table = desk.get(reverse("supplier_list") + asked).context["table"]
        assert table.totals == {"sites": total} == {"sites": sum(row.record.site_count for row in table.rows)}


def test_the_file_of_the_list_holds_what_the_page_shows(desk):
    making.site("S1", of="A", wilaya="16")
    body = b"".join(desk.get(reverse("supplier_list") + "?format=csv").streaming_content).decode("utf-8-sig")
    assert "16 Alger" in body
    assert "Active" in body


@pytest.mark.parametrize(
    "words, codes",
    [
        ("q=ika", ["A"]),
        ("q=usine", ["A"]),
        ("q=autre", ["B"]),
        ("status=suspended", ["B"]),
        ("wilaya=16", ["A"]),
        ("q=ika&status=suspended", []),
    ],
)
def test_filters_keep_the_suppliers_they_name(desk, words, codes):
    Site.objects.create(code="usine-1", name="Usine", firm=making.firm("A"))
    SitePlace.objects.create(site=Site.objects.get(), wilaya_id="16")
    Firm.objects.filter(code="A").update(name="IKAM")
    FirmAlias.objects.create(firm=making.firm("B"), name="Autre nom")
    Supplier.objects.filter(firm__code="B").update(status="suspended")
    table = desk.get(f"{reverse('supplier_list')}?{words}").context["table"]
    assert [row.record.firm.code for row in table.rows] == codes


def test_a_wilaya_that_a_site_left_is_not_its_own_any_more(desk):
    site = making.site("S1", of="A")
    SitePlace.objects.create(site=site, wilaya_id="09", valid_to=date(2026, 1, 1))
    SitePlace.objects.create(site=site, wilaya_id="16", valid_from=date(2026, 1, 1))
    found = desk.get(reverse("supplier_list") + "?wilaya=09").context["table"]
    assert len(found.rows) == 0


# One supplier ------------------------------------------------------------------------------------------
def test_the_page_of_a_supplier_shows_firm_sites_and_group(desk):
    making.site("S1", of="A", wilaya="16")
    group = Firm.objects.create(code="SNS", name="SNS Holding")
    Firm.objects.filter(code="A").update(parent=group, name_ar="شركة")
    FirmAlias.objects.create(firm=Firm.objects.get(code="A"), name="A-lias")
    body = desk.get(reverse("supplier", args=["A"])).content.decode()
    for words in ("SNS Holding", "A-lias", "شركة", "16 Alger", "S1"):
        assert words in body


def test_a_supplier_user_sees_neither_the_others_nor_the_group(signed_in, supplier_user):
    making.firm("OTHER")
    Firm.objects.filter(code="P05").update(parent=Firm.objects.create(code="GRP", name="Secret group"))
    client = signed_in(supplier_user)
    assert client.get(reverse("supplier", args=["OTHER"])).status_code == 404
    assert client.get(reverse("supplier", args=["NONE"])).status_code == 404
    assert "Secret group" not in client.get(reverse("supplier", args=["P05"])).content.decode()
    rows = client.get(reverse("supplier_list")).context["table"].rows
    assert [row.record.firm.code for row in rows] == ["P05"]


@pytest.mark.parametrize("name", ["supplier_new", "supplier_edit", "site_new", "site_edit"])
def test_only_who_enters_opens_the_forms(signed_in, analyst, supplier_user, name):
    making.site("P05", of="P05")
    args = {"supplier_new": [], "site_edit": ["P05", "P05"]}.get(name, ["P05"])
    for user in (analyst, supplier_user):
        assert signed_in(user).get(reverse(name, args=args)).status_code == 403


# Entering a supplier -----------------------------------------------------------------------------------
def test_a_new_supplier_is_written_with_its_first_site_and_names(desk):
    answer = desk.post(
        reverse("supplier_new"),
        {
            **NEW,
            "name_ar": "الشريك 16",
            "aliases": "Part. 16\n  Sarl  P16 \n",
            "joined_on": "2026-08-01",
            "wilaya": "16",
        },
    )
    assert answer.url == "/suppliers/P16"
    supplier = Supplier.objects.get(firm__code="P16")
    assert (supplier.joined_on, supplier.status) == (date(2026, 8, 1), "active")
    assert list(supplier.firm.aliases.values_list("name", flat=True)) == ["Part. 16", "Sarl P16"]
    site = supplier.firm.sites.get()
    assert (site.code, site.name_ar, site.places.get().wilaya_id) == ("P16", "الشريك 16", "16")
    assert Write.objects.count() == 1


def test_the_form_sent_twice_writes_once(desk):
    first, second = (desk.post(reverse("supplier_new"), NEW) for _ in range(2))
    assert first.url == second.url == "/suppliers/P16"
    assert Supplier.objects.count() == Site.objects.count() == Write.objects.count() == 1


def refused(client, data, address=None):
    """Send a form that must be refused, and return its errors; nothing may be written."""
    before = Write.objects.count()
    answer = client.post(address or reverse("supplier_new"), data)
    assert answer.status_code == 200
    assert Write.objects.count() == before
    with translation.override("en"):
        return {name: [str(error) for error in errors] for name, errors in answer.context["form"].errors.items()}


def test_a_code_that_is_taken_is_refused_whatever_its_case(desk):
    making.firm("p16")
    assert refused(desk, NEW) == {"code": ["p16 has this code."]}


def test_a_code_of_another_suppliers_site_is_refused(desk):
    making.site("P16", of="A")
    assert refused(desk, NEW) == {"code": ["A site of another supplier has this code."]}


@pytest.mark.parametrize("code", ["new", "a b", "-x", ""])
def test_a_code_that_cannot_stand_in_an_address_is_refused(desk, code):
    assert len(refused(desk, {**NEW, "code": code})) == 1


def test_an_alias_of_another_firm_is_refused_however_it_is_written(desk):
    FirmAlias.objects.create(firm=making.firm("A"), name="Techno-Motiv")
    assert refused(desk, {**NEW, "aliases": "TECHNO  MOTIV"}) == {"aliases": ["“TECHNO MOTIV” already stands for A."]}


def test_a_firm_that_is_known_already_becomes_a_supplier(desk):
    firm = Firm.objects.create(code="COMEXIA", name="Comexia")
    errors = refused(desk, {**NEW, "code": "COMEXIA"})
    assert errors["code"][0].endswith('<a href="?firm=COMEXIA">Make it one</a>.')
    desk.post(reverse("supplier_new") + "?firm=COMEXIA", {**NEW, "name": "Comexia Spa"})
    firm.refresh_from_db()
    assert (firm.supplier.status, firm.name, firm.sites.get().code) == ("active", "Comexia Spa", "COMEXIA")


def test_a_changed_supplier_keeps_its_code_and_notes_who_and_why(desk, admin):
    making.site("A", of="A")
    FirmAlias.objects.create(firm=Firm.objects.get(code="A"), name="Old")
    address = reverse("supplier_edit", args=["A"])
    data = {**edit_of(desk, address), "code": "B", "name": "Neuf", "aliases": "New", "reason": "register"}
    assert desk.post(address, data).url == "/suppliers/A"
    firm = Firm.objects.get(code="A")
    assert (firm.name, firm.version, firm.supplier.version, firm.sites.count()) == ("Neuf", 2, 2, 1)
    assert [alias.name for alias in firm.aliases.all()] == ["New"]
    assert list(Write.objects.values_list("user", "reason")) == [(admin.pk, "register")]


def test_a_change_of_name_keeps_the_former_name_with_its_day(desk):
    making.site("A", of="A")
    FirmAlias.objects.create(firm=making.firm("A"), name="Alpha")
    address = reverse("supplier_edit", args=["A"])
    data = {**edit_of(desk, address), "name": "Neuf", "renamed_on": "2026-06-01", "reason": "register"}
    assert desk.post(address, data).url == "/suppliers/A"
    firm = Firm.objects.get(code="A")
    assert dict(firm.aliases.values_list("name", "until")) == {"A": date(2026, 6, 1), "Alpha": None}
    assert [firm.name_on(day, "ar") for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["A", "Neuf"]
    assert [row.record.firm.code for row in desk.get("/suppliers/?q=neuf").context["table"].rows] == ["A"]
    again = {**edit_of(desk, address), "name": "Neuf SPA", "renamed_on": "2026-06-01"}
    assert list(refused(desk, again, address)) == ["renamed_on"]  # it changed its name that day already
    desk.post(address, {**again, "renamed_on": "2026-08-01", "aliases": ""})
    firm.refresh_from_db()
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 1))
    assert [firm.name_on(day, "fr") for day in days] == ["A", "Neuf", "Neuf SPA"]


def test_a_day_of_renaming_without_a_new_name_is_refused(desk):
    making.firm("A")
    address = reverse("supplier_edit", args=["A"])
    assert list(refused(desk, {**edit_of(desk, address), "renamed_on": "2026-06-01"}, address)) == ["renamed_on"]


def test_who_comes_second_sees_both_versions_and_nothing_is_overwritten(desk):
    making.firm("A")
    address = reverse("supplier_edit", args=["A"])
    first, second = edit_of(desk, address), edit_of(desk, address)
    desk.post(address, {**first, "name": "First"})
    answer = desk.post(address, {**second, "name": "Second"})
    assert answer.status_code == 409
    assert Firm.objects.get(code="A").name == "First"
    assert b"First" in answer.content and b"Second" in answer.content
    again = {**second, "name": "Second", "version": "2", "key": "other"}
    assert desk.post(address, again).status_code == 302
    assert Firm.objects.get(code="A").name == "Second"


def test_a_firm_cannot_belong_to_its_own_subsidiary(desk):
    top = making.firm("TOP")
    low = making.firm("LOW")
    Firm.objects.filter(pk=low.pk).update(parent=top)
    address = reverse("supplier_edit", args=["TOP"])
    errors = refused(desk, {**edit_of(desk, address), "parent": low.pk}, address)
    assert errors == {"parent": ["LOW belongs to this firm already."]}


def test_a_circle_of_firms_that_stands_already_does_not_hold_the_form_up(desk):
    low, top = making.firm("LOW"), making.firm("TOP")
    Firm.objects.filter(pk=top.pk).update(parent=low)
    Firm.objects.filter(pk=low.pk).update(parent=top)
    assert desk.post(reverse("supplier_new"), {**NEW, "parent": low.pk}).status_code == 302
    assert Firm.objects.get(code="P16").parent == low


# Sites -------------------------------------------------------------------------------------------------
def site_form(desk, **changes):
    """Return the address and the filled form of site S1 of A."""
    address = reverse("site_edit", args=["A", "S1"])
    return address, {**edit_of(desk, address), **changes}


def places():
    return list(SitePlace.objects.order_by("pk").values_list("wilaya", "valid_from", "valid_to"))


def test_a_new_site_is_where_it_is_said_to_be(desk):
    making.firm("A")
    data = {"key": "k", "code": "S9", "name": "Usine 9", "wilaya": "31", "moved_on": "2026-01-01"}
    assert desk.post(reverse("site_new", args=["A"]), data).url == "/suppliers/A"
    assert places() == [("31", date(2026, 1, 1), None)]
    assert Site.objects.get().firm.code == "A"


def test_a_move_ends_the_place_of_before_and_begins_another(desk):
    making.site("S1", of="A", wilaya="09")
    desk.post(*site_form(desk, wilaya="16", moved_on="2026-05-01"))
    assert places() == [("09", None, date(2026, 5, 1)), ("16", date(2026, 5, 1), None)]


def test_a_correction_rewrites_the_place(desk):
    making.site("S1", of="A", wilaya="09")
    desk.post(*site_form(desk, wilaya="16"))
    assert places() == [("16", None, None)]


def test_a_site_without_a_wilaya_is_completed(desk):
    making.site("S1", of="A")
    desk.post(*site_form(desk, wilaya="16"))
    assert places() == [("16", None, None)]


def test_a_saved_site_whose_wilaya_stays_keeps_its_place(desk):
    making.site("S1", of="A", wilaya="09")
    desk.post(*site_form(desk, name="Neuf"))
    assert places() == [("09", None, None)]
    assert Site.objects.get().name == "Neuf"


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"wilaya": ""}, "wilaya"),
        ({"moved_on": "2026-06-01"}, "moved_on"),
        ({"wilaya": "16", "moved_on": "2026-01-01"}, "moved_on"),
    ],
)
def test_a_move_that_does_not_fit_is_refused(desk, changes, field):
    site = making.site("S1", of="A")
    SitePlace.objects.create(site=site, wilaya_id="09", valid_from=date(2026, 1, 1))
    address, data = site_form(desk, **changes)
    assert list(refused(desk, data, address)) == [field]
    assert places() == [("09", date(2026, 1, 1), None)]


def test_a_site_is_found_under_its_own_supplier_only(desk):
    making.site("S1", of="A")
    making.firm("B")
    assert desk.get(reverse("site_edit", args=["B", "S1"])).status_code == 404
