"""Pages of long lists: every row once, in order, forwards and backwards, whatever the order and whatever is NULL."""

from itertools import chain

import django_tables2
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm
from partstrack import paging
from partstrack.paging import Pages
from partstrack.tables import Table
from production.models import OutputLine
from tests import making

pytestmark = pytest.mark.django_db
SIZE = 3


class Firms(Table):
    code = django_tables2.Column()

    class Meta(Table.Meta):
        model = Firm
        fields = ("code",)


class Lines(Table):
    part = django_tables2.Column(accessor="part__reference")

    class Meta(Table.Meta):
        model = OutputLine
        fields = ("part",)


@pytest.fixture
def firms():
    """Eight firms, two names of which are the same, in an order of codes that is not that of names."""
    names = ("g", "a", "f", "a", "e", "b", "d", "c")
    return [Firm.objects.create(code=f"F{number}", name=name) for number, name in enumerate(names)]


@pytest.fixture
def lines(admin):
    """Lines of two sites and months, some without a produced amount."""
    for code in ("A", "B"):
        site = making.site(code)
        parts = [making.part(f"{code}{number}", site.firm) for number in range(3)]
        for month in ("2026-05", "2026-06"):
            rows = [(part, {"produced": None if n == 1 else n, "scrapped": 1}) for n, part in enumerate(parts)]
            making.declare(admin, site, {month: rows})
    return OutputLine.objects.all()


def page(table_class, rows, address="/?", number=1):
    request = RequestFactory().get(address)
    table = table_class(rows, request=request)
    table.paginate(paginator_class=Pages, per_page=SIZE, page=number, request=request)
    return table.page


def keys(leaf):
    return [row.record.pk for row in leaf.object_list]


def walk(table_class, rows):
    """Return the keys of each page from the first to the last, by the links to the next one, and back again."""
    leaf = page(table_class, rows)
    forwards, leaves = [keys(leaf)], [leaf]
    while leaf.has_next():
        leaf = page(table_class, rows, leaf.next_address, leaf.number + 1)
        forwards.append(keys(leaf))
        leaves.append(leaf)
    backwards = [keys(leaf)]
    while leaf.has_previous():
        leaf = page(table_class, rows, leaf.previous_address, leaf.number - 1)
        backwards.insert(0, keys(leaf))
    assert backwards == forwards
    return forwards


@pytest.mark.parametrize("order", [["name"], ["-name"], ["name", "-code"], ["code"], []])
def test_every_row_comes_once_in_the_order_of_the_list(firms, order):
    rows = Firm.objects.order_by(*order) if order else Firm.objects.all()
    expected = list(
        rows.order_by(*(order or ["name"]), "-pk" if order == ["-name"] else "pk").values_list("pk", flat=True)
    )
    pages = walk(Firms, rows)
    assert [len(each) for each in pages] == [3, 3, 2] and list(chain(*pages)) == expected


@pytest.mark.parametrize(
    "order", [["produced"], ["-produced"], ["part__reference"], ["-month", "site", "part"], ["site_id"]]
)
def test_what_says_nothing_keeps_its_place_among_the_pages(lines, order):
    rows = lines.order_by(*order)
    falling = all(name.startswith("-") for name in order)
    expected = list(rows.order_by(*order, "-pk" if falling else "pk").values_list("pk", flat=True))
    assert list(chain(*walk(Lines, rows))) == expected and len(expected) == 12


def test_a_row_that_was_added_before_does_not_push_a_row_onto_the_next_page_again(firms):
    first = page(Firms, Firm.objects.order_by("name"))
    Firm.objects.create(code="NEW", name="aa")
    second = page(Firms, Firm.objects.order_by("name"), first.next_address, 2)
    assert not set(keys(first)) & set(keys(second))


def test_rows_are_counted_up_to_a_number_and_no_further(firms, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 5)
    leaf = page(Firms, Firm.objects.all())
    assert (leaf.paginator.count, leaf.paginator.more_than_counted) == (5, True)
    monkeypatch.setattr(paging, "COUNTED", 8)
    leaf = page(Firms, Firm.objects.all(), number=3)
    assert (leaf.paginator.count, leaf.paginator.more_than_counted, leaf.paginator.num_pages) == (8, False, 3)
    assert (leaf.start_index(), leaf.end_index(), leaf.has_next()) == (7, 8, False)


def test_a_page_far_away_is_reached_by_its_number_too(firms, monkeypatch):
    monkeypatch.setattr(paging, "WALKED", 0)
    assert keys(page(Firms, Firm.objects.order_by("code"), number=2)) == [firm.pk for firm in firms[3:6]]


@pytest.mark.parametrize("said", ["", "nonsense", "WzFd", "%00"])
def test_an_address_that_nobody_made_shows_the_page_of_its_number(firms, said):
    assert keys(page(Firms, Firm.objects.order_by("code"), f"/?after={said}", 2)) == [firm.pk for firm in firms[3:6]]


def test_the_place_in_another_order_is_not_taken_for_one_in_this(firms):
    address = page(Firms, Firm.objects.order_by("name", "code")).next_address
    assert keys(page(Firms, Firm.objects.order_by("code"), address, 2)) == [firm.pk for firm in firms[3:6]]


def test_the_number_of_queries_does_not_grow_with_the_rows(firms):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            leaf = page(Firms, Firm.objects.order_by("name"))
            assert leaf.paginator.count
        return len(seen)

    few = queries()
    Firm.objects.bulk_create(Firm(code=f"M{number}", name="m") for number in range(1000))
    assert queries() == few == 2
