"""The methods of the calculator: what each counts, by which formula, from which source. Pure: no base, no request, no clock.

The law of Algeria defines one rate only (indicator A); the others are counted here and nowhere else, for comparison.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integration.counting import (
    DIRECT,
    IMPORTED,
    ROLLED_DOWN,
    VALUE,
    Content,
    Item,
    Purchase,
    Rule,
    count,
    local_share,
    rate,
)
from partstrack.numbers import plain

MONEY, PERCENT = "money", "percent"
MOST = {MONEY: Decimal(10) ** 15, PERCENT: Decimal(100)}


class Refused(ValueError):
    """Numbers that make no rate: which one, why, what to do."""

    def __init__(self, name, reason, remedy=""):
        super().__init__(str(reason))
        self.name, self.reason, self.remedy = name, reason, remedy


@dataclass(frozen=True)
class Number:
    """A number that a method takes; `many`: several of them, in the order of the items; `needed`: it may not be left out."""

    name: str
    title: str
    unit: str = MONEY
    needed: bool = True
    many: bool = False


@dataclass(frozen=True)
class Working:
    """A rate with its working. `low`, `high`: numerators (the same where all is known); `steps`: (what, amount) line by line."""

    low: Decimal
    high: Decimal
    denominator: Decimal
    steps: tuple[tuple[str, Decimal], ...] = ()

    @property
    def value(self):
        """Return the rate in percent, what is not known counted against it."""
        return rate(self.low, self.denominator)

    @property
    def highest(self):
        """Return the rate in percent if all that is not known counted for it."""
        return rate(self.high, self.denominator)


@dataclass(frozen=True)
class Method:
    """A way of counting. `ours`: the law of Algeria knows it; `rule`: how items of a list are counted, None where they are not."""

    name: str
    title: str
    words: str
    symbols: str
    source: str
    numbers: tuple[Number, ...]
    compute: Callable
    ours: bool = False
    rule: Rule | None = None


def worked(method, numbers):
    """Return the Working of a method from {name: Decimal, or list of Decimals}. Refused: a number is missing or out of bounds."""
    for each in method.numbers:
        said = numbers.get(each.name)
        if said in (None, []):
            if each.needed:
                raise Refused(
                    each.name,
                    _("%(number)s is missing.") % {"number": each.title},
                    _("Give it, zero where there is none."),
                )
            continue
        for value in said if each.many else [said]:
            if value is not None and not 0 <= value < MOST[each.unit] + (each.unit == PERCENT):
                raise Refused(
                    each.name,
                    _("%(number)s is out of bounds.") % {"number": each.title},
                    _("From 0 to 100 for a percentage, from 0 for an amount."),
                )
    found = method.compute(**{each.name: numbers.get(each.name) for each in method.numbers})
    if not found.denominator:
        raise Refused(method.numbers[0].name, _("There is nothing to divide by."), _("Give an amount above zero."))
    if found.low < 0:
        raise Refused(
            method.numbers[-1].name, _("What is taken off is more than the whole."), _("Correct the amounts.")
        )
    return found


def listed(method, items, rule=None):
    """Return (Working, Count) of a method from a list of Items, under its plain rule or another one. Refused: the method does not count lists, or nothing has a weight."""
    if method.rule is None:
        raise Refused("items", _("This method counts numbers, not a list of items."), _("Choose another method."))
    try:
        found = count(items, rule or method.rule)
    except ValueError:
        raise Refused("items", _("An item lies inside itself."), _("Correct what contains it.")) from None
    if not found.denominator:
        raise Refused(
            "items",
            _("No item has what this method counts."),
            _("Give contributive rates or values, as the method asks."),
        )
    return Working(found.low, found.high, found.denominator), found


def _contributive(contributive_rates):
    found = count([Item(number, points=each) for number, each in enumerate(contributive_rates)], Rule())
    steps = tuple(
        (_("item %(number)d") % {"number": number}, each) for number, each in enumerate(contributive_rates, 1)
    )
    if found.low > found.denominator:
        raise Refused(
            "contributive_rates",
            _("The contributive rates add up to more than 100."),
            _("Correct them: they are shares of one vehicle."),
        )
    return Working(found.low, found.high, found.denominator, steps)


def _ratio(local_costs, local_purchases, imported_purchases):
    items = [
        Item("C", amount=local_costs),
        Item("L", amount=local_purchases),
        Item("M", IMPORTED, amount=imported_purchases),
    ]
    found = count(items, Rule(basis=VALUE))
    steps = ((_("local: C + L"), found.low), (_("all: C + L + M"), found.denominator))
    return Working(found.low, found.high, found.denominator, steps)


def _first_tier(price, direct_imports):
    return _of_part(Content(price, direct_imports), DIRECT)


def _second_tier(price, direct_imports, local_purchases, imported_shares):
    shares = imported_shares or [None] * len(local_purchases or [])
    if len(shares) != len(local_purchases or []):
        raise Refused(
            "imported_shares",
            _("Each local purchase needs its imported share."),
            _("Give as many shares as purchases, or none when they are not known."),
        )
    bought = tuple(Purchase(value, share) for value, share in zip(local_purchases or [], shares, strict=True))
    return _of_part(Content(price, direct_imports, bought), ROLLED_DOWN)


def _of_part(content, tier):
    if not content.price:
        return Working(Decimal(0), Decimal(0), content.price)
    span = local_share(content, tier)
    bought = [
        (_("local purchase %(number)d") % {"number": number}, each.value)
        for number, each in enumerate(content.purchases, 1)
    ]
    steps = ((_("price P"), content.price), (_("direct imports"), content.direct_imports), *bought)
    return Working(span.low * content.price, span.high * content.price, content.price, steps)


def _less(whole, taken):
    return Working(whole - taken, whole - taken, whole, ((_("the whole"), whole), (_("taken off"), taken)))


def _transaction(transaction_value, non_originating):
    return _less(transaction_value, non_originating)


def _net(net_cost, non_originating):
    return _less(net_cost, non_originating)


def _adjusted(adjusted_value, non_originating):
    return _less(adjusted_value, non_originating)


def _up(adjusted_value, originating):
    return _part_of(adjusted_value, originating)


def _ex_works(ex_works_price, non_originating):
    return _part_of(ex_works_price, non_originating)


def _african(value, african_content):
    return _part_of(value, african_content)


def _tender(tender_price, imported_content):
    return _less(tender_price, imported_content)


def _part_of(whole, part):
    if part > whole:
        raise Refused("", _("The part is more than the whole."), _("Correct the amounts."))
    return Working(part, part, whole, ((_("the part"), part), (_("the whole"), whole)))


def _weighted(values, shares):
    """49 CFR 583.6: each item's share is rounded to a whole percent first, then weighted by its value."""
    if len(values) != len(shares):
        raise Refused("shares", _("Each value needs its share."), _("Give as many shares as values."))
    whole = [share.quantize(Decimal(1), rounding=ROUND_HALF_UP) for share in shares]
    parts = [value * share / 100 for value, share in zip(values, whole, strict=True)]
    steps = tuple(
        (_("item %(number)d, %(share)s%%") % {"number": number, "share": plain(share)}, part)
        for number, (share, part) in enumerate(zip(whole, parts, strict=True), 1)
    )
    return Working(sum(parts, Decimal(0)), sum(parts, Decimal(0)), sum(values, Decimal(0)), steps)


