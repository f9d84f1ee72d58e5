"""Papers: what one is on a day, what its end, late renewal and suspension move, and who may enter and accept one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Firm
from catalogue.models import Family
from office.asking import ask
from office.clock import Moment
from partstrack import registry
from partstrack.figures import percent
from suppliers.models import Complaint, Paper, Ppap, Standard, Stop, Supplier
from suppliers.paper_figures import (
    certificates_valid,
    certified_share,
    complaints,
    papers_ending,
    suppliers_certified,
)
from tests import making
from tests.conftest import TODAY
from tests.suppliers.test_firms import sent

MOMENT = Moment(0, TODAY, False, "")
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
STATES = ("waiting", "not_yet", "withdrawn", "suspended", "expired", "ending", "valid")


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def paper(code="P05", number="N1", first=date(2026, 1, 1), last=date(2026, 12, 31), **fields):
    """Make a certificate of the one site of a supplier."""
    firm = making.firm(code)
    site = firm.sites.first() or making.site(code)
    words = {"standard": Standard.objects.get(code="iso-9001"), "body": "Body"} | fields
    return Paper.objects.create(firm=firm, site=site, number=number, valid_from=first, valid_to=last, **words)


def asked(user, day, **words):
    """Ask for a day."""
    return ask(user, MOMENT, {"on": day.isoformat(), **words}, {})


# What a paper is on a day -----------------------------------------------------------------------------------
PAPERS = st.lists(
    st.tuples(
        st.integers(0, 2),
        SPANS,
        st.booleans(),
        st.lists(st.tuples(SPANS, st.booleans()), max_size=2),
    ),
    max_size=5,
)


@given(rows=PAPERS, day=DAYS)
def test_who_is_certified_on_a_day_is_what_a_naive_recount_says(db, analyst, rows, day):
    for model in (Stop, Paper):
        model.objects.all().delete()
    for number in range(3):
        making.firm(f"F{number}")
    proving, soon = [], []
    for number, (firm, (first, last), accepted, stops) in enumerate(rows):
        made = paper(f"F{firm}", f"N{number}", first, last, accepted=accepted)
        stopped = False
        for (since, until), withdrawn in stops:
            if since == until:
                continue
            kind, until = ("withdrawn", None) if withdrawn else ("suspended", until)
            Stop.objects.create(paper=made, kind=kind, since=since, until=until, why="x")
            stopped |= since <= day and (until is None or day < until)
        good = accepted and first <= day <= last and not stopped
        if good:
            proving.append(f"F{firm}")
        if accepted and day <= last <= day + timedelta(days=90):
            soon.append(made.pk)
        said = Paper.objects.prefetch_related("stops", "renewals").get(pk=made.pk).state_on(day)
        assert (said in ("valid", "ending")) == good
        assert said in STATES
    assert certificates_valid(asked(analyst, day)).value == len(proving)
    assert suppliers_certified(asked(analyst, day)).value == len(set(proving))
    share = certified_share(asked(analyst, day))
    assert share.value == percent(Decimal(len(set(proving))), Decimal(Supplier.objects.count()))
    assert {each.pk for each in papers_ending(asked(analyst, day)).queryset} == set(soon)


def test_its_end_a_late_renewal_and_a_suspension_move_exactly_what_stands_on_it(db, analyst):
    old = paper(last=date(2026, 3, 31))
    new = paper(number="N2", first=date(2026, 5, 1), last=date(2029, 4, 30), renews=old)
    paper("P06", "N3")  # another supplier's is never moved

    def certified(day):
        return {each.firm.code for each in suppliers_certified(asked(analyst, day)).queryset}

    assert certified(date(2026, 3, 31)) == {"P05", "P06"}
    assert certified(date(2026, 4, 1)) == certified(date(2026, 4, 30)) == {"P06"}
    assert certified(date(2026, 5, 1)) == {"P05", "P06"}
    assert new.gap == 30
    Stop.objects.create(paper=new, kind="suspended", since=date(2026, 6, 1), until=date(2026, 7, 1), why="x")
    assert certified(date(2026, 6, 30)) == {"P06"}
    assert certified(date(2026, 7, 1)) == {"P05", "P06"}
    assert not papers_ending(asked(analyst, date(2026, 3, 1))).queryset.filter(pk=old.pk).exists()  # it was renewed


def test_a_withdrawal_has_no_end(db):
    with pytest.raises(ValidationError, match="has no end"):
        Stop(paper=paper(), kind="withdrawn", since=TODAY, until=TODAY + timedelta(days=1), why="x").full_clean()


# Entering ---------------------------------------------------------------------------------------------------
def test_a_certificate_needs_its_site_and_an_approval_the_references_of_its_firm(desk):
    firm = making.firm("P05")
    making.site("P05")
    part = making.part("8200-768", firm)
    words = {"number": "N1", "body": "Body", "valid_from": "2026-01-01", "accepted": "on"}
    iso, r90 = (Standard.objects.get(code=code).pk for code in ("iso-9001", "un-r90"))
    address = reverse("paper_new")
    assert "site" in sent(desk, address, standard=iso, firm=firm.pk, **words).context["form"].errors
    wrong = sent(desk, address, standard=r90, firm=firm.pk, references="8200-768\nNOBODY", **words)
    assert "NOBODY" in str(wrong.context["form"].errors)
    done = sent(desk, address, standard=r90, firm=firm.pk, references="8200 768", **words)
    assert done.status_code == 302
    assert list(Paper.objects.get().parts.all()) == [part]


def test_what_a_supplier_enters_waits_until_an_admin_accepts_it(signed_in, supplier_user, admin, analyst):
    site = making.site("P05")
    client = signed_in(supplier_user)
    iso = Standard.objects.get(code="iso-9001").pk
    words = {"number": "N1", "body": "Body", "valid_from": "2026-01-01", "accepted": "on"}
    assert sent(client, reverse("paper_new"), standard=iso, site=site.pk, **words).status_code == 302
    made = Paper.objects.get()
    assert not made.accepted
    assert certificates_valid(asked(analyst, TODAY)).value == 0
    stranger = making.site("P06")
    refused = sent(client, reverse("paper_new"), standard=iso, site=stranger.pk, **words)
    assert "site" in refused.context["form"].errors
    client = signed_in(admin)
    assert sent(client, reverse("paper_edit", args=[made.pk]), accepted="on").status_code == 302
    assert certificates_valid(asked(analyst, TODAY)).value == 1
    assert signed_in(supplier_user).get(reverse("paper_edit", args=[made.pk])).status_code == 404


def test_a_stop_and_an_audit_are_entered_on_the_page_of_the_paper(desk):
    made = paper()
    stop = sent(desk, reverse("stop_new", args=[made.pk]), kind="suspended", since="2026-09-01", why="Audit failed")
    assert stop.status_code == 302
    assert sent(desk, reverse("audit_new", args=[made.pk]), planned_on="2026-10-01").status_code == 302
    body = desk.get(reverse("paper", args=[made.pk])).content.decode()
    for words in ("Audit failed", "suspended", "01/10/2026"):
        assert words in body


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"decision": "interim", "decided_on": TODAY}, "last day"),
        ({"decision": "approved"}, "A decision has its day"),
        ({"decision": "pending", "decided_on": TODAY}, "A decision has its day"),
        ({"decision": "approved", "decided_on": TODAY, "interim_until": TODAY}, "others have none|last day"),
    ],
)
def test_a_decision_on_samples_has_what_belongs_to_it(db, fields, said):
    site = making.site("P05")
    part = making.part("R", site.firm)
    with pytest.raises(ValidationError, match=said):
        Ppap(site=site, part=part, customer=site.firm, submitted_on=TODAY, **fields).full_clean()


def test_a_submission_names_a_reference_of_its_site(desk):
    site = making.site("P05")
    part = making.part("8200-768", site.firm)
    words = {"site": site.pk, "customer": site.firm.pk, "level": 3, "submitted_on": "2026-09-01", "decision": "pending"}
    assert "reference" in sent(desk, reverse("ppap_new"), reference="X", **words).context["form"].errors
    assert sent(desk, reverse("ppap_new"), reference="8200 768", **words).status_code == 302
    assert Ppap.objects.get().part == part


# Complaints -------------------------------------------------------------------------------------------------
@given(
    days=st.lists(st.tuples(DAYS, st.sampled_from(["brakes", "filters"])), max_size=10), year=st.integers(2025, 2026)
)
def test_complaints_by_family_add_up_and_compare_months_that_are_over(db, analyst, days, year):
    Complaint.objects.all().delete()
    site = making.firm("P05").sites.first() or making.site("P05")
    for day, family in days:
        family = Family.objects.get(code=family)
        Complaint.objects.create(site=site, family=family, received_on=day, quantity=1, defect="x")
    answer = complaints(ask(analyst, MOMENT, {"year": str(year), "by": "family"}, {}))
    until = min(date(year, 12, 31), date(2026, 8, 31))
    now = [row for row in days if date(year, 1, 1) <= row[0] <= until]
    then = [row for row in days if date(year - 1, 1, 1) <= row[0] <= until.replace(year=year - 1)]
    assert answer.value == sum(row[0].year == year for row in days) == sum(group.value for group in answer.groups)
    assert (answer.compared, answer.base) == (len(now), len(then))
    if then:
        points = sum(group.compared - group.base for group in answer.groups)
        assert percent(points, answer.base) == answer.change


# Lists ------------------------------------------------------------------------------------------------------
def test_lists_ask_as_much_for_many_as_for_one(desk):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            for name in ("paper_list", "ppap_list", "complaint_list"):
                assert desk.get(reverse(name)).status_code == 200
        return len(queries)

    def more(number):
        made = paper(f"F{number}")
        Stop.objects.create(paper=made, kind="suspended", since=TODAY, why="x")
        part = making.part("R", made.firm)
        Ppap.objects.create(site=made.site, part=part, customer=made.firm, submitted_on=TODAY)
        family = Family.objects.get(code="brakes")
        Complaint.objects.create(site=made.site, family=family, received_on=TODAY, quantity=1, defect="x")

    more(0)
    counted()
    one = counted()
    for number in range(1, 25):
        more(number)
    assert counted() == one


def test_the_lists_behind_the_figures_are_their_numbers(db, analyst):
    paper()
    site = Firm.objects.get(code="P05").sites.get()
    Complaint.objects.create(
        site=site, family=Family.objects.get(code="brakes"), received_on=TODAY, quantity=1, defect="x"
    )
    for name in ("certificates_valid", "suppliers_certified", "certified_share", "complaints"):
        question = ask(analyst, MOMENT, {}, {})
        answer = registry.figure(name).compute(question)
        for entry in registry.counted(name):
            assert len(entry.rows(question)) == getattr(answer, entry.of) == 1
