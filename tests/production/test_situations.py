"""A situation: every page, list and file says it in one way and keeps it, and what it shows never changes again."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from office import clock
from office.door import write
from office.models import Ledger
from production import actions
from production.models import OutputLine
from tests import making
from tests.browser.asking import figure
from tests.making import declare, monthly

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATIENCE = 20  # seconds before a test gives up
JUNE = {"from": "2026-06", "to": "2026-06"}
MARKS = re.compile("[\u00a0\u2066-\u2069]")
DAY = {
    "fr": "Situation arrêtée au 10/07/2026 à 24 h",
    "ar": "الوضعية الموقوفة بتاريخ 10/07/2026 في نهاية اليوم",
    "en": "Situation as of 10/07/2026, 24:00",
}


def at(text):
    """Return an instant in the business time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def corrected(moment, admin):
    """A site whose June 2026 was 200 on 10/07 and 150 from 20/07 at ten on."""
    Ledger.objects.update(at=at("2026-01-01"))
    site = making.site("P05")
    part = making.part("P05-1", site.firm)
    making.expect(site, "2026-06")
    declare(admin, site, monthly(part, {"2026-06": 200}), at=at("2026-07-10T10:00"))
    declare(admin, site, monthly(part, {"2026-06": 150}), at=at("2026-07-20T10:00"))
    return site


def pages():
    """Return the addresses of every page that shows volumes."""
    line = OutputLine.objects.order_by("pk").first()
    return {
        "home": "/?year=2026",
        "production": "/production/?year=2026&by=supplier",
        "figure": "/figures/produced/?year=2026",
        "say": "/figures/produced/say/?year=2026",
        "lines": "/production/lines/?site=P05",
        "line": f"/production/lines/{line.pk}/?",
        "register": "/production/revisions/?",
        "since": "/production/since/?since=v1&year=2026",
        "supplier": "/suppliers/P05?year=2026",
        "report": "/reports/?year=2026",
        "published": "/reports/published/?",
    }


def text(answer):
    """Return what an answer says, in plain spaces and without marks of direction."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return MARKS.sub(lambda mark: " " if mark[0] == "\u00a0" else "", body.decode("utf-8-sig"))


# Words --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("language", DAY)
def test_every_page_says_the_situation_in_words_and_leads_back_to_now(corrected, manager, signed_in, language):
    client = signed_in(manager)
    client.cookies["django_language"] = language
    silent, stuck = [], []
    for name, address in pages().items():
        page = text(client.get(f"{address}&as-of=2026-07-10"))
        if DAY[language] not in page:
            silent.append(name)
        back = re.search(r'chip-situation.*?href="([^"]*)"', page, re.DOTALL)
        if back is None or "as-of" in back[1]:
            stuck.append(name)
    assert (silent, stuck) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2026-07-10", "Situation as of 10/07/2026, 24:00"),
        ("2026-07-10T14:05", "Situation as of 10/07/2026, 14:05"),
        ("v1", "Situation at version 1, of 10/07/2026"),
    ],
)
def test_a_day_an_instant_and_a_version_are_each_said(corrected, analyst, signed_in, said, words):
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    assert words in text(client.get(f"/production/?year=2026&as-of={said}"))
    assert asked(analyst, said) == ("200", "200")


@pytest.mark.django_db
def test_links_of_a_page_keep_the_situation(corrected, manager, signed_in):
    client = signed_in(manager)
    lost = {}
    for name, address in pages().items():
        page = client.get(f"{address}&as-of=2026-07-10").content.decode()
        main = page[page.index('<main id="content"') : page.index("</main>")]
        of_page = re.sub(r'chip-situation.*?</span>|<nav class="room".*?</nav>', "", main, flags=re.DOTALL)
        for link in re.findall(r'href="([^"#]+)"', of_page):
            if (
                re.match(r"(/production/(lines|revisions|since)?/?\?|/production/lines/|/figures/\w+/)", link)
                and "as-of" not in link
            ):
                lost.setdefault(name, []).append(link)
    assert lost == {}


@pytest.mark.django_db
def test_a_page_without_a_situation_has_no_chip(corrected, manager, signed_in):
    client = signed_in(manager)
    assert [name for name, address in pages().items() if "chip-situation" in client.get(address).content.decode()] == []


@pytest.mark.django_db
def test_the_form_of_a_version_keeps_it(corrected, analyst, signed_in):
    page = signed_in(analyst).get("/production/?year=2026&as-of=v1").content.decode()
    assert re.search(r'<input type="text" name="as-of" value="v1"', page)
    assert re.search(r'<input type="date" name="as-of"', signed_in(analyst).get("/production/").content.decode())


# Files --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/production/?year=2026",
        "/production/lines/?site=P05",
        "/production/revisions/?",
        "/production/since/?since=v1&year=2026",
    ],
)
def test_the_control_lines_of_a_file_say_the_situation(corrected, analyst, signed_in, address):
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    lines = text(client.get(f"{address}&as-of=2026-07-10&format=csv")).splitlines()
    assert 'Situation,"Situation as of 10/07/2026, 24:00"' in lines
    assert {"Data version,v1", "Situation as of,2026-07-10"} <= set(lines)


@pytest.mark.django_db
def test_the_lines_of_a_situation_are_those_that_stood(corrected, analyst, signed_in):
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    lines = text(client.get("/production/lines/?site=P05&as-of=2026-07-10&format=csv")).splitlines()
    assert "Total: Produced,200" in lines


@pytest.mark.django_db
def test_the_workbook_of_the_report_says_the_situation(corrected, manager, signed_in):
    answer = signed_in(manager).get("/reports/report.xlsx?year=2026&as-of=2026-07-10&lang=en")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Situation as of 10/07/2026, 24:00, data version v1" in book.worksheets[0]["A2"].value


# Never again --------------------------------------------------------------------------------------------
def side_by_side(*works):
    """Run functions in threads of their own, each with its own connection; raise what one of them raises."""

    def run(work):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [each.result(PATIENCE) for each in [threads.submit(run, work) for work in works]]


def asked(person, situation):
    """Return what the page and the command say was produced in June in a situation."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/figures/produced/?from=2026-06&to=2026-06&as-of={situation}"))
    shown = re.search(r"<dt>Value[^<]*</dt><dd><bdi[^>]*>([^<]*)</bdi>", page)[1]
    return shown, figure(**JUNE, **{"as-of": situation})["value"]


