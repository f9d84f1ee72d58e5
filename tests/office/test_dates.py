"""Reminders of dates: 90, 60, 30 days before and on the day, once each, to those who may see the thing and want to hear."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from exports.models.agreements import Agreement, AgreementParty
from office import reminding
from office.models import ReminderChoice, ReminderMail
from office.tasks import upcoming
from tests import making

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 22)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Return a function that moves the business day."""

    def move(day):
        monkeypatch.setenv("PARTSTRACK_TODAY", f"{day}")

    move(TODAY)
    return move


@pytest.fixture
def agreement():
    """A signed agreement of firm A that ends in 30 days."""
    made = Agreement.objects.create(code="EXP-1", title="Libye", state="signed", valid_to=TODAY + timedelta(days=30))
    AgreementParty.objects.create(agreement=made, firm=making.firm("A"), role=AgreementParty.Role.values[0])
    return made


def remind():
    """Run the command; return who was written to, with how many dates."""
    before = len(mail.outbox)
    call_command("remind", "--json")
    return [(each.to[0], each.subject) for each in mail.outbox[before:]]


def steps(user):
    """The steps that somebody was reminded of so far."""
    return sorted(ReminderMail.objects.filter(user=user).values_list("step", flat=True), reverse=True)


def test_each_step_is_said_once_whatever_day_the_command_is_called(agreement, manager, today):
    User.objects.filter(pk=manager.pk).update(language="en")
    for left, said in ((91, []), (90, [90]), (89, [90]), (58, [90, 60]), (30, [90, 60, 30]), (0, [90, 60, 30, 0])):
        today(agreement.valid_to - timedelta(days=left))
        remind()
        assert (left, steps(manager)) == (left, said)
        assert remind() == []
    assert [each.subject for each in mail.outbox] == ["partstrack: 1 date to watch"] * 4
    assert "End of an export agreement\n– 22/10/2026, today · EXP-1 – Libye\n" in mail.outbox[-1].body


def test_a_date_that_moves_is_said_again(agreement, manager):
    remind()
    Agreement.objects.update(valid_to=TODAY + timedelta(days=29))
    assert len(remind()) == 1


def test_the_mail_is_in_the_language_of_the_person(agreement, client, manager):
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("language"), {"language": "ar"})
    assert remind() == [(manager.email, "partstrack: أجل واحد للمتابعة")]


def test_nobody_hears_of_what_they_may_not_see(agreement, settings):
    settings.ADDRESS = "https://parts.example.org"
    own = making.person("own@a.org", "supplier", firm=making.firm("A"))
    making.person("other@b.org", "supplier", firm=making.firm("B"))
    making.person("system@example.org", "system")
    making.person("gone@example.org", "admin")
    User.objects.filter(email="gone@example.org").update(is_active=False)
    assert [who for who, _subject in remind()] == [own.email]
    assert "  https://parts.example.org/exports/EXP-1\n" in mail.outbox[0].body


def test_what_somebody_chose_is_respected(agreement, signed_in, admin, moment):
    page = signed_in(admin)
    seen = page.get(reverse("reminder_choices"))
    chosen = {kind.name: "both" for kind in reminding.kinds(admin)} | {"agreement_end": "page"}
    sent = page.post(
        reverse("reminder_choices"), {"key": seen.context["form"]["key"].value(), "language": "ar", **chosen}
    )
    assert sent.status_code == 302
    assert (remind(), len(upcoming(admin, moment))) == ([], 1)
    admin.refresh_from_db()
    assert admin.language == "ar"
    reminding.choose(admin, {"agreement_end": "none"})
    assert (remind(), upcoming(admin, moment)) == ([], [])
    reminding.choose(admin, {"agreement_end": "mail"})
    assert (len(remind()), upcoming(admin, moment)) == (1, [])
    assert ReminderChoice.objects.filter(user=admin, kind="agreement_end").count() == 1


def test_many_near_dates_of_a_kind_are_one_task_and_a_short_mail(agreement, admin, moment):
    for number in range(2, 14):
        Agreement.objects.create(code=f"EXP-{number}", title="Libye", state="signed", valid_to=TODAY)
    task = upcoming(admin, moment)[0]
    assert (task.detail, task.due, task.url) == ("13 dates", "today", reverse("due_list") + "?kind=agreement_end")
    User.objects.filter(pk=admin.pk).update(language="en")
    remind()
    assert mail.outbox[0].body.count("– 22/") == 10
    assert "– and 3 more" in mail.outbox[0].body
    assert ReminderMail.objects.filter(user=admin).count() == 13


