"""Pages of long lists: the next page begins behind the last row of this one, so page 1,000 is as quick as the first.

Two things of Django's Paginator cost as much as the list is long: counting every row, and walking over all rows of
the pages before. Here rows are counted up to `COUNTED`; above that a page says "more than". The links to the next and to the
page before carry the values of the row at the edge in the order of the list; what lies behind it is asked column by
column from the last one on, each time a look-up in an index that is in this order.
"""

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import F, IntegerField, OrderBy, Q, Value
from django.utils.functional import cached_property
from django_tables2.data import TableListData
from django_tables2.rows import BoundRows

COUNTED = 10_000  # so many rows are counted one by one
WALKED = 1_000  # so many rows may be walked over to reach a page that is asked for by its number
EDGES = ("after", "before")
SALT = "partstrack.paging"
FAR = 1_000  # more steps than an order has


class Pages(Paginator):
    """The pages of a table's rows. `known`: how many rows there are, where that is known without counting."""

    def __init__(self, rows, per_page, *, request, known=None, **options):
        super().__init__(rows, per_page, **options)
        self.request, self.known = request, known
        data = rows.data.data
        self.query = data if hasattr(data, "query") else None

    @cached_property
    def counted(self):
        """Return how many rows there are, at most one more than are counted."""
        if self.known is not None:
            return self.known
        if self.query is None:
            return len(self.object_list)
        return self.query.order_by().values("pk")[: COUNTED + 1].count()

    @property
    def more_than_counted(self):
        """Say whether there are more rows than were counted."""
        return self.known is None and self.query is not None and self.counted > COUNTED

    @cached_property
    def count(self):
        """Return the number of rows, or the number above which there are more."""
        return min(self.counted, COUNTED) if self.more_than_counted else self.counted

    def validate_number(self, number):
        """A page behind the counted ones may exist: its rows will tell."""
        return max(int(number), 1) if self.more_than_counted else super().validate_number(number)

    def page(self, number):
        """Return the page of a number; EmptyPage when there is none. The address says behind or before which row it lies."""
        number = self.validate_number(number)
        if self.query is None:
            return super().page(number)
        order = Order(self.query)
        edge, values = self._edge(order)
        if edge:
            rows, more = order.beyond(values, self.per_page, back=edge == "before")
        else:
            rows, more = self._walked(order, (number - 1) * self.per_page)
        if not rows and number > 1:
            raise EmptyPage("That page contains no results")
        return Leaf(rows, number, self, order, more or edge == "before")

    def _edge(self, order):
        for name in EDGES:
            values = order.values(self.request.GET.get(name, ""))
            if values is not None:
                return name, values
        return "", None

    def _walked(self, order, offset):
        """Return the rows from an offset on. Far away the keys are walked over alone, without what stands beside them."""
        wanted = slice(offset, offset + self.per_page + 1)
        if offset <= WALKED:
            rows = list(order.rows[wanted])
        else:
            keys = list(order.rows.values_list("pk", flat=True)[wanted])
            found = {row.pk: row for row in order.rows.filter(pk__in=keys)}
            rows = [found[key] for key in keys if key in found]
        return rows[: self.per_page], len(rows) > self.per_page


class Leaf(Page):
    """One page, with the addresses of the next one and of the one before."""

    def __init__(self, rows, number, paginator, order, more):
        super().__init__(BoundRows(TableListData(rows), paginator.object_list.table), number, paginator)
        self.edges = (order.edge(rows[0]), order.edge(rows[-1])) if rows else ("", "")
        self.more = more

    def has_next(self):
        """Say whether rows follow."""
        return self.more

    def end_index(self):
        """Return the number of the last row."""
        return self.start_index() + len(self.object_list) - 1

    @property
    def next_address(self):
        """Return the address of the next page."""
        return self._address(self.number + 1, after=self.edges[1])

    @property
    def previous_address(self):
        """Return the address of the page before."""
        return self._address(self.number - 1, before=self.edges[0] if self.number > 2 else "")

    def _address(self, number, **edge):
        said = self.paginator.request.GET.copy()
        for name in EDGES:
            said.pop(name, None)
        said[self.paginator.object_list.table.prefixed_page_field] = number
        for name, value in edge.items():
            if value:
                said[name] = value
        return f"?{said.urlencode()}"