@pytest.fixture
def house(committed):
    """Two people who enter, one who looks, and two sites with a part each."""
    people = [making.person(f"{name}@example.org", making.ADMIN, making.MANAGER) for name in ("one", "two", "looks")]
    sites = [making.site(code) for code in "AB"]
    return people, {site: making.part(f"{site.code}-1", site.firm) for site in sites}


def test_a_version_that_was_read_stays_as_it_was_when_an_older_transaction_commits(house):
    (one, two, looks), parts = house
    (first, first_part), (second, second_part) = parts.items()
    begun, read = Event(), Event()

    def slow():
        with write(one, "slow") as door:
            drafts = making.drafts(one, first, monthly(first_part, {"2026-06": 7}))
            actions.settle(door, one, drafts)
            begun.set()
            assert read.wait(PATIENCE)
        return door.version

    def quick():
        assert begun.wait(PATIENCE)
        declare(two, second, monthly(second_part, {"2026-06": 100}))
        situation = f"v{clock.moment().version}"
        answer = asked(looks, situation)
        read.set()
        return situation, answer

    late, (situation, answer) = side_by_side(slow, quick)
    assert answer == asked(looks, situation) == ("100", "100")
    assert asked(looks, f"v{late}") == ("107", "107")


def test_an_instant_that_was_read_stays_as_it_was_while_a_write_takes_its_number(house):
    """A write that has its instant and is not committed yet is waited for: whoever asks for that instant sees it."""
    (one, _two, looks), parts = house
    (first, first_part), *_rest = parts.items()
    numbered, asking = Event(), Event()

    def slow():
        with write(one, "slow") as door:
            drafts = making.drafts(one, first, monthly(first_part, {"2026-06": 7}))
            actions.settle(door, one, drafts)
            door.when_numbered(lambda _version: (numbered.set(), asking.wait(PATIENCE), waiting()))

    def waiting():
        """Give the reader the time to come to the lock before this write commits."""
        with connection.cursor() as cursor:
            for _ in range(100):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                if cursor.fetchone()[0]:
                    return
                cursor.execute("SELECT pg_sleep(0.05)")

    def quick():
        assert numbered.wait(PATIENCE)
        instant = f"{clock.now():%Y-%m-%dT%H:%M:%S.%f}"
        asking.set()
        return instant, asked(looks, instant)[0]

    _slow, (instant, answer) = side_by_side(slow, quick)
    assert answer == asked(looks, instant)[0] == "7"


def test_a_day_that_was_read_stays_as_it_was_after_later_approvals(house):
    (one, two, looks), parts = house
    (first, part), *_rest = parts.items()
    Ledger.objects.update(at=at("2026-01-01"))
    declare(one, first, monthly(part, {"2026-06": 200}), at=at("2026-07-10T10:00"))
    before = asked(looks, "2026-07-10")
    with write(two, "later", at=at("2026-07-11T00:00")) as door:
        actions.settle(door, two, making.drafts(two, first, monthly(part, {"2026-06": 150})))
    assert before == asked(looks, "2026-07-10") == ("200", "200")
    assert asked(looks, "2026-07-11") == ("150", "150")
