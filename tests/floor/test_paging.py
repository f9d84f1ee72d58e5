"""Pages of long lists: every row once, in order, forwards and backwards, whatever the order and whatever is NULL."""

from datetime import date
from itertools import chain, product

import django_tables2
import pytest
from django.db import connection
from django.db.models import F
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm
from partstrack import paging
from partstrack.paging import Order, Pages
from partstrack.tables import Table
from production.models import OutputLine
from suppliers.models import Agreement, Commitment, Paper
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


# (descending, NULL comes first): as the list writes it
WRITTEN = {
    (False, False): lambda name: F(name).asc(),
    (False, True): lambda name: F(name).asc(nulls_first=True),
    (True, False): lambda name: F(name).desc(nulls_last=True),
    (True, True): lambda name: f"-{name}",
}


@pytest.fixture
def promises():
    """Commitments of two agreements: every pair of two days and none, each of them twice."""
    owner = Firm.objects.create(code="F", name="F")
    deals = [
        Agreement.objects.create(code=f"A{signed}", title="A", kind="supply", state="signed", signed_on=signed)
        for signed in (None, date(2026, 1, 1))
    ]
    days = (None, date(2026, 3, 1), date(2026, 5, 1))
    rows = [
        Commitment(text="t", agreement=deal, owner=owner, due_on=due, kept_on=kept, state="kept" if kept else "open")
        for deal, due, kept in product(deals, days, days)
    ]
    return Commitment.objects.bulk_create(rows)


def sorted_by(rows, *orders):
    """Return the keys of rows by Python's stable sort: the last column first, and what says nothing apart."""
    rows = sorted(rows, key=lambda row: row.pk)
    for value, (down, first) in reversed(orders):
        said = sorted((row for row in rows if value(row) is not None), key=value, reverse=down)
        silent = [row for row in rows if value(row) is None]
        rows = silent + said if first else said + silent
    return [row.pk for row in rows]


def assert_walked(rows, expected):
    """The pages by their edges, both ways, and the two neighbours of each row are those of the expected order."""
    order, found = Order(rows), [rows.first()]
    assert order.columns
    while more := order.beyond(order.values(order.edge(found[-1])), 4)[0]:
        found += more
    assert [row.pk for row in found] == expected
    back, more = order.beyond(order.values(order.edge(found[-1])), len(found), back=True)
    assert ([row.pk for row in back], more) == (expected[:-1], False)
    for before, key, behind in zip([None, *expected], expected, [*expected[1:], None], strict=False):
        assert order.sides("pk", key) == (before, behind)


@pytest.mark.parametrize(("one", "other"), list(product(WRITTEN, WRITTEN)))
def test_what_says_nothing_stands_where_the_order_puts_it(promises, one, other):
    rows = Commitment.objects.order_by(WRITTEN[one]("due_on"), WRITTEN[other]("kept_on"), "pk")
    assert_walked(rows, sorted_by(promises, (lambda row: row.due_on, one), (lambda row: row.kept_on, other)))


def test_a_relation_is_in_the_order_of_its_model_and_its_key_where_it_is_bare(promises):
    signed = sorted_by(promises, (lambda row: row.agreement.signed_on, (True, False)))
    assert_walked(Commitment.objects.order_by("agreement", "pk"), signed)
    keys = sorted_by(promises, (lambda row: row.agreement_id, (True, True)))
    assert_walked(Commitment.objects.order_by(F("agreement").desc(), "pk"), keys)


@pytest.mark.parametrize(
    ("model", "index"), [(Agreement, "deal_listed"), (Commitment, "commitment_listed"), (Paper, "paper_listed")]
)
@pytest.mark.parametrize("back", [False, True])
def test_a_page_far_away_of_a_list_by_day_is_read_from_its_index(model, index, back):
    order = Order(model.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    values = [date(2026, 1, 1) if name.endswith(("_on", "_to")) else 1 for name, *_rest in order.columns]
    with CaptureQueriesContext(connection) as seen:
        order.beyond(values, SIZE, back)
    last = seen.captured_queries[-1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {last}")
        plan = "\n".join(line for (line,) in cursor)
    assert index in plan and "OFFSET" not in last, plan
