"""Suppliers x months: the state of each, by the day of reception and as it was known at a version."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import scope
from intake.models import Channel
from office import clock
from office.door import write
from partstrack.figures import Ask
from production import actions, expecting, matrix, periods
from production.models import Declaration, Head
from production.site_months import grid
from tests import making
from tests.making import month, monthly

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 22)
AUGUST = month("2026-08")


@pytest.fixture
def site(moment):
    made = making.site("P05")
    making.expect(made, "2026-01")
    return made


@pytest.fixture
def part(site):
    return making.part("A", site.firm)


def instant(day, hour=10):
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{hour:02}:00"))


def declare(author, site, part, text, received, at=None, amount=1, **how):
    """Declare a month as received on a day (None: as its file says)."""
    with write(author, "file", at=at and instant(at)) as door:
        actions.make_way(Head.objects.filter(site=site, month=month(text)))
        made = making.drafts(
            author, site, monthly(part, {text: amount}), "again", received and date.fromisoformat(received)
        )
        Declaration.objects.filter(pk__in=[each.pk for each in made]).update(**how)
        actions.settle(door, author, made)
    return made[0]


def cell(site, text="2026-08", version=None, today=TODAY):
    """Return what the grid tells of a site's month."""
    version = clock.moment().version if version is None else version
    return grid(Ask(today=today, version=version, on=today), [month(text)]).cells.get((site.pk, month(text)))


def test_a_month_that_is_not_there_is_late_after_its_due_day_and_expected_until_then(site):
    assert [cell(site, today=day).state for day in (date(2026, 9, 15), date(2026, 9, 16))] == ["expected", "late"]
    assert (cell(site).due, cell(site).days_late) == (date(2026, 9, 15), 5)


@pytest.mark.parametrize(
    "received, state, days",
    [("2026-09-15", "received", 0), ("2026-09-16", "received_late", 1), ("2026-09-18", "received_late", 2)],
)
def test_on_time_is_told_by_the_day_of_reception_not_by_the_day_of_typing(site, part, admin, received, state, days):
    declare(admin, site, part, "2026-08", received, at="2026-09-22")
    told = cell(site)
    assert (told.state, told.days_late, told.typed_on) == (state, days, date(2026, 9, 22))


def test_a_correction_sent_later_makes_a_punctual_month_not_late(site, part, admin):
    declare(admin, site, part, "2026-08", "2026-09-10", at="2026-09-10", channel=Channel.PAPER, sender="Mme X")
    second = declare(admin, site, part, "2026-08", "2026-09-21", at="2026-09-21", amount=2)
    told = cell(site)
    assert (told.state, told.declaration, told.received_on) == ("received", second.pk, date(2026, 9, 10))
    assert (told.channel_label, told.sender) == (Channel.PAPER.label, "Mme X")


def test_without_a_day_of_its_own_a_declaration_was_received_when_it_was_sent(site, part, admin):
    declare(admin, site, part, "2026-08", None, at="2026-09-17")
    assert (cell(site).received_on, cell(site).state) == (date(2026, 9, 17), "received_late")


def test_a_month_without_production_is_nil_and_may_be_late(site, admin):
    with write(admin) as door:
        actions.declare_nil(door, admin, site, AUGUST, received_on=date(2026, 9, 20))
    assert (cell(site).state, cell(site).late) == ("nil", True)


def test_what_is_submitted_waits_what_is_returned_is_returned_and_the_past_stays_as_it_was_known(
    site, part, admin, supplier_user
):
    waiting = declare(supplier_user, site, part, "2026-08", "2026-09-14", at="2026-09-14")
    first = clock.moment().version
    with write(admin, "see row 7", at=instant("2026-09-16")) as door:
        actions.send_back(door, admin, waiting, "see row 7")
    second = door.version
    assert (cell(site, version=first).state, cell(site).state) == ("waiting", "returned")
    again = declare(supplier_user, site, part, "2026-08", "2026-09-18", at="2026-09-18")
    third = clock.moment().version
    with write(admin, "", at=instant("2026-09-19")) as door:
        actions.approve(door, admin, again)
    assert [cell(site, version=version).state for version in (0, first, second, third)] == [
        "late",
        "waiting",
        "returned",
        "waiting",
    ]
    assert (cell(site).state, cell(site).declaration) == ("received_late", again.pk)


