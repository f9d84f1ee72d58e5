"""Components as the engine counts them: read once, valid on any day."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, When

from integration.counting import Content, Item, Purchase
from integration.models import Component, ContentInput, PartContent

IN_MONEY = Case(When(exchange=None, then=F("value")), default=F("value") * F("exchange__rate"))
COLUMNS = (
    "programme_id",
    "valid_from",
    "valid_to",
    "pk",
    "supply",
    "nature",
    "code",
    "parent__code",
    "contributive_rate",
    "money",
    "quantity",
    "local_share",
    "content_id",
    "africa",
    "evidence",
)


@dataclass(frozen=True)
class Stock:
    """The items of one programme: each with the days between which it is valid (an open end is None), its code and the code
    of what contains it.
    """

    rows: tuple[tuple[date | None, date | None, Item, str, str | None], ...] = ()
    days: tuple[date, ...] = field(default=())  # on which the valid items change, in order

    def codes_on(self, day):
        """Return {code: key} of the items valid on a day."""
        return {row[3]: row[2].key for row in self._valid(day)}

    def _valid(self, day):
        return [row for row in self.rows if (row[0] is None or row[0] <= day) and (row[1] is None or row[1] > day)]

    def on(self, day):
        """Return the items valid on a day, each inside the row of its assembly that is valid on that day too."""
        valid = self._valid(day)
        keys = {code: item.key for _first, _end, item, code, _inside in valid}
        return [
            replace(item, parent=keys.get(inside)) if inside else item for _first, _end, item, _code, inside in valid
        ]

    def __len__(self):
        """Return how much room it takes among the answers that are kept: an item takes about a quarter of a row."""
        return len(self.rows) // 4

    def __bool__(self):
        return True


def stocks(programmes):
    """Return {programme id: Stock} of some programmes (ids or a QuerySet of them), by three questions."""
    rows = Component.objects.filter(programme__in=programmes).order_by("programme_id", "pk")
    rows = list(rows.annotate(money=IN_MONEY, africa=F("origin__africa")).values_list(*COLUMNS))
    contents = contents_of({row[12] for row in rows if row[12]})
    found = defaultdict(list)
    for row in rows:
        found[row[0]].append((row[1], row[2], _item(row, contents), row[6], row[7]))
    return {key: Stock(tuple(each), _days(each)) for key, each in found.items()}


def _days(rows):
    return tuple(sorted({day for first, end, *_rest in rows for day in (first, end) if day is not None}))


def _item(row, contents):
    key, supply, nature, _code, _inside, points, money, quantity, local, content, african, evidence = row[3:]
    amount = None if money is None else money * quantity
    known = contents.get(content)
    return Item(key, supply, nature, None, points, amount, local, known, bool(african), evidence)


def contents_of(keys):
    """Return {key: Content} of what parts are made of, in DZD, by two questions; none where there is no key."""
    if not keys:
        return {}
    prices = dict(PartContent.objects.filter(pk__in=keys).values_list("pk", "value"))
    imports, bought = defaultdict(Decimal), defaultdict(list)
    rows = ContentInput.objects.filter(content__in=keys).order_by("content_id", "pk").annotate(money=IN_MONEY)
    for content, kind, money, share in rows.values_list("content_id", "kind", "money", "imported_share"):
        if kind == ContentInput.Kind.IMPORT:
            imports[content] += money
        else:
            bought[content].append(Purchase(money, share))
    return {key: Content(price, imports[key], tuple(bought[key])) for key, price in prices.items()}
