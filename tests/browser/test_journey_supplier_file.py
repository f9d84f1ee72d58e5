"""A supplier's file, from home and by links alone: the firm, its convention, what was signed there, a project, a certificate."""

import pytest
from django.db.models import Count

from accounts.models import Firm
from suppliers.models import Agreement, Commitment, Paper, Project
from tests.browser import desk
from tests.browser.conftest import text

pytestmark = pytest.mark.browser

SAVE = "form.entry .form-doors button.btn-primary"
FIRM, BRAND = "Freins du Hodna", "Marque A"
KINDS = {"MOU-H": "memorandum", "SUP-H": "supply", "COD-H": "co_development", "LOI-H": "intent"}
SIGNED, FIRST, LAST = "2026-09-20", "2026-09-19", "2026-09-20"


def test_the_file_of_a_supplier_is_entered_by_links_alone(enter, tmp_path):
    page = enter("admin")
    organisation_becomes_supplier(page)
    convention(page)
    for place, (code, kind) in enumerate(KINDS.items()):
        agreement(page, code, kind, first=not place)
    project(page)
    certificate(page, tmp_path / "certificat.txt")
    everything_is_on_its_page(page)
    the_supplier_of_another_firm_sees_none_of_it(enter("supplier"))


def room(page, section):
    """Go to a page of the suppliers from wherever one is."""
    page.locator("nav.rail a", has_text="Fournisseurs").click()
    page.locator("main nav a:visible").get_by_text(section, exact=True).click()


def door(page, words):
    page.locator("main a.btn:visible", has_text=words).first.click()


def fill(page, clicks=1, **values):
    """Fill in the form and save it; a choice is named by its value or its words."""
    for name, value in values.items():
        field = page.locator(f"form.entry [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            words = field.locator("option", has_text=value)
            field.select_option(words.first.get_attribute("value") if words.count() else value)
        elif isinstance(value, bool):
            field.set_checked(value)
        else:
            field.fill(value)
    desk.press(page, SAVE, clicks=clicks)


def refused(page, words):
    """Nothing was saved, and the page says why; what was typed stands."""
    problems = text(page.locator(".problems"))
    assert "Rien n’a été enregistré" in problems and words in text(page.locator("main")), problems


def organisation_becomes_supplier(page):
    room(page, "Organisations")
    door(page, "Nouvelle organisation")
    fill(page, clicks=2, code="HODNA", name=FIRM, name_ar="مكابح الحضنة", role="maker")
    assert Firm.objects.filter(code="HODNA").count() == 1
    door(page, "En faire un fournisseur")
    fill(page, status="active", joined_on="2026-09-01", wilaya="28")
    assert page.url.endswith("/suppliers/HODNA")
    assert "M’Sila" in text(page.locator("main"))


def convention(page):
    room(page, "Rencontres")
    door(page, "Nouvelle rencontre")
    fill(page, code="CONV-H", title="Convention de septembre", year="2025", first_on=FIRST, last_on=LAST)
    refused(page, "Le premier jour n’est pas dans cette année")
    fill(page, clicks=2, year="2026")
    for firm, state in ((FIRM, "attended"), (BRAND, "confirmed")):
        door(page, "Nouvelle invitation")
        fill(page, clicks=2, firm=firm, state=state)
    door(page, "Nouvelle invitation")
    fill(page, firm=FIRM)
    refused(page, "Cette entreprise est déjà invitée")
    page.locator("main a", has_text="Annuler").click()
    said = text(page.locator("main"))
    assert "A participé" in said and "A confirmé" in said


def agreement(page, code, kind, first):
    """From the event: what is signed there begins with it."""
    room(page, "Rencontres")
    page.locator("main a", has_text="Convention de septembre").click()
    door(page, "Nouvel accord")
    given = {"code": code, "title": f"Accord {code}", "kind": kind, "state": "signed", "valid_from": SIGNED}
    if first:
        fill(page, **given, signed_on="2027-01-01")
        refused(page, "Ce jour n’est pas encore venu")
    fill(page, clicks=2, **given, signed_on=SIGNED)
    for firm, role in ((FIRM, "supplier"), (BRAND, "brand")):
        door(page, "Nouvelle partie")
        fill(page, firm=firm, role=role)
    door(page, "Nouvel engagement")
    fill(page, clicks=2, text=f"Remettre l’étude {code}", owner=FIRM, due_on="2026-12-31")
    found = Agreement.objects.annotate(parties_count=Count("parties")).get(code=code)
    binds_nobody = kind in Agreement.NO_CONTRACT
    assert (found.event.code, found.parties_count) == ("CONV-H", 2)
    assert found.binding is (False if binds_nobody else None)
    assert ("n’engage personne" in text(page.locator("main"))) is binds_nobody
    assert Commitment.objects.filter(agreement=found).count() == 1


def project(page):
    """Stages are planned for a day or by how long they take; what is reached lies behind us."""
    room(page, "Projets")
    door(page, "Nouveau projet")
    fill(page, clicks=2, code="DISQ-H", title="Disques ventilés", kind="co_development", agreement="Accord COD-H")
    for firm, role in ((FIRM, "industrial"), (BRAND, "brand")):
        door(page, "Nouveau partenaire")
        fill(page, firm=firm, role=role)
    door(page, "Nouvelle étape")
    fill(page, stage="identified", planned_on="2026-09-01", actual_on="2027-01-01")
    refused(page, "Ce jour n’est pas encore venu")
    fill(page, actual_on="2026-09-03")
    door(page, "Nouvelle étape")
    fill(page, stage="feasibility", planned_on="2026-12-01", months_after="3")
    refused(page, "Indiquez un jour ou un nombre de mois, pas les deux")
    fill(page, clicks=2, planned_on="")
    rows = [text(row) for row in page.locator("main tbody tr", has_text="/2026").all()]
    assert "2 jours de retard" in rows[0] and "03/12/2026" in rows[1]
    assert Project.objects.get(code="DISQ-H").gates.count() == 2


def certificate(page, path):
    """From the supplier's page the certificate begins with its site; its file is kept with it."""
    path.write_text("Certificat IATF", encoding="utf-8")
    page.locator("main a", has_text=FIRM).first.click()
    door(page, "Nouveau certificat")
    fill(page, clicks=2, standard="IATF", number="IATF-H", body="Organisme A", valid_from="2026-01-01")
    found = Paper.objects.get(number="IATF-H")
    assert (found.site.code, found.firm.code, found.accepted) == ("HODNA", "HODNA", True)
    door(page, "Joindre un document")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("input[name=title]").fill("Certificat signé")
    desk.press(page, "main form button[type=submit].btn-primary")
    assert "Certificat signé" in text(page.locator("main"))


def everything_is_on_its_page(page):
    room(page, "Fournisseurs")
    page.locator("main a", has_text=FIRM).click()
    said = text(page.locator("main"))
    assert all(words in said for words in [*(f"Accord {code}" for code in KINDS), "Disques ventilés", "IATF 16949"])


def the_supplier_of_another_firm_sees_none_of_it(page):
    paper = Paper.objects.get(number="IATF-H").pk
    hidden = ["HODNA", "agreements/SUP-H", "projects/DISQ-H", "events/CONV-H", f"papers/{paper}"]
    assert {each: page.goto(f"/suppliers/{each}").status for each in hidden} == dict.fromkeys(hidden, 404)
    for each in ("", "agreements/", "commitments/", "events/", "projects/", "papers/"):
        page.goto(f"/suppliers/{each}")
        assert "Hodna" not in text(page.locator("main")) and "Accord COD-H" not in text(page.locator("main"))
