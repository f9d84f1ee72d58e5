"""The words of a received file on its pages: in the reader's language, for people who click, and never untrue."""

import json
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from intake import desk
from intake.models import Batch
from office import clock
from office.models import Write
from tests import making
from tests.intake.test_desk import content
from tests.intake.test_desk_faults import book, check

pytestmark = pytest.mark.django_db
REASON = {
    "fr": "Cette référence est inconnue.",
    "ar": "هذا المرجع غير معروف.",
    "en": "This reference is not known.",
}


def page(browser, batch, language="fr"):
    """Return the page of a file as somebody reads it."""
    browser.cookies["django_language"] = language
    return unescape(browser.get(reverse("batch", args=[batch.pk])).content.decode())


@pytest.fixture
def plant(moment, admin):
    """A site with the part A, and months enough to find a value suspicious."""
    site = making.site("S1")
    part = making.part("A", site.firm)
    making.declare(admin, site, making.monthly(part, {f"2026-0{n}": 100 for n in range(1, 6)}))
    return site


@pytest.mark.parametrize("checker", REASON)
def test_what_is_wrong_is_read_in_the_language_of_the_reader_not_of_who_checked(plant, admin, signed_in, checker):
    with translation.override(checker):
        batch, _found = check(admin, content(["B", "06/2026", 1], ["A", "06/2026", "n/a"]), name="v.csv")
    for language, words in REASON.items():
        assert words in page(signed_in(admin), batch, language)


def test_notes_rows_left_out_and_suspicions_are_read_in_the_language_of_the_reader(plant, admin, signed_in):
    rows = [["ref", "06/2026", "07/2026"], ["A", 1000, "n/a"], ["Total", 1000, None]]
    with translation.override("ar"):
        batch, _found = check(admin, book(V=rows))
    shown = page(signed_in(admin), batch)
    assert "ligne de total" in shown
    assert "Environ dix fois la valeur habituelle." in shown
    assert "Le fichier ne dit pas ce qu’il compte" in shown
    assert not any("\u0600" <= letter <= "\u06ff" for letter in shown.replace("العربية", ""))


def test_what_was_kept_in_words_before_is_still_shown(plant, admin, signed_in):
    batch, _found = check(admin, content(["B", "06/2026", 1]), name="v.csv")
    batch.faults.update(reason="Ancien motif", remedy="Ancien remède")
    Batch.objects.filter(pk=batch.pk).update(result={**batch.result, "notes": ["Ancienne note {x}"]})
    shown = page(signed_in(admin), batch, "ar")
    assert all(words in shown for words in ("Ancien motif", "Ancien remède", "Ancienne note {x}"))


def test_the_answer_of_the_command_line_is_english_whoever_checked(plant, admin, capsys, tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(content(["B", "06/2026", 1]))
    with pytest.raises(SystemExit):
        call_command("upload", "output", str(path), "--supplier", "S1", "--as", admin.email, "--json")
    fault = json.loads(capsys.readouterr().out)["faults"][0]
    assert fault["reason"] == REASON["en"]
    assert fault["remedy"] == "Match it with a known part, correct it, or let the file create it. (--create)"


@pytest.mark.parametrize("options", [{}, {"supplier": ""}, {"supplier": "NOBODY"}, {"supplier": "BARE"}])
def test_pages_say_nothing_of_the_command_line(plant, admin, signed_in, options):
    making.firm("BARE")
    making.site("S1B", of="S1") if options else None
    batch, found = check(admin, content(["B", "06/2026", 1]), name="v.csv", **options)
    assert any("(--" in fault["remedy"] for fault in found["faults"])
    assert "--" not in "".join(f"{fault.reason}{fault.remedy}" for fault in batch.faults.all())
    assert "(--" not in page(signed_in(admin), batch)


def test_an_unreadable_file_of_a_known_supplier_is_not_called_new(plant, admin, signed_in):
    batch, _found = check(admin, b"%PDF-1.7", name="v.pdf")
    assert "(nouveau)" not in page(signed_in(admin), batch)


def test_what_is_created_is_said_in_words_and_only_when_something_is(plant, admin, signed_in):
    browser = signed_in(admin)
    batch, _found = check(admin, content(["A", "06/2026", 90]), name="v.csv")
    assert "Il crée aussi" not in page(browser, batch)
    batch, _found = check(admin, content(["A", "06/2026", 90], ["B", "06/2026", 1]), name="v.csv", create=True)
    assert "Il crée aussi\u00a0: 1 référence." in page(browser, batch)
    batch, _found = check(admin, content(["A", "06/2026", 90], ["B", "06/2026", 1]), supplier="NEW", create=True)
    assert "Il crée aussi\u00a0: 1 fournisseur, 1 site, 2 références." in page(browser, batch)


def test_a_file_without_news_wears_no_cross(plant, admin, signed_in):
    batch, found = check(admin, content(["A", "05/2026", 100]), name="v.csv")
    shown = page(signed_in(admin), batch)
    assert (found["state"], "step-idle" in shown, "step-stopped" in shown) == ("unchanged", True, False)


@pytest.fixture
def applied(plant, admin):
    """A file that was applied."""
    batch, _found = check(admin, content(["A", "06/2026", 90]), name="v.csv")
    desk.apply(admin, batch, clock.moment())
    batch.refresh_from_db()
    return batch


def test_rolling_back_asks_for_a_reason_on_a_page_of_its_own(applied, admin, signed_in):
    browser, address = signed_in(admin), reverse("batch_rollback", args=[applied.pk])
    assert address in page(browser, applied)
    assert 'name="reason"' in browser.get(address).content.decode()
    browser.post(address, {"key": "one", "reason": "  "})
    applied.refresh_from_db()
    assert applied.state == "applied"
    browser.post(address, {"key": "two", "reason": "wrong site"})
    applied.refresh_from_db()
    assert (applied.state, Write.objects.latest("version").reason) == ("rolled_back", "wrong site")
    assert browser.get(address).status_code == 302


def test_rolling_back_twice_is_done_once(applied, admin, signed_in):
    browser, address = signed_in(admin), reverse("batch_rollback", args=[applied.pk])
    for _click in range(2):
        browser.post(address, {"key": "one", "reason": "wrong site"})
    assert Write.objects.filter(reason="wrong site").count() == 1


def test_a_month_that_cannot_be_closed_says_its_reasons_beside_the_checklist(plant, manager, capsys):
    making.expect(making.site("P06"), "2026-01")
    with pytest.raises(SystemExit):
        call_command("period", "close", "2026-05", "--as", manager.email, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["reasons"] == found["checklist"] != []