class Order:
    """The order of a QuerySet as columns, so that one can ask what lies behind a row. Empty where it cannot be told."""

    def __init__(self, rows):
        self.columns = _columns(rows)
        self.rows = rows.order_by(*map(_written, self.columns)) if self.columns else rows

    def edge(self, row):
        """Return the place of a row in this order, as an address carries it."""
        if not self.columns:
            return ""
        said = [_text(_value(row, name)) for name, *_rest in self.columns]
        return signing.dumps(said, salt=SALT)

    def values(self, text):
        """Return the values that an address carries, None when it carries none of this order."""
        if not text or not self.columns:
            return None
        try:
            pairs = zip(signing.loads(text, salt=SALT), self.columns, strict=True)
            return [None if each is None else column[2].to_python(each) for each, column in pairs]
        except (signing.BadSignature, ValueError, ValidationError):  # another order, or nothing of ours
            return None

    def beyond(self, values, size, back=False):
        """Return (the rows behind a place, whether there are more); `back`: those before it, in the list's order."""
        columns = _turned(self.columns, back)
        ordered, found = self.rows.order_by(*map(_written, columns)), []
        for step in _steps(columns, values):
            found += ordered.filter(step)[: size + 1 - len(found)]
            if len(found) > size:
                break
        rows = found[:size]
        return (rows[::-1] if back else rows), len(found) > size

    def sides(self, path, key):
        """Return what `path` gives of the rows before and behind the one whose `path` is `key`; None at an end."""
        names = [name for name, *_rest in self.columns]
        values = self.rows.filter(**{path: key}).values_list(*names).first() if names else None
        if values is None:
            return None, None
        steps = [*self._nearest(path, values, back=True), *self._nearest(path, values, back=False)]
        found = sorted(steps[0].union(*steps[1:], all=True), key=lambda row: row[0])
        return tuple(next((key for near, key in found if (near < 0) == back), None) for back in (True, False))

    def _nearest(self, path, values, back):
        """Yield the query of the first row behind a place for each step of the order; its number says how near it is."""
        columns = _turned(self.columns, back)
        rows = self.rows.order_by(*map(_written, columns))
        for near, step in enumerate(_steps(columns, values)):
            number = Value(near - FAR if back else near, IntegerField())
            yield rows.filter(step).annotate(near_=number).values_list("near_", path)[:1]


def _steps(columns, values):
    """Yield the conditions of what lies behind a place, the nearest first: same in all columns but the last, and so on."""
    for last in reversed(range(len(columns))):
        same = Q(*(_is(name, value) for (name, *_rest), value in zip(columns[:last], values[:last], strict=True)))
        name, down, _field, null, first = columns[last]
        value = values[last]
        if value is not None:
            yield same & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        if null and first == (value is None):
            yield same & Q(**{f"{name}__isnull": not first})


def _is(name, value):
    return (f"{name}__isnull", True) if value is None else (name, value)


def _turned(columns, back):
    """Return the columns of the same order, or of the one from the end to the beginning."""
    return [(name, down != back, field, null, first != back) for name, down, field, null, first in columns]


def _columns(rows):
    """Return (name, descending, field, may be NULL, NULL comes first) of each column that a QuerySet is ordered by.

    () where that is not told: an order by anything but columns, or by something that is not known.
    """
    found = []
    for said in rows.query.order_by or rows.model._meta.ordering:
        found += _expanded(rows, *_read(said))
    return tuple(found) if all(column[2] is not None for column in found) else ()


def _read(said):
    """Return (name, descending, NULL comes first, whether a relation is its key alone) of one thing that is ordered by."""
    if isinstance(said, str):
        down = said.startswith("-")
        return said.lstrip("-"), down, down, False
    said = said if isinstance(said, OrderBy) else OrderBy(said)
    first = bool(said.nulls_first or (said.descending and not said.nulls_last))
    return getattr(said.expression, "name", ""), said.descending, first, True


def _expanded(rows, name, down, first, bare):
    """A relation is ordered as its model says, unless it stands bare in an expression."""
    if name in rows.query.annotations:
        return [(name, down, getattr(rows.query.annotations[name], "output_field", None), True, first)]
    model, null, field = rows.model, False, None
    for part in name.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return [(name, down, None, True, first)]
        null = null or getattr(field, "null", True)
        model = field.related_model or model
    if not field.is_relation:
        return [(name, down, field, null, first)]
    if bare or name.endswith("_id"):
        path = name.removesuffix("_id") + "_id"
        return [(path, down, field.target_field, null, first)]
    inner = [
        (f"{name}__{path}", down != falling, down != low, alone)
        for path, falling, low, alone in map(_read, model._meta.ordering)
    ]
    return [each for said in inner for each in _expanded(rows, *said)]


def _written(column):
    """Return the order by one column. NULL is spoken of only where PostgreSQL would put it elsewhere by itself."""
    name, down, _field, null, first = column
    if null and first != down:
        return F(name).desc(nulls_last=True) if down else F(name).asc(nulls_first=True)
    return f"-{name}" if down else name


def _value(row, name):
    for part in name.split("__"):
        row = getattr(row, part, None)
    return row


def _text(value):
    return None if value is None else str(value)
