"""The number of active suppliers, against a count by hand and a naive twin."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Firm
from office.asking import ask
from partstrack.figures import Ask, WrongCall
from suppliers.figures import suppliers_active
from suppliers.models import Site, SitePlace, Supplier
from tests import making

ON = date(2026, 9, 22)
WILAYAS = ("09", "16", "31")
day_or_none = st.none() | st.dates(date(2026, 9, 20), date(2026, 9, 24))


def test_active_suppliers_are_counted_and_the_others_said(db, admin, moment):
    making.firm("A")
    for code, fields in {
        "B": {"status": "suspended"},
        "C": {"joined_on": date(2026, 9, 23)},
        "D": {"archived_at": datetime(2026, 1, 1, tzinfo=UTC)},
    }.items():
        making.firm(code)
        Supplier.objects.filter(firm__code=code).update(**fields)
    with translation.override("en"):
        answer = suppliers_active(ask(admin, moment, {}, {}))
    assert (answer.value, answer.rows, answer.unit) == (Decimal(1), 1, "supplier")
    assert answer.basis == "On 22/09/2026, 1 of 2 suppliers, by their status of that day."


def test_there_is_no_growth_because_no_earlier_status_is_kept(db, admin, moment):
    making.firm("A")
    answer = suppliers_active(ask(admin, moment, {}, {}))
    assert (answer.change, answer.base, answer.change_state) == (None, None, "none")


def test_a_supplier_user_counts_their_own_firm_only(supplier_user, moment):
    making.firm("OTHER")
    assert suppliers_active(ask(supplier_user, moment, {}, {})).value == 1


def test_a_supplier_of_two_sites_in_a_wilaya_counts_once(db, admin, moment):
    making.site("S1", of="A", wilaya="16")
    making.site("S2", of="A", wilaya="16")
    making.site("S3", of="B", wilaya="09")
    assert suppliers_active(ask(admin, moment, {}, {"wilaya": "16"})).value == 1


@pytest.mark.parametrize("words, filters", [({"year": "2026"}, {}), ({}, {"wilaya": "99"}), ({"by": "wilaya"}, {})])
def test_a_question_that_makes_no_sense_is_refused(db, admin, moment, words, filters):
    with pytest.raises(WrongCall):
        suppliers_active(ask(admin, moment, words, filters))


@st.composite
def rosters(draw):
    """Draw suppliers in plain words: status, joined, archived, merged, and sites with their places."""
    place = st.tuples(st.sampled_from(WILAYAS), day_or_none, st.booleans())
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "status": st.sampled_from(Supplier.Status.values),
                    "joined": day_or_none,
                    "archived": st.booleans(),
                    "merged": st.booleans(),
                    "sites": st.lists(place, max_size=2),
                }
            ),
            max_size=5,
        )
    )


def naive(roster, wilaya):
    """Count as one would with a pencil."""
    count = 0
    for row in roster:
        if row["status"] != "active" or row["archived"] or row["merged"]:
            continue
        if row["joined"] is not None and row["joined"] > ON:
            continue
        here = [1 for code, until, gone in row["sites"] if code == wilaya and not gone and (not until or until > ON)]
        if wilaya is None or here:
            count += 1
    return count


class TestTwin(TestCase):
    """The count in the database equals the count with a pencil."""

    @given(rosters(), st.none() | st.sampled_from(WILAYAS))
    def test_the_figure_equals_its_naive_twin(self, roster, wilaya):
        furnish(roster)
        filters = {"wilaya": wilaya} if wilaya else {}
        answer = suppliers_active(Ask(today=ON, version=0, on=ON, filters=filters))
        assert answer.value == naive(roster, wilaya)
        assert answer.queryset.count() == answer.rows == answer.value


def furnish(roster):
    """Write a drawn roster into the database."""
    then = datetime(2026, 1, 1, tzinfo=UTC)
    whole = Firm.objects.create(code="whole", name="whole")
    for number, row in enumerate(roster):
        firm = Firm.objects.create(code=f"F{number}", name=f"F{number}", merged_into=whole if row["merged"] else None)
        archived = then if row["archived"] else None
        Supplier.objects.create(firm=firm, status=row["status"], joined_on=row["joined"], archived_at=archived)
        for place, (wilaya, until, gone) in enumerate(row["sites"]):
            code = f"F{number}-{place}"
            site = Site.objects.create(code=code, name=code, firm=firm, archived_at=then if gone else None)
            SitePlace.objects.create(site=site, wilaya_id=wilaya, valid_to=until)
