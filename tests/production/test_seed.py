"""A base of any size: its figures are right, its sums are as many at every size, and it is the same each time."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import User
from office.door import Refused
from production.models import Cell, Declaration, OutputLine, Posting, Standing
from production.seed import Plan, seed
from production.verify import verify
from suppliers.models import Supplier
from tests import making

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 8, 1)


@pytest.fixture
def cli():
    return User.objects.get(email="cli")


def plan(lines, **more):
    return Plan(**{"lines": lines, "sites": 3, "months": 5, "families": 2, "until": UNTIL, **more})


def test_what_is_seeded_recounts_without_a_difference(cli):
    made = seed(cli, plan(100))
    assert made == {"suppliers": 3, "parts": 21, "declarations": 15, "lines": 105}
    assert (OutputLine.objects.count(), Standing.objects.filter(to_v=None).count(), verify()) == (105, 15, [])
    assert set(Declaration.objects.values_list("state", flat=True)) == {"approved"}


@pytest.mark.parametrize("lines", [1, 50, 300])
def test_there_are_as_many_sums_at_every_size(cli, lines):
    seed(cli, plan(lines))
    assert (Cell.objects.count(), Posting.objects.count()) == (3 * 5 * 2, 3 * 5 * 2)


def test_each_month_became_known_in_the_month_after(cli):
    seed(cli, plan(30))
    known = Standing.objects.order_by("head__month").values_list("head__month", "declaration__received_on").distinct()
    assert list(known)[-1] == (date(2026, 8, 1), date(2026, 9, 10)) and len(known) == 5


def test_lists_of_objects_are_seeded_without_volumes(cli):
    made = seed(cli, plan(0, suppliers=40, parts=70))
    assert made == {"suppliers": 40, "parts": 70, "declarations": 0, "lines": 0}
    assert Supplier.objects.count() == 40


def test_an_installation_that_is_used_is_left_alone(cli):
    making.site("A")
    with pytest.raises(Refused):
        seed(cli, plan(10))


@pytest.mark.parametrize(
    "words", [[], ["--lines", "-1"], ["--lines", "10", "--until", "soon"], ["--lines", "9", "--sites", "0"]]
)
def test_a_command_that_cannot_be_meant_is_a_wrong_call(words, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("seed_volume", *words, "--json")
    assert left.value.code == 2 and '"wrong_call"' in capsys.readouterr().out
