"""Published figures: kept in their own words, beside what was declared, and disputed where that contradicts them."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from office import clock
from office.asking import ask
from reports.declared import contradiction, declared, windows_of
from reports.models import PublishedFigure
from tests import making
from tests.making import declare, monthly

pytestmark = pytest.mark.django_db
LIST, NEW = "/reports/published/", "/reports/published/new/"


@pytest.fixture(autouse=True)
def year_2025(moment, admin):
    """A site that made 100 a month in 2024 and 130 in 2025: 1,560, +30 %."""
    site = making.site("A")
    making.expect(site, "2024-01")
    part = making.part("A-1", site.firm)
    amounts = {f"2024-{n:02d}": 100 for n in range(1, 13)} | {f"2025-{n:02d}": 130 for n in range(1, 13)}
    declare(admin, site, monthly(part, amounts))


def published(**words):
    """Make a published figure."""
    usual = {"code": f"X{uuid4().hex[:6]}", "subject": "M", "measure_fr": "pièces produites", "source": "Press"}
    return PublishedFigure.objects.create(**{**usual, **words})


def stated(value, qualifier="at_least", unit="piece", period="2025", **words):
    """Make one that states a number of produced pieces."""
    return published(value=Decimal(value), qualifier=qualifier, unit=unit, period=period, figure="produced", **words)


def beside(person, *rows):
    """Return what was declared beside some rows."""
    return declared(ask(person, clock.moment(), {}, {}), rows)


# Beside what was declared -------------------------------------------------------------------------------
def test_pieces_stand_beside_pieces_and_growth_beside_growth(analyst):
    pieces, growth = stated(1500), stated(30, "about", "percent")
    found = beside(analyst, pieces, growth)
    assert [(found[row.code].value, found[row.code].whole) for row in (pieces, growth)] == [(1560, True), (30, True)]


@pytest.mark.parametrize(("period", "value"), [("2025-03", 130), ("2025-01..2025-06", 780)])
def test_a_month_and_a_run_of_months_are_read_too(analyst, period, value):
    row = stated(1, period=period)
    assert beside(analyst, row)[row.code].value == value


@pytest.mark.parametrize("period", ["", "early 2026", "2025-13", "2025-06..2025-01", "0000", "20255"])
def test_other_words_are_kept_and_nothing_stands_beside_them(analyst, period):
    assert windows_of(period) is None
    assert beside(analyst, stated(1, period=period)) == {}


def test_a_period_that_is_not_complete_is_shown_and_not_held_against(analyst, admin):
    row = stated(1_000_000, period="2026")
    site = making.site("B")
    declare(admin, site, monthly(making.part("B-1", site.firm), {"2026-01": 5}))
    for found in beside(analyst, row).values():
        assert not found.whole
        assert contradiction(row, found, "en") is None


def test_all_periods_are_read_at_once(analyst):
    rows = [stated(1, period=f"2025-{n:02d}") for n in range(1, 13)]
    asked = ask(analyst, clock.moment(), {}, {})
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            declared(asked, some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The pages ----------------------------------------------------------------------------------------------
def sent(**words):
    """Return what the form sends."""
    usual = {"key": uuid4().hex, "code": "N1", "subject": "M", "measure_fr": "pièces", "source": "Communiqué"}
    usual |= {"value": "1 500", "qualifier": "at_least", "unit": "piece", "period": "2025", "figure": "produced"}
    return {**usual, **words}


@pytest.fixture
def desk(admin, signed_in):
    """A browser of somebody who enters, in French."""
    client = signed_in(admin)
    client.cookies["django_language"] = "fr"
    return client


def test_a_true_statement_is_saved_with_its_words(desk):
    answer = desk.post(NEW, sent(words="plus de 1 500 pièces", value="1 500"))
    assert (answer.status_code, answer.url) == (302, "/reports/published/N1/")
    row = PublishedFigure.objects.get(code="N1")
    assert (row.value, row.words, row.disputed) == (1500, "plus de 1 500 pièces", False)
    assert "L’énoncé est vrai de ce qui est déclaré." in desk.get(answer.url).content.decode()


def test_a_false_qualifier_is_refused_with_the_reason_and_the_nearest_true_wording(desk):
    answer = desk.post(NEW, sent(value="1 600"))
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200
    assert "« au moins 1 600 » est faux : 1 560 sont déclarés. Ce qui est vrai" in page
    assert "Rien n’a été enregistré." in page
    assert not PublishedFigure.objects.filter(code="N1").exists()


def test_it_is_saved_as_disputed_with_a_reason_only(desk):
    without = desk.post(NEW, sent(value="1 600", disputed="on"))
    assert "Indiquez pourquoi le chiffre est contesté." in without.content.decode()
    assert desk.post(NEW, sent(value="1 600", disputed="on", disputed_reason="compte les exports")).status_code == 302
    page = desk.get("/reports/published/N1/").content.decode()
    assert "compte les exports" in page and "contesté" in page


def test_sent_twice_it_is_written_once_and_overtaken_it_shows_both(desk):
    form = sent()
    assert [desk.post(NEW, form).status_code for _ in range(2)] == [302, 302]
    row = PublishedFigure.objects.get(code="N1")
    assert desk.post("/reports/published/N1/edit/", sent(version=row.version, value="1 400")).status_code == 302
    answer = desk.post("/reports/published/N1/edit/", sent(version=row.version, value="1 300"))
    assert answer.status_code == 409
    assert PublishedFigure.objects.get(code="N1").value == 1400


def test_numbers_are_read_in_the_way_of_the_language(desk):
    assert desk.post(NEW, sent(value="30,0", unit="percent", qualifier="about")).status_code == 302
    assert PublishedFigure.objects.get(code="N1").value == 30
    assert 'value="30"' in desk.get("/reports/published/N1/edit/").content.decode()
    assert "Écrivez le nombre en chiffres" in desk.post(NEW, sent(code="N2", value="beaucoup")).content.decode()


def test_the_list_shows_statement_and_declaration_and_names_a_contradiction(analyst, signed_in):
    PublishedFigure.objects.all().delete()
    stated(1500, words="plus de 1 500"), stated(1600, code="FALSE")
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    page = client.get(LIST).content.decode()
    assert "“at least 1,600” is false: 1,560 was declared." in page
    lines = b"".join(client.get(f"{LIST}?format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[-1] for line in lines[1:3]] != ["", ""]
    assert sum(",1560," in line for line in lines) == 2


def test_the_list_asks_as_many_questions_for_one_as_for_many(analyst, signed_in):
    PublishedFigure.objects.all().delete()
    client = signed_in(analyst)
    client.get(LIST)
    counts = []
    for count in (1, 8):
        for n in range(count):
            stated(1, period=f"2025-{n + 1:02d}")
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_database_keeps_no_dispute_without_a_reason():
    with pytest.raises(IntegrityError), transaction.atomic():
        published(disputed=True)


# Say this figure ----------------------------------------------------------------------------------------
def said(client, query=""):
    """Return what the page says, in plain spaces."""
    client.cookies["django_language"] = "fr"
    answer = client.get(f"/figures/produced/say/?year=2025{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_page_words_a_volume_and_its_growth_in_three_languages(analyst, signed_in):
    page = said(signed_in(analyst), "&step=100")
    assert all(words in page for words in ("plus de 1 500", "more than 1,500", "أكثر من \u20661.500\u2069"))
    growth = said(signed_in(analyst), "&what=change&step=5")
    assert "une hausse d’environ 30 %" in growth and "a rise of about 30%" in growth


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("more_than&amount=1 560", "« plus de 1 560 » est faux"),
        ("at_least&amount=1 560", "Cette formule est vraie de ce qui est déclaré."),
        ("about&amount=2 000", "l’écart dépasse 2 %"),
    ],
)
def test_the_page_checks_a_wording(analyst, signed_in, typed, words):
    assert words in said(signed_in(analyst), f"&qualifier={typed}")


def test_odd_words_of_the_page_are_said_and_a_figure_that_is_no_volume_is_not_there(analyst, signed_in):
    client = signed_in(analyst)
    assert "Une tolérance se situe entre 0 et 20 %." in said(client, "&tolerance=50")
    assert "Écrivez le nombre en chiffres" in said(client, "&qualifier=about&amount=x")
    assert said(client, "&step=7") and said(client, "&what=nothing")
    assert client.get("/figures/coverage/say/").status_code == 404
    assert client.get("/figures/produced/say/?supplier=NOBODY").status_code == 404
