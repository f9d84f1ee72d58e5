"""Reminders: the words in the supplier's language, the log, the list of who is late."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from office import clock
from production import calendar, reminding
from production.models import Reminder
from production.tasks import waiting
from suppliers.models import Supplier
from tests import making
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(moment, admin):
    """P05 is late with July and August; June is there."""
    made = making.site("P05")
    making.expect(made, "2026-06")
    declare(admin, made, monthly(making.part("A", made.firm), {"2026-06": 1}))
    Supplier.objects.update(email="contact@p05.example")
    return made


@pytest.fixture
def desk(signed_in, admin, site):
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


MONTHS = [month("2026-07"), month("2026-08")]


@pytest.mark.parametrize(
    "language, months, subject, opening",
    [
        ("fr", MONTHS, "Déclaration mensuelle\u00a0: juillet 2026, août 2026", "Bonjour,"),
        ("ar", MONTHS, "التصريح الشهري: جويلية 2026، أوت 2026", "تحية طيبة وبعد،"),
        ("en", MONTHS[1:], "Monthly declaration: August 2026", "Hello,"),
    ],
)
def test_a_reminder_speaks_the_language_of_the_supplier(site, language, months, subject, opening):
    Supplier.objects.update(language=language)
    site.firm.supplier.refresh_from_db()
    title, body = reminding.text(site, months, calendar.read(), "Admin")
    assert (title, body.splitlines()[0], body.splitlines()[-1]) == (subject, opening, "Admin")


def test_each_missing_month_is_named_with_its_due_day(site):
    _title, body = reminding.text(site, MONTHS, calendar.read(), "Admin")
    assert "– juillet 2026, attendue pour le 15/08/2026" in body
    assert "– août 2026, attendue pour le 15/09/2026" in body


def test_the_mail_opens_with_the_whole_message(site):
    subject, body = reminding.text(site, MONTHS, calendar.read(), "A & B")
    address = reminding.mailto("contact@p05.example", subject, body)
    assert address.startswith("mailto:contact%40p05.example?subject=D%C3%A9claration%20mensuelle")
    assert unquote(address.partition("&body=")[2]).replace("\r\n", "\n") == body
    assert address.count("&") == 1


def test_the_list_says_how_late_each_is_and_when_it_was_reminded(desk):
    rows = desk.get(reverse("late_list")).context["table"].data.data
    assert [(row["code"], row["month"], row["due"], row["days"], row["reminded"]) for row in rows] == [
        ("P05", MONTHS[0], date(2026, 8, 15), 27, None),
        ("P05", MONTHS[1], date(2026, 9, 15), 5, None),
    ]


def test_when_nobody_is_late_the_list_says_so(signed_in, analyst, moment):
    client = signed_in(analyst)
    client.cookies["django_language"] = "en"
    assert (
        "Nobody is late: every declaration that is due was received."
        in client.get(reverse("late_list")).content.decode()
    )


def test_the_list_is_a_file_too(desk):
    body = b"".join(desk.get(reverse("late_list") + "?format=csv").streaming_content).decode("utf-8-sig")
    assert body.splitlines()[:2] == [
        "Site,Month,Due day,Working days late,Last reminder,Channel",
        "P05,2026-07,2026-08-15,27,,",
    ]


def log(client, **words):
    form = client.get(reverse("reminder", args=["P05"])).context["form"]
    return client.post(reverse("reminder", args=["P05"]), {**form.initial, "sent_on": "2026-09-21", **words})


def test_a_reminder_that_was_sent_is_noted_for_each_month_and_shown(desk, admin):
    assert log(desk, channel="phone", note="called Mme X").status_code == 302
    rows = Reminder.objects.order_by("month").values_list("month", "sent_on", "channel", "note", "author")
    words = (date(2026, 9, 21), "phone", "called Mme X", admin.pk)
    assert list(rows) == [(MONTHS[0], *words), (MONTHS[1], *words)]
    for address in (reverse("period", args=["2026-08"]), reverse("site_expected", args=["P05"])):
        assert b"21/09/2026" in desk.get(address).content
    assert desk.get(reverse("late_list")).context["table"].data.data[0]["reminded"] == date(2026, 9, 21)


def test_a_reminder_sent_twice_is_noted_once(desk):
    form = desk.get(reverse("reminder", args=["P05"])).context["form"].initial
    for _time in range(2):
        assert desk.post(reverse("reminder", args=["P05"]), {**form, "sent_on": "2026-09-21"}).status_code == 302
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize("day", ["2026-09-23", "2026-08-01", "soon"])
def test_a_reminder_is_dated_after_the_month_began_and_not_in_the_future(desk, day):
    assert list(log(desk, sent_on=day).context["form"].errors) == ["sent_on"]
    assert not Reminder.objects.exists()


def test_what_arrived_meanwhile_is_not_noted_as_reminded(desk, admin, site):
    form = desk.get(reverse("reminder", args=["P05"])).context["form"].initial
    declare(admin, site, monthly(making.part("B", site.firm), {"2026-07": 1, "2026-08": 1}))
    answer = desk.post(reverse("reminder", args=["P05"]), {**form, "sent_on": "2026-09-21"})
    assert (answer.status_code, Reminder.objects.exists()) == (200, False)
    assert "Nothing of this site is late any more" in answer.content.decode()


def test_tasks_name_few_late_sites_and_count_many(site, admin, supplier_user):
    moment = clock.moment()
    assert [task.detail for task in waiting(admin, moment)] == ["P05 · July 2026", "P05 · August 2026"]
    for code in ("P06", "P07"):
        making.expect(making.site(code), "2026-08")
    tasks = waiting(admin, moment)
    assert [(task.title, task.detail) for task in tasks] == [
        ("Missing declaration", "P05 · July 2026"),
        ("Missing declarations", "August 2026 · 3 declarations"),
    ]
    assert tasks[1].url == reverse("period", args=["2026-08"])
    assert [task.detail for task in waiting(supplier_user, moment)] == ["P05 · July 2026", "P05 · August 2026"]
