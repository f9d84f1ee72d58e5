"""The pages of growth: what they show is what the figures say, each table is a file, and asking costs the same for all."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Family
from production.models import MonthNote, Range, RangePart, Target, TargetAmount
from tests import making
from tests.browser.asking import figure
from tests.making import declare

pytestmark = pytest.mark.django_db

PAGES = ("growth/", "growth/by/", "growth/by/?by=supplier", "growth/by/?by=part", "growth/months/", "growth/bridge/")
PAGES += ("growth/bridge/?by=supplier", "targets/", "growth/?measure=scrap_rate", "growth/by/?measure=price_sold")


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


def grow(admin, codes):
    """Make suppliers with two years of months."""
    for number, code in enumerate(codes, 1):
        site = making.site(code, wilaya="16")
        making.expect(site, "2025-01")
        part = making.part(f"{code}-1", site.firm)
        amounts = {f"2025-{m:02d}": 100 * number for m in range(1, 13)}
        amounts |= {f"2026-{m:02d}": 130 * number for m in range(1, 9)}
        declare(admin, site, {month: [(part, said(amount))] for month, amount in amounts.items()})
        target = Target.objects.create(year=2026, firm=site.firm, amount=1200)
        TargetAmount.objects.create(target=target, amount=1200, from_v=0)


def said(amount):
    """Return what a line says: made, scrapped, sold, and for how much."""
    return {"produced": amount, "scrapped": 1, "sold_after_market": amount, "value_sold": 10 * amount}


def page_of(client, path):
    """Return a page of production in English."""
    client.cookies["django_language"] = "en"
    answer = client.get(f"/production/{path}")
    assert answer.status_code == 200, path
    return answer


def rows_of(answer):
    """Return the rows of a csv file up to its control lines."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    return [row for row in rows if len(row) > 2]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_for_one_supplier_and_for_four(admin, analyst, signed_in, path):
    client, counts = signed_in(analyst), []
    for codes in (("A",), ("B", "C", "D")):
        grow(admin, codes)
        page_of(client, path)  # what is read once is read now
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(client, path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", PAGES)
def test_every_table_is_a_file(admin, analyst, signed_in, path):
    grow(admin, ("A", "B"))
    answer = page_of(signed_in(analyst), f"{path}{'&' if '?' in path else '?'}format=csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(rows_of(answer)) >= 2


def test_the_bridge_of_suppliers_adds_up_in_its_file(admin, analyst, signed_in):
    grow(admin, ("A", "B"))
    rows = rows_of(page_of(signed_in(analyst), "growth/bridge/?by=supplier&format=csv"))
    said = figure("bridge", by="supplier")
    assert [sum(float(row[column]) for row in rows[1:3]) for column in (1, 2)] == [
        float(said["base"]),
        float(said["compared"]),
    ]


def test_a_family_leads_to_its_references_and_a_supplier_to_its_sites(admin, analyst, signed_in):
    grow(admin, ("A",))
    client = signed_in(analyst)
    assert "?family=brakes&amp;by=part&amp;measure=produced" in page_of(client, "growth/by/").content.decode()
    assert "?supplier=A&amp;by=site" in page_of(client, "growth/by/?by=supplier").content.decode()
    references = page_of(client, "growth/by/?by=part&family=brakes").content.decode()
    assert "/production/lines/?family=brakes&amp;unit=piece" in references


def test_a_range_leads_to_the_lines_that_its_number_is_the_sum_of(admin, analyst, signed_in, client):
    site, brand = making.site("A"), making.brand("brand-a")
    kinds = ("brakes", "brakes", "brakes", "oils", "oils", "clutches")
    parts = [making.part(f"P{number}", site.firm, kind) for number, kind in enumerate(kinds)]
    lines = [(part, {"produced": 10**number}, brand) for number, part in enumerate(parts)]
    declare(admin, site, {"2026-05": [*lines, (parts[0], {"produced": 7})]})
    # R1: what is left of the brakes; R2, R3: references, one of which is in both; R4, R5: not to be told apart.
    listed = {"R1": (), "R2": (1, 2, 5), "R3": (2,), "R4": (), "R5": ()}
    for code, numbers in listed.items():
        family = Family.objects.get(code="oils" if code in {"R4", "R5"} else "brakes")
        row = Range.objects.create(code=code, brand=brand, family=family, application=code)
        RangePart.objects.bulk_create(RangePart(range=row, part=parts[number], from_v=0) for number in numbers)
    groups = {row["key"]: row["value"] for row in figure("produced", by="range", year=2026)["groups"]}
    signed_in(analyst)
    page = page_of(client, "growth/by/?by=range&year=2026").content.decode()
    links = {
        code: re.search(rf'href="/production/(lines/\?[^"]*range={code}(?:&[^"]*)?)"', page)
        for code in groups
        if code in listed
    }
    assert {code: Decimal(groups[code]) for code in links} == {"R1": 1, "R2": 100_010}
    for code, found in links.items():
        shown = page_of(client, html.unescape(found[1]))
        assert shown.context["table"].totals["produced"] == Decimal(groups[code])
    assert "range=-" not in page and "range=*" not in page and "range=%2A" not in page
    for code in ("R3", "R4"):
        assert not page_of(client, f"lines/?range={code}").context["table"].page.object_list
    client.force_login(making.person("s@example.org", "supplier", firm=site.firm))
    assert "lines/?range" not in page_of(client, "growth/by/?by=range&year=2026").content.decode()
    assert 'name="range"' not in page_of(client, "lines/").content.decode()


def test_wrong_words_are_said_and_the_plain_question_is_asked(admin, analyst, signed_in):
    grow(admin, ("A",))
    client = signed_in(analyst)
    assert "is not a year like 2026" in page_of(client, "growth/?year=soon&measure=gold&by=moon").content.decode()
    for path in ("growth/?year=1901", "growth/months/?year=2099", "growth/bridge/?year=1990", "growth/by/?year=2050"):
        page_of(client, path)


@pytest.mark.parametrize("page", ["growth/", "growth/by/", "growth/months/", "growth/bridge/", "targets/"])
@pytest.mark.parametrize("words", ["base-year=2030", "from=2026-01", "to=2026-01", "from=2026-05&to=2026-01", "year=x"])
def test_months_that_cannot_be_asked_are_said_and_left_out(analyst, signed_in, page, words):
    assert 'class="note note-bad"' in page_of(signed_in(analyst), f"{page}?{words}").content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "words", ["from=2025-09&to=2026-06", "base-year=2024", "as-of=2026-06-30", "supplier=A", "unit=set"]
)
def test_every_question_is_answered(admin, analyst, signed_in, path, words):
    grow(admin, ("A",))
    page_of(signed_in(analyst), f"{path}{'&' if '?' in path else '?'}{words}")


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_base_is_no_fault(analyst, signed_in, path):
    page_of(signed_in(analyst), path)


# Forms ------------------------------------------------------------------------------------------------
def sent(client, path, **words):
    """Send a form as the page gives it, with words of one's own."""
    form = client.get(f"/production/{path}").context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()} | words
    return data, client.post(f"/production/{path}", data)


