"""Parts: references, families by data version, who sees them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from accounts.models import Firm, Member, Role, User
from catalogue.models import CountingRule, Family, Part, PartAlias, PartFamily, PartRevision, reference_key
from partstrack.searching import containing

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return Firm.objects.create(code="P05", name="Partenaire 05")


@pytest.fixture
def other():
    return Firm.objects.create(code="P06", name="Partenaire 06")


def part(firm, reference, **fields):
    return Part.objects.create(firm=firm, reference=reference, reference_key=reference_key(reference), **fields)


def membership(row, code, from_v, to_v=None):
    return PartFamily.objects.create(part=row, family=Family.objects.get(code=code), from_v=from_v, to_v=to_v)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("8200 768-913", "8200768913"),
        (" p05-flt.1203/b\\c ", "P05FLT1203BC"),
        ("8200\u00a0768\u2011913", "8200768913"),
        ("Ａ１–２", "A12"),
        ("A_1", "A_1"),
        ("- . /", ""),
    ],
)
def test_a_reference_is_compared_without_spaces_dashes_dots_and_slashes(reference, key):
    assert reference_key(reference) == key


def test_a_firm_has_one_part_with_a_reference_however_it_is_written(firm, other):
    part(firm, "FLT-1203")
    part(other, "FLT 1203")
    with pytest.raises(IntegrityError, match="part_once"), transaction.atomic():
        part(firm, "flt 1203")


def test_a_second_part_with_the_same_reference_is_refused_in_words(firm):
    part(firm, "FLT-1203")
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        Part(firm=firm, reference="flt1203", reference_key="FLT1203").validate_constraints()
    assert refused.value.messages == ["This firm already has a part with that reference."]


@pytest.mark.parametrize("key", ["", "A-1", "A 1", "A.1", "A/1", "A\\1"])
def test_a_key_that_was_not_made_by_reference_key_is_refused(firm, key):
    with pytest.raises(IntegrityError, match="part_reference_keyed"), transaction.atomic():
        Part.objects.create(firm=firm, reference="A-1", reference_key=key)


def test_a_part_counts_pieces_unless_said_otherwise(firm):
    assert part(firm, "A1").unit_id == "piece"


def test_a_supplier_sees_the_parts_of_its_own_firm_only(firm, other):
    mine, theirs = part(firm, "A1"), part(other, "B1")
    PartAlias.objects.create(part=theirs, firm=firm, reference="X1", reference_key="X1")
    PartRevision.objects.create(part=theirs, code="A", valid_from=date(2026, 1, 1))
    membership(theirs, "brakes", 1)
    membership(mine, "brakes", 1)
    supplier = User.objects.create_user("p05@example.org", roles=[Role.SUPPLIER])
    Member.objects.create(user=supplier, firm=firm)
    analyst = User.objects.create_user("analyst@example.org", roles=[Role.ANALYST])
    assert list(Part.objects.visible_to(supplier)) == [mine]
    assert list(Part.objects.visible_to(analyst)) == [mine, theirs]
    assert list(PartFamily.objects.visible_to(supplier).values_list("part", flat=True)) == [mine.pk]
    assert not PartAlias.objects.visible_to(supplier).exists()
    assert not PartRevision.objects.visible_to(supplier).exists()
    assert PartAlias.objects.visible_to(analyst).count() == 1


def test_living_parts_were_neither_merged_nor_archived(firm):
    kept = part(firm, "A1")
    part(firm, "A2", merged_into=kept)
    part(firm, "A3", archived_at=timezone.now())
    assert list(Part.objects.living()) == [kept]


def test_a_part_cannot_be_merged_into_itself(firm):
    row = part(firm, "A1")
    with pytest.raises(IntegrityError, match="part_not_into_itself"), transaction.atomic():
        Part.objects.filter(pk=row.pk).update(merged_into=row)


def test_the_family_of_a_part_is_known_at_every_data_version(firm):
    row = part(firm, "A1")
    membership(row, "unclassified", 3, 7)
    membership(row, "brakes", 7)
    standing = {
        version: list(PartFamily.objects.standing(version).values_list("family__code", flat=True))
        for version in (2, 3, 6, 7, 99)
    }
    assert standing == {2: [], 3: ["unclassified"], 6: ["unclassified"], 7: ["brakes"], 99: ["brakes"]}
    assert list(Part.objects.of_family("brakes")) == [row]
    assert not Part.objects.of_family("unclassified").exists()
    assert list(Part.objects.of_family("unclassified", version=6)) == [row]
    assert not Part.objects.of_family("brakes", version=6).exists()


def test_a_part_is_in_one_family_at_a_time(firm):
    row = part(firm, "A1")
    membership(row, "brakes", 5)
    with pytest.raises(IntegrityError, match="part_family_one_open"), transaction.atomic():
        membership(row, "filters", 9)
    with pytest.raises(IntegrityError, match="part_in_one_family"), transaction.atomic():
        membership(row, "filters", 2, 6)
    membership(row, "filters", 2, 5)


@pytest.mark.parametrize("to_v", [4, 5])
def test_a_membership_ends_after_it_begins(firm, to_v):
    with pytest.raises(IntegrityError, match="part_family_forward"), transaction.atomic():
        membership(part(firm, "A1"), "brakes", 5, to_v)


def test_a_firm_calls_only_one_part_by_a_reference(firm, other):
    first, second = part(firm, "A1"), part(firm, "A2")
    PartAlias.objects.create(part=first, firm=other, reference="Z 9", reference_key="Z9")
    with pytest.raises(IntegrityError, match="part_alias_once"), transaction.atomic():
        PartAlias.objects.create(part=second, firm=other, reference="Z-9", reference_key="Z9")


def test_every_change_of_a_part_is_in_its_history_however_it_was_made(firm):
    row = part(firm, "A1", name="Filtre")
    Part.objects.filter(pk=row.pk).update(name="Filtre à huile")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_part WHERE id = %s", [row.pk])
    events = Part.pgh_event_models["insert"].objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "name")) == [
        ("insert", "Filtre"),
        ("update", "Filtre à huile"),
        ("delete", "Filtre à huile"),
    ]


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.order_by().explain()


def test_searching_a_part_has_an_index(firm):
    assert "part_searched" in plan_of(containing(Part.objects.all(), "filtre", "reference", "name", "name_ar"))
    assert "part_key_searched" in plan_of(Part.objects.filter(reference_key__contains="8200"))


@pytest.mark.parametrize("typed", ["PLAQUETTÉ", "plaquette de", "مكبح", "مكبَح", "صفيحه", "a-1", "a/1", "A 1"])
def test_a_part_is_found_however_its_letters_are_typed(firm, typed):
    found = part(firm, "A-1", name="Plaquette  de frein", name_ar="صفيحة مكبح")
    part(firm, "B-2", name="Filtre", name_ar="مرشح")
    assert list(containing(Part.objects.all(), typed, "reference", "name", "name_ar")) == [found]


def test_signs_that_search_for_anything_are_letters(firm):
    part(firm, "A1", name="Filtre 50 % coton")
    assert not containing(Part.objects.all(), "A%", "reference", "name", "name_ar")
    assert containing(Part.objects.all(), "50 %", "reference", "name", "name_ar")


def test_an_amount_may_be_counted_as_pieces_by_a_rule_with_a_source():
    rule = CountingRule.objects.create(
        unit_id="set", factor=Decimal("4"), valid_from=date(2026, 1, 1), source="Convention 2026"
    )
    assert (rule.into_id, str(rule)) == ("piece", "set = 4 piece")


@pytest.mark.parametrize("factor", ["0", "-1", "NaN"])
def test_a_counting_rule_needs_a_factor_above_zero(factor):
    with (
        pytest.raises(IntegrityError, match="counting_rule_positive"),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        cursor.execute(
            "INSERT INTO catalogue_countingrule (unit_id, into_id, factor, valid_from, source)"
            " VALUES ('set', 'piece', %s::numeric, '2026-01-01', 'x')",
            [factor],
        )


def test_there_is_one_counting_rule_for_a_unit_from_a_day():
    values = {"unit_id": "set", "factor": Decimal("4"), "valid_from": date(2026, 1, 1), "source": "x"}
    CountingRule.objects.create(**values)
    with pytest.raises(IntegrityError, match="counting_rule_once"), transaction.atomic():
        CountingRule.objects.create(**values)
