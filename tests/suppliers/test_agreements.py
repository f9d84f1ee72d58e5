"""What was agreed: memoranda are no contracts, figures agree with a naive recount, everybody sees their own."""

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
from office.asking import ask
from office.clock import Moment
from partstrack import registry
from partstrack.figures import percent
from partstrack.numbers import growth
from suppliers.agreement_figures import agreements_in_force, agreements_signed, commitments_kept, suppliers_signed
from suppliers.models import Agreement, Attendance, Commitment, Event, FirmRole, Party, Site, Supplier
from tests import making
from tests.conftest import TODAY

MOMENT = Moment(0, TODAY, False, "")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
SOMETIMES = st.none() | DAYS
K, S = Agreement.Kind, Agreement.State


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def sent(client, address, **values):
    """Fill in the form at an address and send it."""
    form = client.get(address).context["form"]
    held = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    return client.post(address, held | values)


def agreement(code, kind=K.SUPPLY, state=S.SIGNED, **fields):
    """Make an agreement."""
    return Agreement.objects.create(code=code, title=code, kind=kind, state=state, **fields)


# What the base refuses --------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [K.MEMORANDUM, K.INTENT, K.ROAD_MAP])
def test_a_memorandum_never_binds(db, kind):
    with pytest.raises(ValidationError, match="is no contract"):
        Agreement(code="M", title="M", kind=kind, binding=True).full_clean()


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"state": S.PREPARATION, "signed_on": TODAY}, "in preparation"),
        ({"signed_on": date(2025, 1, 1), "signed_year": 2026}, "not in that year"),
        ({"valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)}, "end must come after"),
        ({"ended_on": TODAY}, "chooses the state"),
        ({"signed_year": 26}, "four digits"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(db, fields, said):
    with pytest.raises(ValidationError, match=said):
        Agreement(**({"code": "A", "title": "A", "kind": K.SUPPLY, "state": S.SIGNED} | fields)).full_clean()


def test_a_commitment_is_of_one_thing_and_kept_on_a_day(db):
    firm, deal = making.firm("A"), agreement("A1")
    with pytest.raises(ValidationError, match="belongs to an agreement or to an event"):
        Commitment(text="x", owner=firm).full_clean()
    with pytest.raises(ValidationError, match="has the day on which it was kept"):
        Commitment(text="x", owner=firm, agreement=deal, state="kept").full_clean()


# Figures and their naive twins ------------------------------------------------------------------------------
AGREED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([K.SUPPLY, K.FRAMEWORK, K.MEMORANDUM]),
        "state": st.sampled_from(S.values),
        "said": st.sampled_from([None, True, False]),
        "signed_on": SOMETIMES,
        "signed_year": st.none() | st.integers(2024, 2027),
        "valid_from": SOMETIMES,
        "valid_to": SOMETIMES,
        "ended_on": SOMETIMES,
    }
)


def made(rows):
    """Make agreements of random words, mended so that the base takes them; each with its supplier."""
    Party.objects.all().delete()
    Agreement.objects.all().delete()
    for number, row in enumerate(rows):
        row = dict(row)
        said = row.pop("said")
        row["binding"] = False if row["kind"] == K.MEMORANDUM else said
        if row["state"] == S.PREPARATION:
            row["signed_on"] = row["signed_year"] = None
        if row["signed_on"]:
            row["signed_year"] = None
        if row["valid_from"] and row["valid_to"]:
            row["valid_from"], row["valid_to"] = sorted((row["valid_from"], row["valid_to"]))
        if row["state"] not in (S.ENDED, S.CANCELLED):
            row["ended_on"] = None
        deal = agreement(f"D{number}", **row)
        Party.objects.create(agreement=deal, firm=making.firm(f"F{number % 3}"), role="supplier")
    return list(Agreement.objects.order_by("pk"))


def is_contract(deal):
    """Say whether it counts: signed, and not a text that binds nobody."""
    return deal.state in (S.SIGNED, S.ENDED) and deal.binding is not False and deal.kind not in Agreement.NO_CONTRACT


def signed_in_months(deals, first, last):
    """Count contracts signed between two days, one by one; a bare year counts when all of it lies between them."""
    found = []
    for deal in deals:
        if not is_contract(deal):
            continue
        whole = deal.signed_year and first <= date(deal.signed_year, 1, 1) and date(deal.signed_year, 12, 31) <= last
        if first <= deal.signed_on <= last if deal.signed_on else whole:
            found.append(deal)
    return found


@given(rows=st.lists(AGREED, max_size=8), year=st.integers(2024, 2027))
def test_agreements_signed_are_those_of_a_naive_recount(db, analyst, rows, year):
    deals = made(rows)
    answer = agreements_signed(ask(analyst, MOMENT, {"year": str(year), "by": "kind"}, {}))
    value = signed_in_months(deals, date(year, 1, 1), date(year, 12, 31))
    assert answer.value == len(value) == answer.queryset.count() == sum(group.value for group in answer.groups)
    until = min(date(year, 12, 31), date(2026, 8, 31))
    if until < date(year, 1, 1):
        assert (answer.compared, answer.change_state) == (None, "not_comparable")
        return
    now = len(signed_in_months(deals, date(year, 1, 1), until))
    then = len(signed_in_months(deals, date(year - 1, 1, 1), until.replace(year=year - 1)))
    assert (answer.compared, answer.base) == (now, then)
    assert answer.change == (growth(Decimal(now), Decimal(then)) if then else None)


@given(rows=st.lists(AGREED, max_size=8), day=DAYS)
def test_agreements_in_force_and_suppliers_that_have_one(db, analyst, rows, day):
    deals = made(rows)

    def going_on(deal):
        signed = deal.signed_on <= day if deal.signed_on else deal.state == S.SIGNED
        begun = not deal.valid_from or deal.valid_from <= day
        over = (deal.valid_to and deal.valid_to < day) or (deal.ended_on and deal.ended_on <= day)
        return is_contract(deal) and signed and begun and not over

    alive = [deal for deal in deals if going_on(deal)]
    asked = ask(analyst, MOMENT, {"on": day.isoformat()}, {})
    assert agreements_in_force(asked).value == len(alive)
    firms = {party.firm_id for deal in alive for party in deal.parties.all()}
    assert suppliers_signed(asked).value == Supplier.objects.filter(firm__in=firms).count()


@given(rows=st.lists(st.tuples(SOMETIMES, st.sampled_from(Commitment.State.values), DAYS), max_size=8), day=DAYS)
def test_commitments_kept_are_a_share_of_those_due(db, analyst, rows, day):
    Commitment.objects.all().delete()
    firm = making.firm("A")
    deal, _fresh = Agreement.objects.get_or_create(code="A1", defaults={"title": "A1", "kind": K.SUPPLY})
    for due_on, state, kept_on in rows:
        kept_on = kept_on if state == "kept" else None
        Commitment.objects.create(agreement=deal, owner=firm, text="x", due_on=due_on, state=state, kept_on=kept_on)
    due = [row for row in rows if row[0] and row[0] <= day and row[1] != "dropped"]
    kept = [row for row in due if row[1] == "kept" and row[2] <= day]
    answer = commitments_kept(ask(analyst, MOMENT, {"on": day.isoformat()}, {}))
    assert (answer.numerator, answer.denominator) == (len(kept), len(due))
    assert answer.value == percent(Decimal(len(kept)), Decimal(len(due)))


def test_the_lists_behind_a_figure_are_its_number(db, analyst):
    firm = making.firm("A")
    deal = agreement("A1", signed_on=TODAY)
    agreement("M1", K.MEMORANDUM, binding=False, signed_on=TODAY)
    Party.objects.create(agreement=deal, firm=firm, role="supplier")
    Commitment.objects.create(agreement=deal, owner=firm, text="x", due_on=TODAY, state="kept", kept_on=TODAY)
    asked = ask(analyst, MOMENT, {}, {})
    for name in ("agreements_signed", "agreements_in_force", "suppliers_signed", "commitments_kept"):
        answer = registry.figure(name).compute(asked)
        for entry in registry.counted(name):
            assert len(entry.rows(asked)) == getattr(answer, entry.of) == 1
    assert "1 other text" in agreements_signed(asked).basis


# Pages ------------------------------------------------------------------------------------------------------
def test_an_agreement_is_entered_with_its_parties_and_commitments(desk):
    brand = Firm.objects.create(code="BRAND", name="Marque")
    making.firm("A")
    address = reverse("agreement_new")
    page = sent(desk, address, code="A1", title="Supply", kind="supply", state="signed", signed_on="2026-03-01")
    assert page.url == reverse("agreement", args=["A1"])
    for code, role in (("A", "supplier"), ("BRAND", "brand")):
        firm = Firm.objects.get(code=code)
        assert sent(desk, reverse("agreed_party_new", args=["A1"]), firm=firm.pk, role=role).status_code == 302
    stranger = making.firm("B").pk
    promise = reverse("promise_new", args=["A1"])
    assert "owner" in sent(desk, promise, text="Deliver", owner=stranger).context["form"].errors
    assert sent(desk, promise, text="Deliver", owner=brand.pk, due_on="2026-09-01").status_code == 302
    body = desk.get(reverse("agreement", args=["A1"])).content.decode()
    assert "In force" in body
    assert "late" in body
    for code in ("A", "BRAND"):
        name = "supplier" if code == "A" else "firm"
        assert "Supply" in desk.get(reverse(name, args=[code])).content.decode()


def test_an_event_holds_invitations_what_was_signed_and_actions(desk):
    firm = making.firm("A")
    assert sent(desk, reverse("event_new"), code="C26", title="Convention", year="2026").status_code == 302
    invited = sent(desk, reverse("attendance_new", args=["C26"]), firm=firm.pk, state="attended", people="Deux")
    assert invited.status_code == 302
    agreement("A1", event=Event.objects.get(), signed_on=TODAY)
    action = sent(desk, reverse("action_new", args=["C26"]), text="Send the list", owner=firm.pk)
    assert action.status_code == 302
    page = desk.get(reverse("event", args=["C26"]))
    assert (page.context["invited"], page.context["attended"]) == (1, 1)
    for words in ("A1", "Send the list", "Deux"):
        assert words in page.content.decode()
    record = desk.get(reverse("event_record", args=["C26", "A"])).content.decode()
    assert "Send the list" in record
    assert desk.get(reverse("event_record", args=["C26", making.firm("B").code])).status_code == 404


def test_what_an_event_tells_of_all_its_guests_is_for_the_house(signed_in, admin):
    """Suppliers compete: its story names every invitation, a note on it would be read by every guest."""
    event = Event.objects.create(code="C26", title="Convention", year=2026)
    Attendance.objects.create(event=event, firm=making.firm("A"))
    Attendance.objects.create(event=event, firm=making.firm("B"), people="Canary")
    stories = [reverse(name, args=["event", "C26"]) for name in ("history", "carried", "note_new", "document_new")]
    page, guest = reverse("event", args=["C26"]), making.person("a@example.org", making.SUPPLIER, firm=making.firm("A"))
    for person, allowed in ((admin, True), (guest, False)):
        client = signed_in(person)
        assert {client.get(each).status_code for each in stories} == {200 if allowed else 403}
        body = client.get(page).content.decode()
        assert [each in body for each in stories] == [allowed] * 4
        assert ("Canary" in body) is allowed


def test_a_form_begins_where_one_comes_from_and_refuses_a_day_to_come(desk):
    Event.objects.create(code="C26", title="Convention", year=2026)
    making.site("S1", of="A")
    page = desk.get(f"{reverse('agreement_new')}?event=C26")
    assert page.context["form"].initial["event"] == Event.objects.get().pk
    assert desk.get(f"{reverse('paper_new')}?supplier=A").context["form"].initial["site"] == Site.objects.get().pk
    assert desk.get(f"{reverse('agreement_new')}?event=none").status_code == 200
    ahead = TODAY + timedelta(days=1)
    told = {"code": "M1", "title": "M", "kind": "memorandum", "state": "signed"}
    refused = sent(desk, reverse("agreement_new"), **told, signed_on=f"{ahead}")
    assert "signed_on" in refused.context["form"].errors
    assert sent(desk, reverse("agreement_new"), **told, signed_on=f"{TODAY}").status_code == 302
    assert Agreement.objects.get().binding is False  # nobody said so: a memorandum never binds
    late = {"text": "x", "owner": making.firm("A").pk, "state": "kept", "kept_on": f"{ahead}"}
    assert "kept_on" in sent(desk, reverse("action_new", args=["C26"]), **late).context["form"].errors


def test_an_agreement_begun_from_a_firm_has_it_as_its_first_party(desk):
    maker, brand = making.firm("A"), Firm.objects.create(code="BRAND", name="Marque")
    FirmRole.objects.create(firm=brand, role="brand")
    told = {"title": "T", "kind": "supply", "state": "signed"}
    for firm, role in ((maker, "supplier"), (brand, "brand")):
        address = f"{reverse('agreement_new')}?firm={firm.code}"
        assert address in desk.get(reverse("firm", args=[firm.code]), follow=True).content.decode()
        assert sent(desk, address, **told, code=f"D-{firm.code}").status_code == 302
        assert list(Party.objects.filter(agreement__code=f"D-{firm.code}").values_list("firm", "role")) == [
            (firm.pk, role)
        ]
    nobody = sent(desk, f"{reverse('agreement_new')}?firm=none", **told, code="D0")
    assert nobody.status_code == 302
    assert not Agreement.objects.get(code="D0").parties.exists()
    bare = sent(desk, reverse("agreement_new"), **told, code="D1", party=maker.pk)
    assert "party_role" in bare.context["form"].errors
    assert "party" not in desk.get(reverse("agreement_edit", args=["D0"])).context["form"].fields


def test_who_came_is_known_once_the_event_has_begun(desk):
    ahead = TODAY + timedelta(days=1)
    event = Event.objects.create(code="C26", title="Convention", year=2026, first_on=ahead)
    firm, new = making.firm("A"), reverse("attendance_new", args=["C26"])
    for state in ("attended", "absent"):
        assert "still to begin" in sent(desk, new, firm=firm.pk, state=state).content.decode()
    assert sent(desk, new, firm=firm.pk, state="confirmed").status_code == 302
    edit = reverse("event_edit", args=["C26"])
    assert sent(desk, edit, first_on=f"{TODAY}").status_code == 302
    attendance = reverse("attendance_edit", args=["C26", event.attendances.get().pk])
    assert sent(desk, attendance, state="attended").status_code == 302
    assert "first_on" in sent(desk, edit, first_on=f"{ahead}").context["form"].errors
    assert sent(desk, edit, first_on="").status_code == 302  # this year, the day is not known


def test_the_page_of_a_firm_lists_its_events_for_the_house(signed_in, admin):
    event = Event.objects.create(code="C26", title="Canary", year=2026)
    for code in ("A", "B"):
        Attendance.objects.create(event=event, firm=making.firm(code))
    guest = making.person("a@example.org", making.SUPPLIER, firm=making.firm("A"))
    for person, listed in ((admin, True), (guest, False)):
        page = signed_in(person).get(reverse("supplier", args=["A"]))
        assert [each.event for each in page.context["events"]] == [event] * listed
        assert (reverse("event", args=["C26"]) in page.content.decode()) is listed


def test_lists_ask_as_much_for_many_as_for_one(desk):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for name in ("agreement_list", "event_list", "commitment_list"):
                desk.get(reverse(name))
        return len(queries)

    def more(number):
        firm, event = making.firm(f"F{number}"), Event.objects.create(code=f"E{number}", title="E", year=2026)
        deal = agreement(f"A{number}", event=event)
        Party.objects.create(agreement=deal, firm=firm, role="supplier")
        Attendance.objects.create(event=event, firm=firm)
        Commitment.objects.create(agreement=deal, owner=firm, text="x", due_on=TODAY)

    more(0)
    asked()
    one = asked()
    for number in range(1, 30):
        more(number)
    assert asked() == one
