"""The register of revisions: everything that began or ceased to stand, who, when, why, and what it changed."""

import csv
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.door import write
from office.models import Ledger
from production import actions, periods
from production.models import Revision
from tests import making
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db
PAGE = "/production/revisions/"


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026; the ledger began in January."""
    Ledger.objects.update(at=at("2026-01-01"))


def at(text):
    """Return an instant in the business time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def story(admin, manager):
    """A site whose June was declared, corrected, taken back; May of which was closed and corrected by two people."""
    site = making.site("A")
    part, oil = making.part("A-1", site.firm), making.part("A-OIL", site.firm, "oils", "litre")
    first = {"2026-05": [(part, {"produced": 100, "sold_unsplit": 90}), (oil, {"produced": 7})]}
    declare(admin, site, first | monthly(part, {"2026-06": 200}), reason="June", at=at("2026-07-10T10:00"))
    wrong = declare(admin, site, monthly(part, {"2026-06": 250}), reason="typing", at=at("2026-07-11T10:00"))
    with write(admin, "not ours", at=at("2026-07-12T10:00")) as door:
        actions.roll_back(door, admin, wrong)
    with write(manager, "closing", at=at("2026-07-20T10:00")) as door:
        periods.close(door, manager, [month("2026-05")])
    may = [(part, {"produced": 97, "sold_unsplit": 90}), (oil, {"produced": 9})]
    (waiting,) = declare(admin, site, {"2026-05": may}, reason="counted twice", at=at("2026-08-01T10:00"))
    with write(manager, "yes", at=at("2026-08-03T10:00")) as door:
        actions.approve(door, manager, waiting)
    return site


def rows(client, query=""):
    """Return the rows of the register's file as dictionaries, and its control lines."""
    client.cookies["django_language"] = "en"
    answer = client.get(f"{PAGE}?{query}&format=csv")
    assert answer.status_code == 200
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    table = lines[: lines.index("")]
    return list(csv.DictReader(table)), dict(csv.reader(lines[len(table) + 1 :]))


def kinds(client, query=""):
    """Return (month, kind, produced) of each row."""
    return [(row["Month"], row["Kind"], row["Produced, change"]) for row in rows(client, query)[0]]


def test_every_revision_is_listed_the_latest_first_with_what_it_changed(story, analyst, signed_in):
    assert kinds(signed_in(analyst)) == [
        ("2026-05", "Restated", "-3"),
        ("2026-06", "Rolled back", "-50"),
        ("2026-06", "Restated", "50"),
        ("2026-05", "First declaration", "100"),
        ("2026-06", "First declaration", "200"),
    ]


def test_a_change_of_a_closed_month_names_both_people(story, manager, signed_in):
    row = rows(signed_in(manager), "people=1&kind=restated&month_to=2026-05")[0][0]
    said = [row[name] for name in ("Who", "Second person", "Closed month", "Reason", "In other units")]
    assert said == [
        "admin@example.org",
        "manager@example.org",
        "yes",
        "counted twice",
        "produced +2 litre".replace("+2", "\u2066+2\u2069"),
    ]


def test_what_was_taken_back_says_who_and_why(story, manager, signed_in):
    row = rows(signed_in(manager), "people=1&kind=rolled_back")[0][0]
    assert (row["Who"], row["Reason"], row["Closed month"]) == ("admin@example.org", "not ours", "no")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("month_from=2026-06", 3),
        ("month_to=2026-05", 2),
        ("supplier=A", 5),
        ("kind=first", 2),
        ("known_from=2026-07-11&known_to=2026-07-12", 2),
        ("family=oils", 2),
        ("as-of=2026-07-11", 3),
        ("as-of=v1", 2),
    ],
)
def test_filters_and_situations_keep_what_they_say(story, analyst, signed_in, query, count):
    assert len(rows(signed_in(analyst), query)[0]) == count


def test_a_person_finds_what_they_sent_approved_or_took_back(story, admin, manager, analyst, signed_in):
    client = signed_in(analyst)
    assert len(kinds(client, f"person={manager.pk}")) == 1
    assert len(kinds(client, f"person={admin.pk}")) == 5


def test_a_family_is_counted_alone_and_another_unit_on_demand(story, analyst, signed_in):
    client = signed_in(analyst)
    assert [row[2] for row in kinds(client, "family=oils&unit=litre")] == ["2", "7"]
    assert [row[2] for row in kinds(client, "family=oils")] == ["0", "0"]


def test_the_changes_of_all_rows_add_up_to_what_stands(story, analyst, signed_in):
    table, control = rows(signed_in(analyst))
    total = sum(Decimal(row["Produced, change"]) for row in table)
    assert total == Decimal(control["Total: Produced, change"]) == 297


def test_the_file_says_its_situation(story, analyst, signed_in):
    control = rows(signed_in(analyst), "as-of=2026-07-11")[1]
    assert control["Situation"] == "Situation as of 11/07/2026, 24:00"
    assert (control["Data version"], control["Situation as of"]) == ("v2", "2026-07-11")


def test_a_supplier_sees_its_own_revisions_and_people_only(story, supplier_user, signed_in):
    own = making.site("P05")
    declare(supplier_user, own, monthly(making.part("P05-1", own.firm), {"2026-06": 1}))
    client = signed_in(supplier_user)
    page = client.get(PAGE).content.decode()
    assert kinds(client) == []
    assert "manager@example.org" not in page and "not ours" not in page


def test_an_empty_register_teaches(analyst, signed_in):
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    assert "No revision passes these filters." in client.get(PAGE).content.decode()


def test_the_register_asks_the_same_number_of_questions_for_one_row_and_for_many(story, admin, analyst, signed_in):
    client = signed_in(analyst)
    client.get(PAGE)
    one = questions(client, f"{PAGE}?kind=rolled_back")
    declare(admin, story, monthly(making.part("A-3", story.firm), {f"2025-{n:02d}": n for n in range(1, 10)}))
    assert questions(client, f"{PAGE}?kind=first") == one
    assert Revision.objects.count() == 14


def questions(client, address):
    """Return how many questions a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_hostile_words_of_filters_are_no_fault(story, analyst, signed_in):
    client = signed_in(analyst)
    for query in (
        "month_from=x",
        "person=abc",
        "unit=%00",
        "known_from=32/13/2026",
        "family='",
        "page=99",
        "as-of=v99999999999999999999",
    ):
        assert client.get(f"{PAGE}?{query}").status_code in (200, 400, 404), query


def test_revisions_know_the_days_of_their_months(story):
    assert {row.head.month for row in Revision.objects.select_related("head")} == {date(2026, 5, 1), date(2026, 6, 1)}
