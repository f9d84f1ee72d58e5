"""Closing a month: its checklist, its minutes, reopening, and what the page does with forms that come twice or late."""

import pytest
from django.urls import reverse
from django.utils import translation

from office.door import Refused, write
from partstrack.figures import Ask
from partstrack.registry import figure
from production import periods
from production.models import PeriodState
from tests import making
from tests.browser.asking import ask
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db
JUNE = month("2026-06")


@pytest.fixture
def june(moment, admin):
    """P05 declared June in pieces and litres, P06 is missing; something of before P05 joined is outside."""
    site = making.site("P05")
    making.expect(site, "2026-06")
    making.expect(making.site("P06"), "2026-01")
    piece, oil = making.part("A", site.firm), making.part("B", site.firm, family="oils", unit="litre")
    rows = [(piece, {"produced": 100, "sold_after_market": 60, "sold_first_fit": "1.5"}), (oil, {"produced": "33.333"})]
    declare(admin, site, {"2026-06": rows, "2026-05": [(piece, {"produced": 7})]})
    return site


def close(user, reason="P06 is on strike", **words):
    with write(user, reason) as door:
        periods.close(door, user, [JUNE], reason, **words)
    return door


def test_the_minutes_keep_who_when_what_was_missing_and_the_totals_by_unit(june, manager):
    door = close(manager)
    closing = PeriodState.objects.get()
    assert (closing.closed_by, closing.closed_at, closing.from_v) == (manager, door.at, door.version)
    assert closing.accepted_gaps == "P06 is on strike"
    assert closing.minutes == {
        "expected": 2,
        "declared": 1,
        "nil": 0,
        "gaps": [{"check": "missing", "site": "P06", "detail": ""}],
        "totals": [
            {"unit": "litre", "produced": "33.333", "sold": "0"},
            {"unit": "piece", "produced": "100", "sold": "61.5"},
        ],
    }


def test_the_totals_of_the_minutes_are_those_of_the_figures_and_leave_out_what_is_outside(june, manager):
    with write(manager, "may") as door:
        periods.close(door, manager, [month("2026-05"), JUNE], "late")
    asked = Ask(today=door.today, version=door.version, on=door.today, first=JUNE, last=JUNE)
    totals = {each["unit"]: each for each in PeriodState.objects.get(month=JUNE).minutes["totals"]}
    for name in ("produced", "sold"):
        assert str(figure(name).compute(asked).as_json()["value"]) == totals["piece"][name]
    assert PeriodState.objects.get(month=month("2026-05")).minutes["totals"] == []


def test_a_declaration_that_waits_stands_in_the_checklist(june, manager, supplier_user):
    declare(supplier_user, june, monthly(making.part("C", june.firm), {"2026-06": 5}), reason="more")
    with translation.override("en"), pytest.raises(Refused) as refused:
        close(manager, "")
    assert refused.value.reasons == ["P06, 2026-06: missing.", "P05, 2026-06: waits for a decision."]


def test_closing_twice_leaves_the_first_minutes(june, manager):
    close(manager)
    close(manager, "again")
    assert [each.accepted_gaps for each in PeriodState.objects.all()] == ["P06 is on strike"]


def test_reopening_is_kept_beside_the_closing(june, manager):
    close(manager)
    with write(manager, "two pallets") as door:
        assert periods.reopen(door, manager, [JUNE], "two pallets") == [JUNE]
    closing = PeriodState.objects.get()
    assert (closing.reopened_by, closing.reopened_at, closing.reopen_reason) == (manager, door.at, "two pallets")
    assert closing.to_v == door.version


# The page -----------------------------------------------------------------------------------------------
def form_of(client):
    return client.get(reverse("period", args=["2026-06"])).context["hidden"]


def send(client, what, **words):
    return client.post(reverse(f"period_{what}", args=["2026-06"]), words, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def desk(signed_in, manager, june):
    client = signed_in(manager)
    client.cookies["django_language"] = "en"
    return client


def test_a_manager_closes_reads_the_minutes_and_opens_again(desk):
    answer = send(desk, "close", **form_of(desk), reason="P06 is on strike")
    assert said(answer) == ["The month is closed: its figures no longer change without a second person."]
    minutes = desk.get(reverse("period_minutes", args=["2026-06", PeriodState.objects.get().pk])).content.decode()
    assert "P06 is on strike" in minutes and "33.333" in minutes
    answer = send(desk, "reopen", **form_of(desk), reason="two pallets")
    assert said(answer) == ["The month is open again: its figures are provisional."]
    assert b"two pallets" in answer.content


def test_closing_without_saying_why_the_gaps_are_accepted_is_refused(desk):
    assert said(send(desk, "close", **form_of(desk))) == ["Nothing was saved. P06, 2026-06: missing."]
    assert not PeriodState.objects.exists()


def test_a_gap_that_came_after_the_page_was_shown_is_not_accepted_unseen(desk):
    seen = form_of(desk)
    making.expect(making.site("P07"), "2026-01")
    answer = said(send(desk, "close", **seen, reason="P06 is on strike"))
    assert answer == ["Nothing was saved. The checklist changed since you saw it: look at it again."]


def test_a_form_sent_twice_closes_once(desk):
    form = form_of(desk)
    send(desk, "close", **form, reason="strike")
    assert said(send(desk, "close", **form, reason="strike")) == ["This was already done."]
    assert said(send(desk, "close", **form_of(desk), reason="strike")) == [
        "Nothing was saved. This month was closed already."
    ]
    assert PeriodState.objects.count() == 1


def test_opening_needs_a_closed_month_and_a_reason(desk, manager):
    refused = send(desk, "reopen", **form_of(desk), reason="why")
    assert said(refused) == ["Nothing was saved. This month is not closed."]
    close(manager)
    refused = send(desk, "reopen", **form_of(desk), reason=" ")
    assert said(refused) == ["Nothing was saved. Say why the month is opened again."]
    assert PeriodState.objects.filter(to_v=None).exists()


def test_a_form_without_its_key_is_refused(desk):
    assert send(desk, "close", reason="strike").status_code == 400


def test_an_analyst_sees_the_checklist_and_no_door(signed_in, analyst, june):
    page = signed_in(analyst).get(reverse("period", args=["2026-06"]))
    assert page.context["checklist"][0][1][0]["site"] == "P06"
    assert b"/close/" not in page.content


def test_a_supplier_sees_its_own_line_and_nothing_of_the_closing(signed_in, supplier_user, june, manager):
    close(manager)
    page = signed_in(supplier_user).get(reverse("period", args=["2026-06"]))
    assert [row["site"].code for row in page.context["rows"]] == ["P05"]
    assert b"P06" not in page.content


# The command line ---------------------------------------------------------------------------------------
def test_the_command_keeps_its_contract(june):
    refused, code = ask("period", "close", "2026-06")
    gaps = ["P06, 2026-06: missing."]
    assert (code, refused) == (1, {"state": "refused", "checklist": gaps, "reasons": gaps})
    done, code = ask("period", "close", "2026-06..2026-07", "--accept", "strike")
    assert (code, done["state"], done["months"]) == (0, "closed", ["2026-06", "2026-07"])
    refused, code = ask("period", "open", "2026-06", "--reason", " ")
    why = ["Say why the month is opened again."]
    assert (code, refused) == (1, {"state": "refused", "checklist": why, "reasons": why})
    assert PeriodState.objects.filter(to_v=None).count() == 2
    done, code = ask("period", "open", "2026-06", "--reason", "two pallets")
    assert (code, done["state"], done["months"]) == (0, "open", ["2026-06"])
