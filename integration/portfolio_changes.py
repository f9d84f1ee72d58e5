"""What changed of a rate since a day, in points: its components, their values, exchange rates, the rule.

One thing after the other is replaced, from the items of then to those of now, so that the parts add up to the change exactly.
What began since then is valued at the exchange rates known on that day: the view at constant currency.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from django.db.models import F

from integration.counting import Content, Item, Purchase, count
from integration.models import MONEY, Component, ContentInput, ExchangeRate, PartContent
from integration.rates import Laws
from integration.resting import resting

COLUMNS = (
    "programme_id",
    "pk",
    "code",
    "parent__code",
    "supply",
    "nature",
    "contributive_rate",
    "quantity",
    "local_share",
    "africa",
    "evidence",
    "value",
    "currency",
    "exchange__rate",
)
ONE = Decimal(1)


@dataclass(frozen=True)
class Change:
    """A rate on two days, in percent, and what led from one to the other, in points."""

    before: Decimal
    now: Decimal
    components: Decimal  # added, localised, ended; papers where the rule asks for them
    values: Decimal  # contributive rates, values, quantities, contents and what proves them
    exchange: Decimal
    rule: Decimal

    @property
    def points(self):
        """Return the change of the rate; the parts add up to it."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, and what one unit of it is in DZD."""

    value: Decimal | None
    currency: str = MONEY
    exchange: Decimal = ONE

    @property
    def amount(self):
        """Return the amount in DZD."""
        return None if self.value is None else self.value * self.exchange


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase for a part; `name` tells it from the others of its content."""

    name: tuple
    money: Money
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Priced:
    """A component on a day, with what turns its value and its purchases into DZD. `item` has no amount, content and parent yet."""

    code: str
    inside: str | None
    item: Item
    quantity: Decimal
    money: Money
    price: Decimal | None = None  # of the content, where it has one
    bought: tuple[Bought, ...] = ()

    @property
    def kind(self):
        """Return what makes it another component when it differs."""
        return self.item.supply, self.item.nature, self.inside

    def at_rates_of(self, before, known):
        """Return it at the exchange rates of before (a Priced or None), of what is new at those known then."""
        then = {each.name: each.money for each in before.bought} if before else {}
        bought = tuple(replace(each, money=_at(each.money, then.get(each.name), known)) for each in self.bought)
        return replace(self, money=_at(self.money, before.money if before else None, known), bought=bought)

    def counted(self, keys):
        """Return the Item that the engine counts. `keys`: {code: key} of what may contain it."""
        amount = self.money.amount
        content = None
        if self.price is not None:
            imports = (each.money.amount for each in self.bought if each.name[0] == ContentInput.Kind.IMPORT)
            local = (each for each in self.bought if each.name[0] == ContentInput.Kind.LOCAL)
            purchases = tuple(Purchase(each.money.amount, each.share) for each in local)
            content = Content(self.price, sum(imports, Decimal(0)), purchases)
        return replace(
            self.item,
            parent=keys.get(self.inside) if self.inside else None,
            amount=None if amount is None else amount * self.quantity,
            content=content,
        )


def _at(money, then, known):
    if money.currency == MONEY:
        return money
    same = then is not None and then.currency == money.currency
    return replace(money, exchange=then.exchange if same else known.get(money.currency, money.exchange))


def change(before, now, rule_then, rule_now, known):
    """Return the Change between two lists of Priced, each under its rule; None where a rate cannot be said.

    `known`: {currency: DZD for one unit} on the day of before.
    """
    if not before or not now or rule_then is None or rule_now is None:
        return None
    old = {each.code: each for each in before}
    steady = [each.at_rates_of(old.get(each.code), known) for each in now]
    mixed = [_as_before(old.get(each.code), each) for each in steady]
    steps = [_value(rows, rule_then) for rows in (before, mixed, steady, now)] + [_value(now, rule_now)]
    if None in steps:
        return None
    components, values, exchange, rule = (after - first for first, after in pairwise(steps))
    return Change(steps[0], steps[-1], components, values, exchange, rule)


def _as_before(before, now):
    if before is None or before.kind != now.kind:
        return now
    return replace(before, item=replace(before.item, covered=now.item.covered))


def _value(rows, rule):
    keys = {each.code: each.item.key for each in rows}
    return count([each.counted(keys) for each in rows], rule).value


def changes(programmes, since, day, policy=None):
    """Return {key: Change or None} of programmes between two days, by a fixed number of questions."""
    keys, laws = [programme.pk for programme in programmes], None if policy else Laws()
    rules = {programme.pk: [policy or laws.of(programme, each) for each in (since, day)] for programme in programmes}
    asked = any(rule and rule.covered_only for pair in rules.values() for rule in pair)
    then, now = (priced(keys, each, asked) for each in (since, day))
    rows = ExchangeRate.objects.filter(on__lte=since).order_by("currency", "-on", "-pk").distinct("currency")
    known = dict(rows.values_list("currency", "rate"))
    found = {}
    for key, (first, last) in rules.items():
        one, other = (rule.rule if rule else None for rule in (first, last))
        found[key] = change(then.get(key, []), now.get(key, []), one, other, known)
    return found


def priced(keys, day, asked):
    """Return {programme: [Priced]} of the components valid on a day. `asked`: whether a rule asks for papers."""
    valid = Component.objects.filter(programme__in=keys).valid_on(day)
    covered = {key for key, each in resting(valid, day).items() if each.covered} if asked else None
    rows = list(valid.order_by("pk").annotate(africa=F("origin__africa")).values_list(*COLUMNS, "content_id"))
    contents = _contents({row[-1] for row in rows if row[-1]})
    found = defaultdict(list)
    for programme, key, code, inside, supply, nature, *told, value, currency, exchange, content in rows:
        points, quantity, local, africa, evidence = told
        papers = covered is None or key in covered
        item = Item(key, supply, nature, None, points, None, local, None, bool(africa), evidence, papers)
        money = _money(value, currency, exchange)
        found[programme].append(Priced(code, inside, item, quantity, money, *contents.get(content, ())))
    return found


def _contents(keys):
    """Return {content: (price, purchases)}."""
    prices = dict(PartContent.objects.filter(pk__in=keys).values_list("pk", "value")) if keys else {}
    bought, seen = defaultdict(list), Counter()
    rows = ContentInput.objects.filter(content__in=prices).order_by("content_id", "pk") if keys else []
    names = ("content_id", "kind", "name", "imported_share", "value", "currency", "exchange__rate")
    for content, kind, name, share, *money in rows.values_list(*names) if keys else ():
        told = (content, kind, name, money[1])
        bought[content].append(Bought((*told[1:], seen[told]), _money(*money), share))
        seen[told] += 1
    return {key: (price, tuple(bought[key])) for key, price in prices.items()}


def _money(value, currency, exchange):
    return Money(value, currency, ONE if exchange is None else exchange)
