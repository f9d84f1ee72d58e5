"""The search of every page: letters that people type for one another, references, rights, and a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm, FirmAlias
from catalogue.models import Family, Part, PartAlias
from partstrack import registry
from partstrack.searching import said
from tests import making

pytestmark = pytest.mark.django_db


def found(user, text, kind):
    """Return the hits of a kind for a text."""
    search = next(each for each in registry.all_of("search") if each.name == kind)
    return search.find(user, said(text), 20)


def titles(user, text, kind):
    """Return the titles of the hits of a kind, in alphabetical order."""
    return sorted(hit.title for hit in found(user, text, kind))


@pytest.fixture
def named():
    """A firm with French, Arabic and other names."""
    firm = making.firm("P05")
    Firm.objects.filter(pk=firm.pk).update(name="Société Élan Pièces", name_ar="شركة الأمل الجزائرية")
    FirmAlias.objects.create(firm=firm, name="SEP Oran")
    return firm


@pytest.mark.parametrize(
    "text",
    ["élan", "ELAN", "elan pieces", "pièces société", "الامل", "الأمل الجزائريه", "P05", "p0", "so", "sep oran", "SEP"],
)
def test_a_firm_is_found_however_its_letters_are_typed(named, manager, text):
    assert titles(manager, text, "supplier") == ["Société Élan Pièces"]


@pytest.mark.parametrize("text", ["elan absent", "an", "iece absente", "%"])
def test_what_a_firm_does_not_hold_does_not_find_it(named, manager, text):
    assert titles(manager, text, "supplier") == []


def test_three_letters_are_found_anywhere_and_fewer_at_the_beginning_of_a_word(named, manager):
    assert [titles(manager, text, "supplier") for text in ("lan", "la", "el")] == [
        ["Société Élan Pièces"],
        [],
        ["Société Élan Pièces"],
    ]


@pytest.mark.parametrize("text", ["", "  ", "_", "'; --", "\0", "()"])
def test_nothing_but_punctuation_searches_nothing(client, manager, text):
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/search/", {"q": text})
    assert (page.status_code, page.context["groups"]) == (200, [])


@pytest.mark.parametrize("text", ["8200 768-913", "8200768913", "٨٢٠٠٧٦٨٩١٣", "8200.768.913"])
def test_a_reference_is_exact_whatever_its_punctuation(manager, text):
    firm = making.firm("P05")
    making.part("8200 768 913", firm)
    making.part("8200 768 9134", firm)
    hits = sorted(found(manager, text, "part"), key=lambda hit: not hit.exact)
    assert [(hit.title, hit.exact) for hit in hits] == [("8200 768 913", True), ("8200 768 9134", False)]
    assert hits[0].url == "/production/lines/?part=P05%3A8200+768+913"


def test_a_part_is_found_by_another_reference_and_by_its_name(manager):
    firm = making.firm("P05")
    part = making.part("A-1", firm)
    Part.objects.filter(pk=part.pk).update(name="Plaquette de frein")
    PartAlias.objects.create(part=part, firm=firm, reference="ZX-77", reference_key="ZX77")
    assert [titles(manager, text, "part") for text in ("zx 77", "frein plaquette", "zx", "x7")] == [
        ["A-1"],
        ["A-1"],
        ["A-1"],
        [],
    ]


def test_the_only_exact_hit_is_offered_first(client, manager):
    firm = making.firm("P05")
    making.part("QX-100", firm)
    making.part("QX-1001", firm)
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/search/", {"q": "qx 100"})
    assert page.context["only"].title == "QX-100"
    assert [hit.title for hit in page.context["groups"][0].hits] == ["QX-100", "QX-1001"]


def test_pages_figures_wilayas_and_families_are_found_by_their_words(manager):
    family = Family.objects.get(code="brakes")
    assert titles(manager, "oran", "wilaya") == ["Oran"]
    assert [hit.code for hit in found(manager, "31", "wilaya")] == ["31"]
    assert titles(manager, "brakes", "family") == [family.name_en]
    assert family.name_en in titles(manager, family.name_ar, "family")
    assert "Suppliers" in titles(manager, "supplier", "page")
    assert found(manager, "like for like", "figure") != []


def test_a_person_without_the_right_finds_no_kind_of_it(client):
    supplier = making.person("p05@example.org", making.SUPPLIER, firm=making.firm("P05"))
    client.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    kinds = {kind.name for kind in client.get("/search/").context["kinds"]}
    assert kinds & {"person", "range", "workshop", "published"} == set()
    assert kinds >= {"supplier", "part", "file", "page"}


def test_words_of_another_firm_are_found_by_nobody_else(client):
    mine, other = making.firm("P05"), making.firm("P06")
    making.site("P06", wilaya="31")
    Firm.objects.filter(pk=other.pk).update(name="Kanarie")
    FirmAlias.objects.create(firm=other, name="Kanarie alias")
    making.part("KANARIE-1", other)
    supplier = making.person("p05@example.org", making.SUPPLIER, firm=mine)
    client.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert [client.get("/search/", {"q": text}).context["groups"] for text in ("kanarie", "kanarie alias", "P06")] == [
        [],
        [],
        [],
    ]


def test_a_search_costs_the_same_number_of_queries_however_much_is_found(client, manager):
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": "kanarie"})
        return len(asked)

    def add(number):
        firm = making.firm(f"KANARIE-{number}")
        FirmAlias.objects.create(firm=firm, name=f"Kanarie {number}")
        part = making.part(f"KANARIE-{number}", firm)
        PartAlias.objects.create(part=part, firm=firm, reference=f"KA-{number}", reference_key=f"KA{number}")
        making.site(f"KANARIE-S{number}", of=firm.code)
        making.brand(f"kanarie-{number}")

    add(1)
    queries()
    few = queries()
    for number in range(2, 12):
        add(number)
    assert queries() == few
    page = client.get("/search/", {"q": "kanarie"})
    assert {group.name: (len(group.hits), group.count) for group in page.context["groups"]} == dict.fromkeys(
        ("supplier", "part", "site", "brand"), (6, 11)
    )