def test_a_change_that_waits_leaves_the_month_received_and_says_so(site, part, admin, supplier_user):
    declare(admin, site, part, "2026-08", "2026-09-10")
    declare(supplier_user, site, part, "2026-08", "2026-09-20", amount=3)
    assert (cell(site).state, cell(site).changing) == ("received", True)


def test_what_was_taken_back_is_missing_again(site, part, admin):
    made = declare(admin, site, part, "2026-08", "2026-09-10")
    with write(admin, "wrong file") as door:
        actions.roll_back(door, admin, [made])
    assert cell(site).state == "late"


def test_a_month_before_the_site_joined_is_outside_and_one_in_a_pause_is_not_told(site, part, admin):
    declare(admin, site, part, "2025-12", "2026-01-10")
    with write(admin) as door:
        expecting.excuse(door, site, month("2026-03"), month("2026-04"), "works", admin)
    assert (cell(site, "2025-12").state, cell(site, "2025-11"), cell(site, "2026-03")) == ("outside", None, None)


def test_the_counts_of_a_month_add_up(site, part, admin, supplier_user):
    for code in ("A", "B", "C"):
        making.expect(making.site(code), "2026-01")
    declare(admin, site, part, "2026-08", "2026-09-20")
    with write(admin) as door:
        actions.declare_nil(door, admin, making.Site.objects.get(code="A"), AUGUST, received_on=date(2026, 9, 1))
    found = grid(Ask(today=TODAY, version=clock.moment().version, on=TODAY), [AUGUST])
    assert [number for _label, number in matrix.counts(found, AUGUST)] == [4, 2, 1, 1, 2, 0, 0, 0]


def test_late_months_are_said_in_one_sentence(site, part, admin):
    declare(admin, site, part, "2026-08", "2026-09-10")
    for text in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"):
        declare(admin, site, part, text, "2026-09-10")
    found = grid(Ask(today=TODAY, version=clock.moment().version, on=TODAY), [month("2026-07"), AUGUST])
    assert matrix.late_sentence(found) == "1 declaration is late: July 2026 (P05)."


def test_a_supplier_is_told_of_its_own_sites_only(site, supplier_user, manager):
    making.expect(making.site("P06"), "2026-01")
    moment = clock.moment()
    ask = Ask(today=TODAY, version=moment.version, on=TODAY, scope=scope(supplier_user))
    assert {pair[0] for pair in grid(ask, [AUGUST]).cells} == {site.pk}
    assert {late.code for late, _month in periods.late(supplier_user, moment)} == {"P05"}
    assert {late.code for late, _month in periods.late(manager, moment)} == {"P05", "P06"}


def test_the_number_of_queries_does_not_grow_with_sites_and_months(site, part, admin):
    def count(months):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            grid(Ask(today=TODAY, version=clock.moment().version, on=TODAY), months)
        return len(queries)

    few = count([AUGUST])
    for code in ("A", "B", "C"):
        other = making.site(code)
        making.expect(other, "2026-01")
        declare(admin, other, making.part("A", other.firm), "2026-08", "2026-09-10")
    assert count([month(f"2026-0{number}") for number in range(1, 10)]) == few


# The pages ----------------------------------------------------------------------------------------------
def test_the_matrix_page_shows_the_year_as_it_was_known_on_a_day(signed_in, analyst, site, part, admin):
    declare(admin, site, part, "2026-08", "2026-09-10", at="2026-09-17")
    client = signed_in(analyst)
    states = []
    for asked in ("", "?as-of=2026-09-16", "?as-of=2026-09-14"):
        rows = client.get(reverse("period_list") + asked).context["matrix"]["rows"]
        states.append(rows[0]["cells"][7]["state"])
    assert states == ["received", "late", "expected"]