NON_ORIGINATING = Number("non_originating", gettext_lazy("Value of non-originating materials (VNM)"))
ADJUSTED = Number("adjusted_value", gettext_lazy("Adjusted value (AV)"))
PRICE = Number("price", gettext_lazy("Price or cost ex works, before tax (P)"))
DIRECT_IMPORTS = Number("direct_imports", gettext_lazy("Direct imports"))

METHODS = {
    each.name: each
    for each in (
        Method(
            "algeria_2023",
            gettext_lazy("Algeria 2023: sum of contributive rates (A)"),
            gettext_lazy("The contributive rates of the items made locally and mounted on the vehicle are added up."),
            "A = Σ t(i),  i ∈ L",
            "Arrêté du 17 août 2023 (Journal officiel n° 67 du 18 octobre 2023)",
            (
                Number(
                    "contributive_rates",
                    gettext_lazy("Contributive rates of the local items, in %"),
                    PERCENT,
                    many=True,
                ),
            ),
            _contributive,
            ours=True,
            rule=Rule(),
        ),
        Method(
            "algeria_2017",
            gettext_lazy("Algeria 2017: ratio of local to all costs (A)"),
            gettext_lazy(
                "Local costs and local purchases, out of local costs, local purchases and imported purchases."
            ),
            "A = (C + L) / (C + L + M) × 100",
            "Cahier des charges de 2017 (décret exécutif n° 17-344 du 28 novembre 2017)",
            (
                Number("local_costs", gettext_lazy("Local costs (C)")),
                Number("local_purchases", gettext_lazy("Local purchases (L)")),
                Number("imported_purchases", gettext_lazy("Imported purchases (M)")),
            ),
            _ratio,
            ours=True,
            rule=Rule(basis=VALUE),
        ),
        Method(
            "part_l1",
            gettext_lazy("Local value rate of a part, first tier (B, L1)"),
            gettext_lazy("What is left of the price of a part when its direct imports are taken off."),
            "L1 = (1 − M / P) × 100",
            "",
            (PRICE, DIRECT_IMPORTS),
            _first_tier,
        ),
        Method(
            "part_l2",
            gettext_lazy("Local value rate of a part, second tier rolled down (B, L2)"),
            gettext_lazy(
                "What is left when direct imports and the imported content of local purchases are taken off. What is not known stays a span."
            ),
            "L2 = (1 − (M + Σ LP(j) × m(j)) / P) × 100",
            "",
            (
                PRICE,
                DIRECT_IMPORTS,
                Number("local_purchases", gettext_lazy("Local purchases"), needed=False, many=True),
                Number(
                    "imported_shares", gettext_lazy("Imported content of each, in %"), PERCENT, needed=False, many=True
                ),
            ),
            _second_tier,
        ),
        Method(
            "usmca_tv",
            gettext_lazy("USMCA: regional value content, transaction value"),
            gettext_lazy("The transaction value less the non-originating materials, out of the transaction value."),
            "RVC = (TV − VNM) / TV × 100",
            "USMCA, art. 4.5; 19 CFR part 182, appendix A, section 7",
            (Number("transaction_value", gettext_lazy("Transaction value (TV)")), NON_ORIGINATING),
            _transaction,
        ),
        Method(
            "usmca_nc",
            gettext_lazy("USMCA: regional value content, net cost"),
            gettext_lazy("The net cost less the non-originating materials, out of the net cost."),
            "RVC = (NC − VNM) / NC × 100",
            "USMCA, art. 4.5; 19 CFR part 182, appendix A, section 7",
            (Number("net_cost", gettext_lazy("Net cost (NC)")), NON_ORIGINATING),
            _net,
        ),
        Method(
            "us_583",
            gettext_lazy("United States: parts content, value-weighted"),
            gettext_lazy("The share of each item, rounded to a whole percent, weighted by its value."),
            "PC = Σ v(i) × s(i) / Σ v(i)",
            "49 CFR 583.6",
            (
                Number("values", gettext_lazy("Values of the items"), many=True),
                Number("shares", gettext_lazy("Share of each, in %"), PERCENT, many=True),
            ),
            _weighted,
        ),
        Method(
            "afcfta",
            gettext_lazy("AfCFTA: African content in value"),
            gettext_lazy(
                "The value of African content, out of the value of all. African content is not Algerian content."
            ),
            "AC = V(AF) / V × 100",
            "ZLECAf, règles d’origine du secteur automobile (février 2026), SH 8701 à 8716",
            (Number("value", gettext_lazy("Value of all")), Number("african_content", gettext_lazy("African content"))),
            _african,
            rule=Rule(basis=VALUE, african=True),
        ),
        Method(
            "build_down",
            gettext_lazy("Regional value content, build-down"),
            gettext_lazy("The adjusted value less the non-originating materials, out of the adjusted value."),
            "RVC = (AV − VNM) / AV × 100",
            "19 CFR 10.454 (a)",
            (ADJUSTED, NON_ORIGINATING),
            _adjusted,
        ),
        Method(
            "build_up",
            gettext_lazy("Regional value content, build-up"),
            gettext_lazy("The originating materials, out of the adjusted value."),
            "RVC = VOM / AV × 100",
            "19 CFR 10.454 (b)",
            (ADJUSTED, Number("originating", gettext_lazy("Value of originating materials (VOM)"))),
            _up,
        ),
        Method(
            "eu_maxnom",
            gettext_lazy("European agreements: share of non-originating materials (MaxNOM)"),
            gettext_lazy("The non-originating materials, out of the ex-works price: a ceiling, not a minimum."),
            "NOM = VNM / EXW × 100",
            "Accord UE–Royaume-Uni, annexe ORIG-1",
            (Number("ex_works_price", gettext_lazy("Ex-works price (EXW)")), NON_ORIGINATING),
            _ex_works,
        ),
        Method(
            "sats_1286",
            gettext_lazy("South Africa: local content of a tender"),
            gettext_lazy("What is left of the tender price when the imported content is taken off."),
            "LC = (1 − x / y) × 100",
            "SATS 1286:2011",
            (
                Number("tender_price", gettext_lazy("Tender price, before tax (y)")),
                Number("imported_content", gettext_lazy("Imported content (x)")),
            ),
            _tender,
        ),
    )
}
