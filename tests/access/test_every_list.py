"""Every list of every app: each column chosen, each condition asked, each order walked; odd addresses break none."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django_tables2 import A

from partstrack.conditions import OPERATORS, Conditions
from partstrack.paging import Order
from partstrack.walking import list_of
from tests import making
from tests.access import world
from tests.access.matrix import LINES

pytestmark = pytest.mark.django_db
LISTS = [line.name for line in LINES if not line.things and line.name and list_of(line.name)]
SAMPLES = {"text": "a'%_ش", "number": "0", "day": "2026-08-31", "month": "2026-08", "yes": "no"}
ODD = (
    "columns=%00,,%2C&per_page=9e9&where=&where=%3A%3A&where=x%00:is:1&view=%00&condition=%00",
    "choose=columns&column=%00&place.=&place.x=%00",
    "choose=condition&condition=&op=&value=",
    "sort=nothing,-columns&columns=" + ",".join("abc" * 300),
)


@pytest.fixture
def everything(signed_in):
    """One of everything, seen by somebody with every right."""
    people = world.people()
    world.things(world.OWN, people["admin"])
    user = making.person("all@example.org", *making.Role.values)
    return signed_in(user)


def asked(subject, operator):
    value = subject.choices[0][0] if subject.choices else SAMPLES[subject.kind]
    return f"{subject.name}:{operator}:{f'{value}..{value}' if operator == 'between' else value}"


def test_every_list_shows_all_columns_takes_every_condition_and_is_walked_in_every_order(everything):
    counted = 0
    for name in LISTS:
        page = everything.get(reverse(name))
        table, subjects = page.context["table"], page.context["conditions"].subjects.values()
        every = ",".join(column.name for column in reversed(table.offered))
        for form in ("", "&format=csv"):
            assert everything.get(f"{reverse(name)}?columns={every}{form}").status_code == 200, name
        rows = table.data.data
        for subject in subjects:
            for operator in OPERATORS[subject.kind]:
                said = QueryDict(mutable=True)
                said["where"] = asked(subject, operator)
                conditions = Conditions(table, said)
                assert conditions.asked, (name, said)
                conditions.narrowed(rows).count()
                counted += 1
        walked(table, rows)
    assert len(LISTS) > 10 and counted > 200


def walked(table, rows):
    """Ask for the neighbours of a row in every order that its list can have."""
    path = (table.leads_to or ("", "pk"))[1]
    for column in [column for column in table.columns if column.orderable]:
        ordered = rows.order_by(*(order.replace(".", "__") for order in column.order_by), "pk")
        first = ordered.first()
        if first is not None and Order(ordered).columns:
            assert Order(ordered).sides(path, A(path).resolve(first))[0] is None


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_breaks_no_list(everything, odd):
    answers = {name: everything.get(f"{reverse(name)}?{odd}", follow=True).status_code for name in LISTS}
    assert set(answers.values()) == {200}, answers
