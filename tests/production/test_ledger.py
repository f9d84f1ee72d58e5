"""The ledger of volumes: what the database refuses whichever way data comes in, and what decisions do."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone, translation

from office import clock, rights
from office.door import Refused, write
from production import actions, ledger, periods, verify
from production.models import Cell, Declaration, Head, OutputLine, Posting, Standing
from tests import making
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


@pytest.fixture
def site(db):
    return making.site("P05")


@pytest.fixture
def part(site):
    return making.part("P05-1", site.firm)


@pytest.fixture
def june(admin, site, part):
    """A declaration of June that stands."""
    return declare(admin, site, monthly(part, {"2026-06": 100}))[0]


def draft(author, site, **fields):
    """Make a draft of June by hand."""
    head, _new = Head.objects.get_or_create(site=site, month=JUNE)
    fields = {"revision": 1, "author": author} | fields
    return Declaration.objects.create(head=head, **fields)


def sql(text, *values):
    """Run a statement as anybody with a database client could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def produced(version=None):
    """Return what the ledger says was produced, at a version or now."""
    cells = sum(Cell.objects.values_list("produced", flat=True), Decimal(0))
    later = Posting.objects.filter(version__gt=clock.moment().version if version is None else version)
    return cells - sum(later.values_list("produced", flat=True), Decimal(0))


def roll_back(user, *declarations):
    """Take declarations back through the door."""
    with write(user, "taken back") as door:
        actions.roll_back(door, user, declarations)
    return door.version


def close(user, *months):
    """Close months, whatever is missing."""
    with write(user, "closing") as door:
        periods.close(door, user, [month(each) for each in months], accept="late")


# Lines --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "UPDATE production_outputline SET produced = produced + 1",
        "DELETE FROM production_outputline",
        "UPDATE production_outputline SET produced = 1 WHERE false",
    ],
)
def test_a_line_is_never_changed_and_never_deleted(june, text):
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        sql(text)


def test_a_line_goes_into_a_draft_only(june, site, part, admin):
    other = making.part("P05-2", site.firm)
    with pytest.raises(DatabaseError, match="Lines go into a draft"), transaction.atomic():
        making.line(june, site, JUNE, other, {"produced": 1}).save()


def test_a_line_never_goes_into_a_nil_declaration(site, part, admin):
    nil = draft(admin, site, kind="nil")
    with pytest.raises(DatabaseError, match="never into a nil declaration"), transaction.atomic():
        making.line(nil, site, JUNE, part, {"produced": 1}).save()


def test_a_line_has_the_site_and_the_month_of_its_declaration(site, part, admin):
    mine, elsewhere = draft(admin, site), making.site("P06")
    for where, when in ((elsewhere, JUNE), (site, month("2026-07"))):
        with pytest.raises(DatabaseError, match="of their own site and month"), transaction.atomic():
            making.line(mine, where, when, part, {"produced": 1}).save()


@pytest.mark.parametrize("amount", ["-0.001", "NaN", "1e15", "Infinity"])
def test_an_amount_is_zero_or_more_and_a_number(site, part, admin, amount):
    mine = draft(admin, site)
    text = (
        "INSERT INTO production_outputline (declaration_id, site_id, month, part_id, unit_id, source_sheet, produced) "
        "VALUES (%s, %s, %s, %s, 'piece', '', %s)"
    )
    with pytest.raises((IntegrityError, DatabaseError), match=r"line_produced_sane|numeric field overflow"):
        sql(text, mine.pk, site.pk, JUNE, part.pk, amount)


def test_a_part_stands_once_in_a_declaration_for_each_brand_and_once_without(site, part, admin):
    mine, brand = draft(admin, site), making.brand("marque-a")
    OutputLine.objects.bulk_create(making.line(mine, site, JUNE, part, {}, sold_as=each) for each in (None, brand))
    for again in (None, brand):
        with pytest.raises(IntegrityError, match="line_once"), transaction.atomic():
            making.line(mine, site, JUNE, part, {}, sold_as=again).save()


def test_not_said_and_zero_are_two_things(site, part, admin):
    other = making.part("P05-2", site.firm)
    declare(admin, site, {"2026-06": [(part, {"produced": 0}), (other, {"produced": None})]})
    cell = Cell.objects.get()
    assert (cell.lines, cell.produced_said, cell.produced, cell.exported_said) == (2, 1, Decimal(0), 0)