def test_an_analyst_is_not_written_to_unless_they_ask(agreement, analyst):
    assert remind() == []
    reminding.choose(analyst, {"agreement_end": "mail"})
    assert len(remind()) == 1


def test_a_mail_that_cannot_be_sent_is_tried_again_and_keeps_nobody_else_from_theirs(
    agreement, admin, manager, monkeypatch
):
    send = mail.EmailMessage.send

    def refuses(self, *args, **kwargs):
        if self.to == [admin.email]:
            raise SMTPServerDisconnected("gone")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", refuses)
    with pytest.raises(SystemExit) as left:
        call_command("remind", "--json")
    assert (left.value.code, [each.to for each in mail.outbox]) == (1, [[manager.email]])
    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert [who for who, _subject in remind()] == [admin.email]


def test_the_list_has_what_comes_and_what_passed_undone(agreement, signed_in, admin):
    Agreement.objects.create(code="EXP-2", title="Mali", state="signed", valid_to=TODAY - timedelta(days=3))
    Agreement.objects.create(code="EXP-3", title="Niger", state="signed", valid_to=TODAY + timedelta(days=91))
    Agreement.objects.create(code="EXP-4", title="Tchad", state="ended", valid_to=TODAY)
    rows = signed_in(admin).get(reverse("due_list")).context["table"].data.data
    assert [(row["title"], row["left"]) for row in rows] == [("EXP-2 – Mali", -3), ("EXP-1 – Libye", 30)]


def test_the_console_has_one_object_even_where_mail_is_printed(agreement, manager, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    call_command("remind", "--json")
    out, err = capsys.readouterr()
    assert out.startswith("{") and out.count("\n") == 1
    assert "EXP-1" in err


def test_the_calendar_counts_a_year_by_month_and_by_days_left_as_plain_loops_do(agreement, signed_in, admin):
    days = (-31, -30, -3, 0, 1, 30, 31, 90, 91, 200, 373, 374)
    for number, left in enumerate(days):
        Agreement.objects.create(
            code=f"D-{number}", title="Mali", state="signed", valid_to=TODAY + timedelta(days=left)
        )
    client = signed_in(admin)
    page = client.get(reverse("due_calendar"))
    ends = [TODAY + timedelta(days=left) for left in (30, *days)]
    seen = [end for end in ends if date(2026, 8, 23) <= end <= date(2027, 9, 30)]
    assert [row["day"] for row in page.context["table"].data.data] == sorted(seen)
    months = page.context["by_month"]["rows"]
    assert len(months) == 14
    assert [row["count"] for row in months] == [
        sum((end.year, end.month) == (2026 + number // 12, number % 12 + 1) for end in seen) for number in range(7, 21)
    ]
    assert [row["count"] for row in page.context["by_band"]["rows"]] == [2, 1, 3, 1, 1, 3]
    october = client.get(reverse("due_calendar") + "?month=2026-10&band=30&kind=agreement_end").context
    assert {row["day"] for row in october["table"].data.data} == {TODAY + timedelta(days=30)}
    assert next(row["url"] for row in october["by_month"]["rows"] if row["current"]) == "?kind=agreement_end&band=30"
    assert client.get(reverse("due_calendar") + "?kind=stage").context["table"].data.data == []
    assert client.get(reverse("due_calendar") + "?month=2019-01&band=x").status_code == 200
    file = b"".join(client.get(reverse("due_calendar") + "?month=2026-10&format=csv").streaming_content)
    assert b"EXP-1" in file and b"D-11" not in file


def test_the_calendar_asks_as_much_for_many_dates_as_for_one(agreement, signed_in, admin):
    client, counts = signed_in(admin), []
    for number in (0, 2, 20):
        for each in range(number):
            Agreement.objects.create(code=f"E{number}-{each}", title="x", state="signed", valid_to=TODAY)
        client.get(reverse("due_calendar"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("due_calendar"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