def test_the_matrix_of_the_past_leads_to_the_past(signed_in, analyst, site, part, admin):
    declare(admin, site, part, "2026-08", "2026-09-10", at="2026-09-10")
    matrix = signed_in(analyst).get(reverse("period_list") + "?as-of=2026-09-20").context["matrix"]
    assert matrix["heads"][7]["url"] == "/production/periods/2026-08/?as-of=2026-09-20"
    assert matrix["rows"][0]["cells"][7]["url"].endswith("&as-of=2026-09-20")


def test_the_matrix_of_many_sites_comes_in_pages(signed_in, analyst, moment):
    for number in range(60):
        making.expect(making.site(f"S{number:02}"), "2026-01")
    client = signed_in(analyst)
    rows = [len(client.get(reverse("period_list") + page).context["matrix"]["rows"]) for page in ("", "?page=2")]
    assert rows == [50, 10]


def test_of_many_sites_home_shows_those_that_are_late_first(signed_in, analyst, admin, moment):
    for number in range(41):
        making.expect(making.site(f"S{number:02}"), "2026-08")
    first = making.Site.objects.get(code="S00")
    with write(admin) as door:
        actions.declare_nil(door, admin, first, AUGUST, received_on=date(2026, 9, 1))
    rows = signed_in(analyst).get(reverse("home")).context["matrix"]["rows"]
    assert [row["label"] for row in rows] == [f"S{number:02}" for number in range(1, 41)]


def test_the_matrix_without_anybody_says_what_to_do(signed_in, analyst, moment):
    page = signed_in(analyst).get(reverse("period_list") + "?year=2030")
    assert (page.status_code, page.context["matrix"]) == (200, None)


@pytest.mark.parametrize("text", ["2026-13", "august", "26-08", "2026"])
def test_an_address_that_is_no_month_is_not_found(signed_in, analyst, text):
    assert signed_in(analyst).get(f"/production/periods/{text}/").status_code == 404


def test_a_nil_declaration_keeps_how_it_came_and_its_proof(signed_in, admin, site):
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    sent = {"key": "k1", "site": "P05", "month": "2026-08", "received_on": "2026-09-14", "channel": "paper"}
    sent |= {"sender": "Mme X", "proof": SimpleUploadedFile("scan.pdf", b"%PDF-1.4 nil")}
    address = client.post(reverse("nil"), sent).url
    made = Declaration.objects.select_related("proof").get()
    assert (made.received_on, made.channel, made.sender) == (date(2026, 9, 14), "paper", "Mme X")
    assert (made.proof.name, made.proof.firm, made.proof.author) == ("scan.pdf", site.firm, admin)
    page = client.get(address).content.decode()
    assert "Declared on time (received on 14/09/2026, entered on 22/09/2026)." in page
    assert reverse("attachment", args=[made.proof_id]) in page
    assert cell(site).state == "nil"


def test_a_supplier_says_for_itself_today_and_here(signed_in, supplier_user, site):
    sent = {"key": "k1", "site": "P05", "month": "2026-08", "received_on": "2026-09-01", "channel": "paper"}
    signed_in(supplier_user).post(reverse("nil"), sent)
    made = Declaration.objects.get()
    assert (made.received_on, made.channel, made.state) == (TODAY, Channel.ENTRY, "submitted")


def test_an_empty_proof_is_refused_and_nothing_is_saved(signed_in, admin, site):
    sent = {"key": "k1", "site": "P05", "month": "2026-08", "proof": SimpleUploadedFile("scan.pdf", b"")}
    page = signed_in(admin).post(reverse("nil"), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["proof"])
    assert not Declaration.objects.exists()


def test_a_day_to_come_is_no_day_of_reception(signed_in, admin, site):
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    sent = {"key": "k1", "site": "P05", "month": "2026-08", "received_on": tomorrow}
    assert list(signed_in(admin).post(reverse("nil"), sent).context["form"].errors) == ["received_on"]
