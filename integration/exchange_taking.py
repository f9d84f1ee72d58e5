"""Taking the rate of a day: what a programme has in a currency gets another exchange rate from that day on.

A component goes on as a new row from the day, the row of before ends; so does a content whose purchases are in the currency.
So the rates of before stay known, and nothing of another programme moves.
"""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.db.models import F
from django.utils.translation import gettext as _

from integration.counting import count
from integration.models import Component, ContentInput, ExchangeRate, PartContent, Policy
from integration.portfolio_changes import Money, priced
from office.door import Refused
from partstrack.periods import month_of, shift


@dataclass(frozen=True)
class Plan:
    """What would take a rate from a day on. `contents`: those that go on as a new one; `kept`: [(content, why it cannot)]."""

    rate: ExchangeRate
    day: date
    components: tuple[Component, ...]
    contents: tuple[PartContent, ...]
    kept: tuple[tuple[PartContent, str], ...]

    @property
    def own(self):
        """Return the keys of the components whose own value takes the rate."""
        return {row.pk for row in self.components if _takes(row, self.rate)}

    @property
    def mark(self):
        """Return what tells this plan from one over rows that somebody changed meanwhile."""
        rows = [self.rate.pk, self.day, *((row.pk, row.version) for row in (*self.components, *self.contents))]
        return sha256(repr(rows).encode()).hexdigest()


def plan(programme, rate, day):
    """Return the Plan of a programme: its components valid on the day, with a value or a purchase in the rate's currency."""
    rows = Component.objects.filter(programme=programme).valid_on(day).order_by("pk")
    inside = ContentInput.objects.filter(content__components__in=rows, currency=rate.currency).exclude(exchange=rate)
    contents = PartContent.objects.filter(pk__in=inside.values("content")).select_related("part", "site").order_by("pk")
    month, kept = month_of(day), []
    begun = set(
        PartContent.objects.filter(part__in=contents.values("part"), first_month=month).values_list(
            "part_id", "site_id"
        )
    )
    for each in contents:
        if each.first_month >= month:
            kept.append((each, _("it begins in this month or later: change it on its page")))
        elif (each.part_id, each.site_id) in begun:
            kept.append((each, _("a content from this month is entered already: choose it in the component")))
    left = {each.pk for each, _why in kept}
    taking = tuple(each for each in contents if each.pk not in left)
    keys = {each.pk for each in taking}
    components = tuple(row for row in rows.select_related("exchange") if _takes(row, rate) or row.content_id in keys)
    return Plan(rate, day, components, taking, tuple(kept))


def _takes(row, rate):
    return row.currency == rate.currency and row.exchange_id != rate.pk


def results(programme, found):
    """Return [(rule, rate before, rate after)] in percent of the day, under each rule of that time; those that can be said."""
    rules = Policy.objects.filter(valid_from__lte=found.day).order_by("-valid_from", "pk")
    before = priced([programme.pk], found.day, any(rule.covered_only for rule in rules)).get(programme.pk, [])
    own, contents = found.own, {each.pk for each in found.contents}
    inside = {row.pk for row in found.components if row.content_id in contents}
    after = [_taken(each, found.rate, each.item.key in own, each.item.key in inside) for each in before]
    values = [(rule, _value(before, rule.rule), _value(after, rule.rule)) for rule in rules]
    return [row for row in values if None not in row]


def _taken(each, rate, own, inside):
    money = replace(each.money, exchange=rate.rate) if own else each.money
    bought = each.bought
    if inside:
        bought = tuple(replace(one, money=_at(one.money, rate)) for one in bought)
    return replace(each, money=money, bought=bought)


def _at(money, rate):
    return Money(money.value, money.currency, rate.rate) if money.currency == rate.currency else money


def _value(rows, rule):
    keys = {each.code: each.item.key for each in rows}
    return count([each.counted(keys) for each in rows], rule).value if rows else None


def take(programme, rate, day, mark):
    """Write a plan inside an open write and return it. Refused: somebody changed what it is over, or nothing takes the rate."""
    list(Component.objects.filter(programme=programme).valid_on(day).select_for_update().order_by("pk").values("pk"))
    found = plan(programme, rate, day)
    if found.mark != mark:
        raise Refused(_("Somebody changed components or contents meanwhile: look at the preview again."))
    if not found.components:
        raise Refused(_("Nothing is in this currency at another rate."))
    copies = _continued(found)
    own = found.own
    for row in found.components:
        row.exchange_id = rate.pk if row.pk in own else row.exchange_id
        row.content_id = copies.get(row.content_id, row.content_id)
        row.version += 1
    there = [row for row in found.components if row.valid_from == day]
    before = [row for row in found.components if row.valid_from != day]
    Component.objects.bulk_update(there, ["exchange", "content", "version"], batch_size=1000)
    for first in range(0, len(before), 1000):
        part = before[first : first + 1000]
        ended = Component.objects.filter(pk__in=[row.pk for row in part])
        ended.update(valid_to=day, version=F("version") + 1)
        Component.objects.bulk_create(_from(row, day) for row in part)
    return found


def _from(row, day):
    row.pk, row.version, row.valid_from = None, 1, day
    row._state.adding = True
    return row


def _continued(found):
    """Let contents go on as new ones from the month of the day, with their purchases at the rate; return {old key: new}."""
    month, copies = month_of(found.day), {}
    inputs = list(ContentInput.objects.filter(content__in=found.contents).order_by("content_id", "pk"))
    for each in found.contents:
        old, last = each.pk, each.last_month
        ended = PartContent.objects.filter(pk=old)
        ended.update(last_month=min(last, shift(month, -1)), version=F("version") + 1)
        each.pk, each.first_month, each.last_month, each.version = None, month, max(last, month), 1
        each._state.adding = True
        each.save()
        copies[old] = each.pk
    for row in inputs:
        row.content_id, row.pk, row.version = copies[row.content_id], None, 1
        row.exchange = found.rate if row.currency == found.rate.currency else row.exchange
    ContentInput.objects.bulk_create(inputs)
    return copies