def test_a_target_is_set_once_however_often_the_form_is_sent(admin, signed_in):
    client = signed_in(admin)
    data, answer = sent(client, "targets/new/", amount="1200")
    again = client.post("/production/targets/new/", data)
    assert (answer.status_code, again.status_code, Target.objects.count(), TargetAmount.objects.count()) == (
        302,
        302,
        1,
        1,
    )


def test_a_second_target_of_the_same_year_is_refused_with_the_way_out(admin, signed_in):
    Target.objects.create(year=2026, amount=5)
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    _data, answer = sent(client, "targets/new/", amount="1200")
    assert "There is a target of this year for this already" in answer.content.decode()
    assert Target.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-5", "NaN", "1e30", "abc"])
def test_odd_amounts_are_refused(admin, signed_in, amount):
    _data, answer = sent(signed_in(admin), "targets/new/", amount=amount)
    assert (answer.status_code, Target.objects.count()) == (200, 0)


def test_who_was_overtaken_sees_both_targets(admin, signed_in):
    target = Target.objects.create(year=2026, amount=5)
    client = signed_in(admin)
    path = f"targets/{target.pk}/"
    stale = {name: value for name, value in client.get(f"/production/{path}").context["form"].initial.items() if value}
    sent(client, path, amount="10", reason="first")
    answer = client.post(f"/production/{path}", stale | {"amount": "20", "reason": "second"})
    assert (answer.status_code, Target.objects.get().amount) == (409, 10)


def test_a_target_that_was_given_up_is_listed_and_can_be_set_again(admin, signed_in):
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    sent(client, "targets/new/", amount="1200")
    path = f"targets/{Target.objects.get().pk}/"
    sent(client, path, amount="", reason="too much")
    assert "given up" in page_of(client, "targets/").content.decode()
    sent(client, path, amount="900", reason="less")
    assert list(TargetAmount.objects.order_by("from_v").values_list("amount", flat=True)) == [1200, None, 900]


def test_a_target_stays_that_of_its_year_and_perimeter(admin, signed_in):
    client = signed_in(admin)
    sent(client, "targets/new/", amount="1200")
    sent(client, f"targets/{Target.objects.get().pk}/", amount="900", year="2020", measure="sold", reason="other")
    target = Target.objects.get()
    assert (target.year, target.measure, target.amount) == (2026, "produced", 900)


def test_a_note_is_written_and_changed_by_who_enters(admin, signed_in):
    grow(admin, ("A",))
    client = signed_in(admin)
    sent(client, "growth/notes/new/?month=2026-03", month="2026-03", text="Press broken")
    note = MonthNote.objects.get()
    assert (f"{note.month:%Y-%m}", note.author, note.firm) == ("2026-03", admin, None)
    assert "Press broken" in page_of(client, "growth/").content.decode()
    sent(client, f"growth/notes/{note.pk}/", month="2026-03", text="Press mended", reason="it works")
    assert MonthNote.objects.get().text == "Press mended"


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("v99999", "pas encore de version v99999"),
        ("2031-01-01", "encore à venir"),
        ("2026-09-23T10:00", "encore à venir"),
    ],
)
def test_a_situation_that_is_still_to_come_is_said_and_today_is_shown(word, why, signed_in, analyst, moment):
    for address in ("/", "/production/growth/", "/figures/produced/"):
        page = signed_in(analyst).get(f"{address}?as-of={word}&year=2025")
        assert page.status_code == 200
        assert why in page.context["question"].wrong
        assert (page.context["asked"].version, page.context["asked"].year) == (moment.version, 2025)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/production/",
        "/production/growth/by/",
        "/production/periods/",
        "/figures/produced/",
        "/figures/produced/say/",
    ],
)
def test_a_code_that_is_not_there_is_named_and_leads_to_the_page_without_it(address, signed_in, analyst, moment):
    answer = signed_in(analyst).get(f"{address}?supplier=NOBODY&format=csv")
    text = answer.content.decode()
    assert (answer.status_code, "NOBODY" in text, f'<a href="{address}">' in text) == (404, True, True)
