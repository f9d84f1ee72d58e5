"""Suppliers and what is kept about them come by file: seen before they are written, refused by cell, taken back."""

import csv
import io
from datetime import date

import pytest
from django.utils import translation

from accounts.models import Firm
from intake import desk
from intake.models import Batch, StagedRecord
from office import clock
from office.door import Refused, write
from partstrack import registry
from suppliers.models import LegalNumber, Paper, Site, Supplier
from tests import making
from tests.access import world

pytestmark = pytest.mark.django_db


def csv_of(*rows):
    """Return a csv file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def check(user, kind, *rows):
    batch = desk.receive(user, kind, f"{kind}.csv", [csv_of(*rows)], {}, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=True)


def send(user, kind, *rows):
    batch, found = check(user, kind, *rows)
    assert found["state"] == "checked", found["faults"]
    assert desk.apply(user, batch, clock.moment())["state"] == "applied"
    return batch


def places(found):
    return [(fault["row"], fault["column"], fault["value"]) for fault in found["faults"]]


SUPPLIERS = (
    ["Code", "Nom", "Nom en caractères arabes", "Statut", "Langue", "Wilaya de son site", "Autres noms", "Note"],
    ["P61", "Partenaire 61", "الشريك 61", "actif", "français", "16", "P-61; Part. 61", ""],
    ["P62", "Partenaire 62", "", "suspendu", "العربية", "Sétif", "", "visité"],
)


def test_suppliers_come_with_firm_site_and_other_names(moment, admin):
    batch = send(admin, "suppliers", *SUPPLIERS)
    first, second = Supplier.objects.filter(firm__code__in=["P61", "P62"]).order_by("firm__code")
    assert (first.firm.name_ar, first.status, first.language) == ("الشريك 61", "active", "fr")
    assert sorted(first.firm.aliases.values_list("name", flat=True)) == ["P-61", "Part. 61"]
    assert (second.status, second.language, second.note) == ("suspended", "ar", "visité")
    assert Site.objects.get(code="P62").places.get().wilaya.name_fr == "Sétif"
    desk.roll_back(admin, batch, reason="Mauvais fichier")
    assert not Firm.objects.filter(code__in=["P61", "P62"]).exists()


def test_a_blank_says_nothing_and_a_change_is_seen_before_and_after(moment, admin):
    send(admin, "suppliers", *SUPPLIERS)
    batch, _found = check(
        admin, "suppliers", ["Code", "Nom", "Note"], ["P61", "", "appelé"], ["P62", "Partenaire 62 SPA", "effacer"]
    )
    lines = {(line["part"], line["old"], line["new"]) for line in batch.result["changes"]}
    assert lines == {
        ("P61", "–", "appelé"),
        ("P62", "Partenaire 62", "Partenaire 62 SPA"),
        ("P62", "visité", "–"),
    }
    assert Firm.objects.get(code="P62").name == "Partenaire 62"
    desk.apply(admin, batch, clock.moment())
    assert (Firm.objects.get(code="P62").name, Supplier.objects.get(firm__code="P62").note) == ("Partenaire 62 SPA", "")
    assert Firm.objects.get(code="P61").aliases.count() == 2
    desk.roll_back(admin, batch, reason="Mauvais fichier")
    assert (Firm.objects.get(code="P62").name, Supplier.objects.get(firm__code="P62").note) == (
        "Partenaire 62",
        "visité",
    )


def test_what_a_form_refuses_is_said_of_the_cell_and_nothing_is_written(moment, admin):
    send(admin, "suppliers", *SUPPLIERS)
    head = ["Code fournisseur", "Type", "Numéro"]
    _batch, found = check(
        admin,
        "legal_numbers",
        head,
        ["P61", "NIF", "123"],
        ["P99", "NIF", "000016001234567"],
        ["P61", "TVA", "1"],
        ["P62", "NIF", "000016001234567"],
    )
    assert found["state"] == "refused"
    assert places(found) == [(2, None, ""), (3, "A", "P99"), (4, "B", "TVA")]
    assert not LegalNumber.objects.exists()


def test_what_a_form_refuses_is_said_in_the_language_of_who_reads(moment, admin):
    making.firm("P60")
    with translation.override("fr"):
        batch, _found = check(
            admin, "suppliers", ["Code", "Nom", "Statut", "Autres noms"], ["P61", "P", "actif", "P60"]
        )
    for language, said in (("en", "“P60” already stands for P60."), ("fr", "« P60 » désigne déjà P60.")):
        with translation.override(language):
            assert str(batch.faults.get().reason).replace("\u00a0", " ") == said


def test_a_row_twice_and_a_record_of_somebody_else_are_refused(moment, admin):
    send(admin, "suppliers", *SUPPLIERS)
    _batch, found = check(
        admin,
        "sites",
        ["Code", "Nom", "Fournisseur", "Wilaya"],
        ["S1", "Usine", "P61", "16"],
        ["s1", "Usine", "P61", "16"],
    )
    assert places(found) == [(2, "A", "S1"), (3, "A", "s1")]
    _batch, found = check(admin, "sites", ["Code", "Nom", "Fournisseur"], ["P61", "Usine", "P62"])
    assert places(found) == [(2, "C", "P62")]


def test_what_was_changed_since_the_preview_is_looked_at_again(moment, admin):
    send(admin, "suppliers", *SUPPLIERS)
    batch, _found = check(admin, "suppliers", ["Code", "Note"], ["P61", "appelé"])
    with write(admin):
        Supplier.objects.filter(firm__code="P61").update(note="entre-temps", version=7)
    assert desk.apply(admin, batch, clock.moment())["state"] == "checked"
    assert Supplier.objects.get(firm__code="P61").note == "entre-temps"
    assert StagedRecord.objects.get(batch=batch).before["note"] == "entre-temps"
    assert desk.apply(admin, batch, clock.moment())["state"] == "applied"
    with write(admin):
        Supplier.objects.filter(firm__code="P61").update(note="depuis", version=9)
    with pytest.raises(Refused, match="2"):
        desk.roll_back(admin, batch)
    assert Supplier.objects.get(firm__code="P61").note == "depuis"


def test_a_supplier_that_is_in_use_is_not_taken_out(moment, admin):
    batch = send(admin, "suppliers", *(row[:2] for row in SUPPLIERS))
    with write(admin):
        making.part("AX-1", Firm.objects.get(code="P61"))
    with pytest.raises(Refused):
        desk.roll_back(admin, batch)
    assert Supplier.objects.filter(firm__code="P62").exists()


def test_a_certificate_is_one_of_its_site_number_and_first_day(moment, admin):
    send(admin, "suppliers", *SUPPLIERS)
    head = ["Norme", "Site", "Numéro", "Délivré par", "Valable du", "Valable jusqu’au"]
    batch, found = check(admin, "papers", head, ["ISO 9001", "P61", "QA-7", "Veritas", "01/03/2025", "2028-02-29"])
    assert found["state"] == "checked", found["faults"]
    desk.apply(admin, batch, clock.moment())
    paper = Paper.objects.get()
    assert (paper.firm.code, paper.valid_from, paper.valid_to) == ("P61", date(2025, 3, 1), date(2028, 2, 29))


def test_the_present_records_come_back_and_say_nothing_new(moment, signed_in):
    admin = world.people()["admin"]
    world.things(world.OWN, admin)
    with write(admin):
        Firm.objects.create(code="BRAND", name="Une marque")
    kinds = [kind for kind in registry.all_of("kinds") if kind.records]
    assert len(kinds) > 15
    said = {kind.name: _come_back(kind, admin, signed_in(admin)) for kind in kinds}
    assert said == {kind.name: ("unchanged", kind.records.rows(admin).count()) for kind in kinds}


def _come_back(kind, user, client):
    """Return (state, records found unchanged, or what is wrong) of the file of the present records, sent as it is."""
    answer = client.get(f"/files/records/{kind.name}/?format=xlsx")
    batch = desk.receive(user, kind.name, "present.xlsx", [b"".join(answer.streaming_content)], {}, clock.moment())
    found = desk.check(user, batch, clock.moment(), inline=True)
    return found["state"], found["faults"] or batch.result["changes"] or found["unchanged"]


def test_only_who_enters_data_sends_records(moment, supplier_user, analyst, signed_in):
    for user in (supplier_user, analyst):
        assert signed_in(user).get("/files/records/suppliers/").status_code == 403
    batch = desk.receive(supplier_user, "suppliers", "x.csv", [csv_of(*SUPPLIERS)], {}, clock.moment())
    assert desk.check(supplier_user, batch, clock.moment(), inline=True)["state"] == Batch.State.REFUSED
