"""Home by role: what is said, what waits, which numbers, and nothing of another firm."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from intake.models import Batch
from office import clock
from office.door import write
from partstrack import registry
from production import actions, periods
from reports.models import PublishedFigure
from reports.report import sentence, why
from reports.wording import Wording
from reports.wording_of_figures import stated
from tests import making
from tests.intake.test_desk import check, content

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites(moment, admin):
    """Three sites until August of both years; P06 is silent in August 2026."""
    made = []
    for code, last in (("P05", 8), ("P06", 7), ("P07", 8)):
        site = making.site(code)
        making.expect(site, "2025-01")
        part = making.part(f"{code}-1", site.firm)
        making.declare(admin, site, making.monthly(part, {f"2025-{n:02d}": 10 for n in range(1, 13)}))
        making.declare(admin, site, making.monthly(part, {f"2026-{n:02d}": 12 for n in range(1, last + 1)}))
        made.append(site)
    return made


def home(client, query="", language="en"):
    """Return the context and the plain words of home."""
    client.cookies["django_language"] = language
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    words = re.sub("[\u2066-\u2069]", "", " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))
    return answer.context, words.replace("\u00a0", " ").replace("\u202f", " ")


def titles(context):
    return [(str(task.title), task.detail) for task in context["tasks"]]


# The sentence ---------------------------------------------------------------------------------------------
def test_the_sentence_says_what_is_compared_and_why(sites, signed_in, analyst):
    context, words = home(signed_in(analyst))
    assert context["sentence"] == (
        "January – August 2026: 276 parts produced; +20.0% compared with 230 (January – August 2025)."
    )
    assert context["why"] == (
        "23 of 24 declarations are in: what is missing is left out of both years, so it does not lower growth."
    )
    assert context["why"] in words


def test_a_whole_year_says_that_everything_is_in(sites, signed_in, analyst):
    assert home(signed_in(analyst), "?year=2025")[0]["why"] == "All 36 declarations expected are in."


def test_months_with_too_few_declarations_are_named_with_their_count(sites, admin, signed_in, analyst):
    making.declare(admin, sites[0], making.monthly(sites[0].firm.parts.get(), {"2026-09": 12}))
    context, _words = home(signed_in(analyst))
    assert context["why"].endswith("Not counted yet, too few declarations: September 2026 (1 of 3).")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Janvier – août 2026 : production"),
        ("ar", "من جانفي إلى أوت 2026"),
    ],
)
def test_the_sentence_is_whole_in_every_language(sites, signed_in, analyst, language, said):
    context, words = home(signed_in(analyst), language=language)
    assert words.count("déclarations") or language == "ar"
    assert said.split(" : ")[0] in words
    with translation.override(language):
        answer = context["produced"]
        for text in (sentence(answer, Wording(language)), why(answer, Wording(language))):
            assert not re.search(r"\b(parts|produced|declarations are|compared)\b", text)


# What waits -----------------------------------------------------------------------------------------------
def test_an_admin_sees_what_is_missing_and_what_was_submitted(sites, admin, signed_in, supplier_user):
    with write(supplier_user, "again") as door:
        made = making.drafts(
            supplier_user, sites[0], making.monthly(sites[0].firm.parts.get(), {"2026-08": 99}), "more"
        )
        actions.settle(door, supplier_user, made)
    context, _words = home(signed_in(admin))
    assert titles(context) == [
        ("Missing declaration", "P06 · August 2026"),
        ("Declaration to accept", "P05 · August 2026"),
    ]


def test_a_file_that_waits_is_a_task_until_it_is_decided(sites, admin, signed_in):
    batch, _found = check(admin, content(["P05-1", "08/2026", 13]))
    Batch.objects.filter(pk=batch.pk).update(state="checked", result={"counts": {"new": 1}})
    context, _words = home(signed_in(admin))
    assert [task.url for task in context["tasks"]][-1] == f"/files/{batch.pk}/"
    Batch.objects.filter(pk=batch.pk).update(state="unchanged")
    assert "File to apply" not in dict(titles(home(signed_in(admin))[0]))


@pytest.mark.parametrize(
    ("counts", "state", "title", "due"),
    [
        ({"suspicious": 2}, "checked", "Suspicious values to confirm", "2 values"),
        ({"questions": 1}, "refused", "File: answer its question", "1 question"),
        ({"new": 3}, "checked", "File to apply", "checked"),
    ],
)
def test_what_a_file_waits_for_is_named(sites, admin, signed_in, counts, state, title, due):
    batch, _found = check(admin, content(["P05-1", "08/2026", 13]))
    Batch.objects.filter(pk=batch.pk).update(state=state, result={"counts": counts})
    context, _words = home(signed_in(admin))
    assert [(task.title, task.due) for task in context["tasks"] if task.order == 30] == [(title, due)]


def test_a_manager_closes_what_is_open_and_an_admin_does_not(sites, admin, manager, signed_in):
    with write(manager, "closing") as door:
        periods.close(door, manager, [making.month(f"2026-{n:02d}") for n in range(1, 7)])
    context, _words = home(signed_in(manager))
    assert titles(context)[-1] == ("Months to close", "July – August 2026 · 2 months")
    assert "Months to close" not in dict(titles(home(signed_in(admin))[0]))
    assert periods.open_months(clock.moment(), 6) == [date(2026, 7, 1), date(2026, 8, 1)]


def test_an_analyst_has_figures_and_no_tasks(sites, signed_in, analyst):
    context, words = home(signed_in(analyst))
    assert context["tasks"] is None
    assert "To do" not in words
    assert [figure["title"] for figure in context["figures"]] == [
        "Parts produced",
        "Parts sold",
        "Completeness of declarations",
    ]


def test_there_are_never_more_than_five_tasks(sites, admin, signed_in):
    for number in range(7):
        batch, _found = check(admin, content(["P05-1", "08/2026", number]))
        Batch.objects.filter(pk=batch.pk).update(state="checked", result={"counts": {"new": 1}})
    assert len(home(signed_in(admin))[0]["tasks"]) == 5


def test_a_supplier_has_its_own_months_and_nothing_of_another_firm(sites, signed_in, supplier_user):
    context, words = home(signed_in(supplier_user))
    assert context["firms"] == ["P05"]
    assert context["produced"].value == 96
    assert "P06" not in words and "P07" not in words
    assert context["own_card"] and not context["quotes"]
    assert titles(context) == []


def test_a_supplier_finds_its_late_month_first(sites, signed_in):
    user = making.person("p06@example.org", making.SUPPLIER, firm=sites[1].firm)
    context, _words = home(signed_in(user))
    assert titles(context) == [("Month to declare", "P06 · August 2026")]


def test_home_asks_as_many_questions_for_one_site_as_for_many(sites, admin, signed_in, manager):
    client = signed_in(manager)
    home(client)
    counts = []
    for code in ("P08", "P09", "P10"):
        with CaptureQueriesContext(connection) as queries:
            home(client)
        counts.append(len(queries))
        site = making.site(code)
        making.expect(site, "2026-08")
        making.declare(admin, site, making.monthly(making.part(f"{code}-1", site.firm), {"2026-08": 1}))
    assert len(set(counts[1:])) == 1


# Published figures ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["environ +30 %", "au moins un million", "environ +30,5 %", "12 500"]),
        ("en", ["about +30%", "at least one million", "about +30.5%", "12,500"]),
        ("ar", ["حوالي +30 %", "مليون على الأقل", "حوالي +30,5 %", "12.500"]),
    ],
)
def test_a_published_number_is_said_at_the_decimals_that_were_published(language, said):
    rows = [("about", "30.000", True), ("at_least", "1000000.000", False), ("about", "30.500", True)]
    rows.append(("exact", "12500.000", False))
    words = [stated(name, making.Decimal(value), language, percent) for name, value, percent in rows]
    assert [re.sub("[\u2066-\u2069]", "", each).replace("\u00a0", " ") for each in words] == said


def test_no_page_says_about_with_a_decimal_that_nobody_published(sites, signed_in, analyst):
    PublishedFigure.objects.all().delete()
    words = {"subject": "M", "measure_fr": "Hausse", "source": "Presse", "period": "2025", "figure": "produced"}
    PublishedFigure.objects.create(code="A2", value=30, qualifier="about", unit="percent", **words)
    client = signed_in(analyst)
    for address in ("", "reports/published/", "reports/published/A2/"):
        _context, said = home(client, address, "fr")
        assert "environ +30 %" in said
        assert "environ +30,0" not in said


def test_every_figure_of_home_leads_to_its_page(sites, signed_in, analyst):
    client = signed_in(analyst)
    for figure in home(client)[0]["figures"]:
        page = client.get(figure["url"])
        assert page.context["answer"].value == figure["answer"].value
    assert {figure.name for figure in registry.all_of("figures")} >= {"produced", "sold", "coverage"}