# Declarations -------------------------------------------------------------------------------------------
def test_a_month_is_the_first_of_a_month(site):
    with pytest.raises(IntegrityError, match="head_month_first"), transaction.atomic():
        Head.objects.create(site=site, month=date(2026, 6, 2))


def test_a_month_has_one_open_declaration(site, admin):
    draft(admin, site)
    with pytest.raises(IntegrityError, match="declaration_one_open"), transaction.atomic():
        draft(admin, site, revision=2, reason="again")


def test_a_revision_has_its_number_once(june, site, admin):
    with pytest.raises(IntegrityError, match="declaration_revision_once"), transaction.atomic():
        draft(admin, site, revision=1)


def test_a_second_revision_says_why(june, site, admin):
    with pytest.raises(IntegrityError, match="declaration_revision_has_reason"), transaction.atomic():
        draft(admin, site, revision=2)


def test_what_is_approved_was_decided_by_somebody(site, admin):
    mine = draft(admin, site)
    with pytest.raises(IntegrityError, match="declaration_approved_is_decided"):
        sql("UPDATE production_declaration SET state = 'approved' WHERE id = %s", mine.pk)


def test_the_database_itself_asks_for_four_eyes(site, admin):
    mine = draft(admin, site, four_eyes=True, submitted_by=admin, submitted_at=timezone.now())
    text = "UPDATE production_declaration SET state = 'approved', decided_by_id = %s, decided_at = now() WHERE id = %s"
    with pytest.raises(IntegrityError, match="declaration_four_eyes"):
        sql(text, admin.pk, mine.pk)


def test_a_declaration_is_not_deleted_once_it_was_sent(june):
    with pytest.raises(DatabaseError, match="withdraw it"):
        sql("DELETE FROM production_declaration WHERE id = %s", june.pk)


@pytest.mark.parametrize("change", ["kind = 'nil'", "revision = 7"])
def test_the_kind_and_the_number_of_a_declaration_do_not_change(june, change):
    with pytest.raises(DatabaseError, match="do not change"):
        sql(f"UPDATE production_declaration SET {change}")


def test_one_declaration_stands_for_a_month(june, site, admin):
    with pytest.raises(IntegrityError, match="standing_one_open"), transaction.atomic():
        Standing.objects.create(head=june.head, declaration=june, from_v=99)


# Decisions ----------------------------------------------------------------------------------------------
def test_a_month_declared_again_replaces_what_stood_and_keeps_it_known(june, admin, site, part):
    before = clock.moment().version
    declare(admin, site, monthly(part, {"2026-06": 107}))
    assert (produced(), produced(before), produced(0)) == (107, 100, 0)
    assert Posting.objects.order_by("pk").values_list("produced", flat=True)[1] == Decimal("7.000")


def test_taking_back_restores_what_stood_under_a_new_version(june, admin, site, part):
    (second,) = declare(admin, site, monthly(part, {"2026-06": 107}))
    known = clock.moment().version
    assert roll_back(admin, second) == known + 1
    assert (produced(), produced(known)) == (100, 107)
    second.refresh_from_db()
    assert (second.state, Declaration.objects.count()) == ("withdrawn", 2)


def test_taking_back_twice_raises_nothing_that_was_taken_back_before(june, admin, site, part):
    (second,) = declare(admin, site, monthly(part, {"2026-06": 107}))
    roll_back(admin, second)
    roll_back(admin, june)
    assert (produced(), Standing.objects.filter(to_v=None).exists(), verify.verify()) == (0, False, [])


def test_what_was_declared_again_since_is_not_taken_back(june, admin, site, part):
    declare(admin, site, monthly(part, {"2026-06": 107}))
    with pytest.raises(Refused, match="P05"):
        roll_back(admin, june)
    assert produced() == 107


def test_a_submission_that_was_taken_back_does_not_hide_what_stands(june, admin, supplier_user, site, part):
    (submitted,) = declare(supplier_user, site, monthly(part, {"2026-06": 107}))
    assert ledger.standing_ids([june.head_id]) == {june.head_id: june.pk}
    roll_back(admin, submitted)
    roll_back(admin, june)
    assert produced() == 0


def test_a_closed_month_is_not_taken_back_before_it_is_reopened(june, admin, manager):
    close(manager, "2026-06")
    with pytest.raises(Refused, match="June 2026"):
        roll_back(manager, june)
    with write(manager, "reopening") as door:
        periods.reopen(door, manager, [JUNE], "more came in")
    roll_back(manager, june)
    assert produced() == 0


