"""A supplier from its first day: firm, site, convention, four agreements, a co-development, a certificate with its document."""

import pytest

from suppliers.models import Agreement, Attendance, Commitment, Gate, Paper, Site
from tests.browser.conftest import PHONE, text

pytestmark = pytest.mark.browser
SIGNED_WITH = ("ikam", "techno-motiv", "ftb", "petro-baraka")


def test_an_admin_enters_what_was_agreed_and_each_sees_what_is_theirs(enter):
    admin = enter("admin", script=False)
    a_supplier_with_a_site(admin)
    a_convention_to_which_it_is_invited(admin)
    four_agreements(admin)
    a_co_development_with_stages(admin)
    a_certificate_with_its_document(admin)
    an_analyst_finds_them(enter("analyst"))
    a_supplier_does_not(enter("supplier", viewport=PHONE))


def fill(page, address, **said):
    """Open a form, type what is said, send it, and be led on."""
    page.goto(address)
    for name, value in said.items():
        field = page.locator(f"main form [name={name}]:not([type=hidden])").first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(chosen(field, value))
        else:
            field.fill(value)
    before = page.url
    page.locator("main form[method=post] button.btn-primary[type=submit]").last.click()
    assert page.url != before, text(page.locator("main"))


def chosen(field, said):
    """Return the value of the choice that is said by its value, or by words of its text."""
    offered = field.locator("option").evaluate_all("all => all.map((each) => [each.value, each.textContent])")
    found = [value for value, words in offered if value == said or (value and said.casefold() in words.casefold())]
    assert found, (said, offered)
    return found[0]


def a_supplier_with_a_site(page):
    fill(
        page,
        "/suppliers/new",
        code="FRENOVA",
        name="Frenova SARL",
        name_ar="فرينوفا",
        status="active",
        joined_on="2026-01-05",
        wilaya="Sétif",
    )
    assert page.url.endswith("/suppliers/FRENOVA")
    fill(
        page,
        "/suppliers/FRENOVA/sites/new",
        code="FRENOVA-2",
        name="Fonderie d’El Eulma",
        commune="El Eulma",
        wilaya="Sétif",
    )
    assert set(Site.objects.filter(firm__code="FRENOVA").values_list("code", flat=True)) == {"FRENOVA", "FRENOVA-2"}
    fill(page, "/suppliers/firms/FRENOVA/numbers/new", kind="nif", number="001916010512345")


def a_convention_to_which_it_is_invited(page):
    fill(
        page,
        "/suppliers/events/new",
        code="CONV-2026",
        title="Convention des fournisseurs 2026",
        kind="convention",
        year="2026",
        first_on="2026-09-15",
        last_on="2026-09-15",
        place="Alger",
    )
    fill(page, "/suppliers/events/CONV-2026/firms/new", firm="Frenova", state="attended", people="Directrice générale")
    assert Attendance.objects.get(event__code="CONV-2026").state == "attended"
    fill(
        page,
        "/suppliers/events/CONV-2026/actions/new",
        text="Envoyer le plan d’outillage",
        owner="Frenova",
        due_on="2026-10-15",
    )
    assert Commitment.objects.get(event__code="CONV-2026").owner.code == "FRENOVA"


def four_agreements(page):
    for number, firm in enumerate(SIGNED_WITH, 1):
        fill(
            page,
            "/suppliers/agreements/new",
            code=f"ACC-2026-9{number}",
            title=f"Accord avec {firm}",
            kind="supply",
            state="signed",
            signed_on="2026-09-15",
            place="Alger",
            event="Convention des fournisseurs 2026",
            party=firm.replace("-", " ").upper() if firm in ("ikam", "ftb") else firm.replace("-", " ").title(),
            party_role="supplier",
        )
    parties = Agreement.objects.filter(event__code="CONV-2026").values_list("parties__firm__code", flat=True)
    assert sorted(parties) == sorted(SIGNED_WITH)


def a_co_development_with_stages(page):
    fill(
        page,
        "/suppliers/projects/new",
        code="PRJ-DISQUE",
        title="Disques de frein, développement conjoint",
        kind="co_development",
        state="active",
        site="Fonderie",
        know_how="Fonderie de fonte grise, équilibrage",
        phase_out_on="2027-06-30",
    )
    fill(page, "/suppliers/projects/PRJ-DISQUE/partners/new", firm="Frenova", role="industrial")
    fill(page, "/suppliers/projects/PRJ-DISQUE/stages/new", stage="tooling", planned_on="2026-08-31")
    fill(page, "/suppliers/projects/PRJ-DISQUE/stages/new", stage="samples", months_after="3")
    assert Gate.objects.filter(project__code="PRJ-DISQUE").count() == 2
    page.goto("/suppliers/projects/")
    assert "22 jours" in text(page.locator("tr", has_text="PRJ-DISQUE"))


def a_certificate_with_its_document(page):
    fill(
        page,
        "/suppliers/papers/new",
        standard="ISO 9001",
        firm="Frenova",
        site="Fonderie",
        number="QMS-77",
        body="Bureau Veritas",
        valid_from="2026-02-01",
        valid_to="2029-01-31",
    )
    paper = Paper.objects.get(number="QMS-77")
    page.goto(f"/about/paper/{paper.pk}/documents/new/")
    page.locator("input[name=file]").set_input_files(
        {"name": "certificat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 certificate"}
    )
    page.locator("input[name=title]").fill("Certificat signé")
    page.locator("main form button.btn-primary[type=submit]").click()
    page.goto(f"/suppliers/papers/{paper.pk}")
    assert "Certificat signé" in text(page.locator("main"))


def an_analyst_finds_them(page):
    page.goto("/suppliers/FRENOVA")
    words = text(page.locator("main"))
    assert [each for each in ("Frenova SARL", "Disques de frein", "ISO 9001") if each not in words] == []
    page.goto("/suppliers/events/CONV-2026")
    assert page.locator("main", has_text="Accord avec ikam").count() == 1
    assert page.goto("/suppliers/agreements/new").status == 403


def a_supplier_does_not(page):
    for address in ("FRENOVA", "agreements/ACC-2026-91", "projects/PRJ-DISQUE"):
        assert page.goto(f"/suppliers/{address}").status == 404
