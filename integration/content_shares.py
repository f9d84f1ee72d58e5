"""The local value rate of a part (indicator B), first tier (L1) and rolled down (L2), as a sum out of its price or cost.

The contents that count on a day: for each part of a site, the one whose period holds the day, else the last before it.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q

from integration.counting import DIRECT, HUNDRED, Span, rate
from integration.items import contents_of
from integration.models import PartContent
from partstrack.periods import month_of


@dataclass(frozen=True)
class Share:
    """What is local of a part: from `low`, what is not known being imported, to `high`; out of `price`. All in DZD a piece."""

    low: Decimal
    high: Decimal
    price: Decimal

    @property
    def value(self):
        """Return the rate in percent, what is not known counted as imported."""
        return rate(self.low, self.price)

    @property
    def highest(self):
        """Return the rate in percent if all that is not known were local."""
        return rate(self.high, self.price)

    @property
    def known(self):
        """Say whether it is one number and not a span."""
        return self.low == self.high


def share(content, tier):
    """Return the Share of an engine's Content. L1 = (P − imports) / P; L2 = (P − imports − Σ LP × m) / P; never below 0."""
    low = high = content.price - content.direct_imports
    if tier != DIRECT:
        for bought in content.purchases:
            span = Span.of(bought.imported_share)
            low, high = low - bought.value * span.high, high - bought.value * span.low
    return Share(max(low, Decimal(0)), max(high, Decimal(0)), content.price)


def imported(bought):
    """Return (low, high): the imported content in DZD of an engine's Purchase."""
    if bought.imported_share is None:
        return Decimal(0), bought.value
    return (bought.value * bought.imported_share / HUNDRED,) * 2


def shares(keys, tier):
    """Return {key: Share} of contents, by two questions."""
    return {key: share(content, tier) for key, content in contents_of(keys).items()}


def on_day(rows, day):
    """Return the contents that count on a day, one for each part and site; `holds` says whether its period holds the day."""
    month = month_of(day)
    holds = ExpressionWrapper(Q(last_month__gte=month), output_field=BooleanField())
    rows = rows.filter(first_month__lte=month).annotate(holds=holds)
    rows = rows.order_by("part_id", "site_id", "-holds", "-first_month", "-pk").distinct("part_id", "site_id")
    return PartContent.objects.filter(pk__in=rows.values("pk")).annotate(holds=holds)