def test_a_change_of_a_closed_month_waits_for_a_second_person(june, admin, manager, site, part):
    close(manager, "2026-06")
    (change,) = declare(manager, site, monthly(part, {"2026-06": 107}), reason="two pallets")
    assert (change.state, produced()) == ("submitted", 100)
    for person in (manager, admin):
        with pytest.raises(Refused), write(person, "accepting") as door:
            actions.approve(door, person, change)
    second = making.person("second@example.org", making.MANAGER)
    with write(second, "accepting") as door:
        actions.approve(door, second, change)
    assert produced() == 107


def test_a_supplier_does_not_accept_what_it_submitted(supplier_user, site, part):
    (waiting,) = declare(supplier_user, site, monthly(part, {"2026-06": 100}))
    with pytest.raises(Refused), write(supplier_user, "accepting") as door:
        actions.approve(door, supplier_user, waiting)
    assert produced() == 0


def test_after_a_return_the_month_can_be_declared_again(admin, supplier_user, site, part):
    (waiting,) = declare(supplier_user, site, monthly(part, {"2026-06": 100}))
    with write(admin, "returned") as door:
        actions.send_back(door, admin, waiting, "see row 7")
    with write(supplier_user, "again") as door:
        again = actions.declare_nil(door, supplier_user, site, JUNE, reason="nothing was made after all")
    waiting.refresh_from_db()
    assert (waiting.state, again.state, again.revision) == ("withdrawn", "submitted", 2)


def test_two_decisions_of_one_write_are_both_posted(admin, site, part):
    with write(admin, "two months") as door:
        for text in ("2026-06", "2026-07"):
            actions.settle(door, admin, making.drafts(admin, site, monthly(part, {text: 100})))
    assert list(Posting.objects.values_list("month", "produced").order_by("month")) == [
        (JUNE, Decimal(100)),
        (month("2026-07"), Decimal(100)),
    ]
    assert (produced(), produced(0), verify.verify()) == (200, 0, [])


def test_closing_names_every_site_that_is_missing(june, manager):
    making.expect(making.site("P06"), "2026-01")
    with translation.override("en"), pytest.raises(Refused) as refused, write(manager, "closing") as door:
        periods.close(door, manager, [JUNE])
    assert refused.value.reasons == ["P06, 2026-06: missing."]


@pytest.mark.parametrize("role", [making.ADMIN, making.ANALYST, making.SUPPLIER])
def test_months_are_closed_by_managers(june, role):
    person = making.person("x@example.org", role)
    with pytest.raises(Refused), write(person, "closing") as door:
        periods.close(door, person, [JUNE], accept="late")


# Proof --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("between", "fault"),
    [
        ("cells and lines", "UPDATE production_cell SET produced = produced + 0.001"),
        ("cells and postings", "UPDATE production_posting SET exported_said = exported_said + 1"),
        ("cells and postings", "DELETE FROM production_posting"),
        ("cells and lines", "DELETE FROM production_cell"),
        ("standing and state", "UPDATE production_declaration SET state = 'withdrawn'"),
        ("part and family", "DELETE FROM catalogue_partfamily"),
    ],
)
def test_a_planted_difference_is_found(june, between, fault):
    assert verify.verify() == []
    sql(fault)
    assert between in {each["between"] for each in verify.verify()}


def test_standings_that_overlap_are_found(june):
    sql(
        "INSERT INTO production_standing (head_id, declaration_id, from_v, to_v) "
        "SELECT head_id, declaration_id, from_v - 1, from_v + 1 FROM production_standing"
    )
    assert {each["between"] for each in verify.verify()} == {"standings of one month"}


# The application's database role ------------------------------------------------------------------------
@pytest.fixture
def as_application(june):
    """Act as the database role of the pages, where the database has that role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'partstrack_app'")
        if not cursor.fetchone():
            pytest.skip("this database has no role partstrack_app")
        owner = connection.settings_dict["USER"]
        rights.protect(connection, {"owner": f"pg://{owner}@here/x", "app": "pg://partstrack_app@here/x"})
        cursor.execute("SET ROLE partstrack_app")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "table", ["production_posting", "production_outputline", "office_write", "suppliers_siteevent"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_adds_to_the_record_and_rewrites_none_of_it(as_application, table, statement):
    column = {"office_write": "reason", "suppliers_siteevent": "name"}.get(table, "month")
    with pytest.raises(DatabaseError, match="permission denied"):
        sql(statement.format(table, column, column))


def test_the_application_declares_and_reads(as_application, admin, site, part):
    declare(admin, site, monthly(part, {"2026-06": 107}))
    assert produced() == 107
