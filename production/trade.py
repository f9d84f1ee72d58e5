"""Reading imports at a data version: one source, importers' own returns or national ones, as a World to compare.

A return is to imports what a declaration is to volumes: an importer's month that was not returned is missing, never
zero. Returns of importers and national returns say the same goods twice: a question names one of the two.
"""

from dataclasses import dataclass

from django.db.models import Count, DecimalField, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Firm
from catalogue.models import PIECE, Brand, Family
from partstrack.figures import WrongCall
from partstrack.kept import once
from partstrack.periods import months_between
from places.models import Country
from production.comparison import World
from production.models import Range, Source, TradeLine, TradeStanding
from production.perimeters import unit_of
from production.standings import ASSUMED_MONTHS

FILTERS = ("range", "family", "importer", "origin", "brand", "unit", "source", "perimeter", "month", "year")
IMPORTERS, NATIONAL = "importers", "national"
PERIMETERS = {IMPORTERS: gettext_lazy("Importers' own returns"), NATIONAL: gettext_lazy("All importers (national)")}
ALL_IMPORTERS = 0  # stands for the one sender of national returns
EXACT = DecimalField(max_digits=40, decimal_places=9)
IN_DINARS = F("value") * Coalesce(F("rate"), 1, output_field=EXACT)
MEASURES = {"quantity": F("quantity"), "dinars": IN_DINARS}


@dataclass(frozen=True)
class Area:
    """The filters of a question. `rows`: the condition of the filters that pick some lines of a return.

    `sender`: the one importer whose returns count, None for all; a national return is picked line by line.
    `family`: that of the goods asked of national returns: a return covers the families that it names, no other.
    """

    source: str
    national: bool
    unit: str
    rows: Q
    narrowed: bool
    sender: int | None = None
    family: int | None = None


def area(ask):
    """Turn the filters of a question into an Area. WrongCall names an unknown filter or code."""
    if ask.scope is not None:
        raise WrongCall(_("Imports are for those who see every firm."))
    for name in ask.filters:
        if name not in FILTERS:
            said = _("There is no filter '%(name)s'. There are: %(known)s.")
            raise WrongCall(said % {"name": name, "known": ", ".join(FILTERS)})
    codes = ask.filters
    national = _one_of(PERIMETERS, codes.get("perimeter") or IMPORTERS) == NATIONAL
    picked = {name: _known(model, codes[name], name) for name, (_field, model) in _FIELDS.items() if codes.get(name)}
    sender = None if national else picked.pop("importer", None)
    rows = Q()
    for name, pk in picked.items():
        rows &= Q(**{_FIELDS[name][0]: pk})
    return Area(
        source=_one_of(Source.values, codes.get("source") or Source.CUSTOMS),
        national=national,
        unit=unit_of(ask, codes.get("unit")) or PIECE,
        rows=rows,
        narrowed=bool(picked),
        sender=sender,
        family=_family(picked) if national else None,
    )


def _family(picked):
    """Return the family that the filters name, themselves or by a range; None without one."""
    if "range" in picked:
        return Range.objects.values_list("family", flat=True).get(pk=picked["range"])
    return picked.get("family")


_FIELDS = {
    "range": ("range", Range),
    "family": ("family", Family),
    "importer": ("firm", Firm),
    "origin": ("country", Country),
    "brand": ("range__brand", Brand),
}


def words(where):
    """Say which source and whose returns are counted."""
    perimeter = PERIMETERS[NATIONAL if where.national else IMPORTERS]
    return _("Source: %(source)s (%(perimeter)s).") % {"source": Source(where.source).label, "perimeter": perimeter}


def _known(model, code, word):
    found = model.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise WrongCall(_("%(word)s: there is no code '%(code)s'.") % {"word": word, "code": code})
    return found


def _one_of(known, said):
    if said not in known:
        raise WrongCall(_("There is no '%(name)s'. There are: %(known)s.") % {"name": said, "known": ", ".join(known)})
    return str(said)


# What stood ---------------------------------------------------------------------------------------------


def standing(version, source, national=None):
    """Return what stood of a source at a version; of importers or national returns only when `national` is given."""
    rows = TradeStanding.objects.standing(version).filter(head__source=source)
    return rows if national is None else rows.filter(head__firm__isnull=national)


def lines(version, source, national=None, flow=TradeLine.Flow.IMPORT):
    """Return the lines that stood at a version, of one source and flow."""
    returns = standing(version, source, national).values("trade_return")
    return TradeLine.objects.filter(trade_return__in=returns, flow=flow)


def lines_of(version, where):
    """Return the lines of imports of an Area that stood at a version, whatever the filters that pick some of them."""
    rows = lines(version, where.source, where.national)
    return rows.filter(firm=where.sender) if where.sender else rows


def returned(ask, source, national):
    """Return {(sender, month)} of what stood; the sender is a firm id, or ALL_IMPORTERS of a national return."""
    words = (ask.version, source, national)
    return once(ask, "returned", words, lambda: _returned(*words))


def _returned(version, source, national):
    rows = standing(version, source, national).values_list("head__firm_id", "head__month")
    return {(firm or ALL_IMPORTERS, month) for firm, month in rows}


def world(ask, where, months, measure, group=None):
    """Read the World of an Area over `months`, by `group` (a column of lines). Returns (world, facts).

    `measure`: quantity (in the area's unit) or dinars (all units). facts: `lines` and `units`, by sender and month.
    """
    wanted, money = set(months), measure == "dinars"
    rows = _sums(ask, where, wanted, measure, group)
    everything = returned(ask, where.source, where.national)
    if where.sender:
        everything = {pair for pair in everything if pair[0] == where.sender}
    senders = {row.sender for row in rows if row.matches} if where.narrowed else {sender for sender, _m in everything}
    said = (
        _named(ask, where, wanted, measure) if where.family else {(row.sender, row.month) for row in rows if row.said}
    )
    declared = {pair: False for pair in everything & said if pair[0] in senders}
    values, counted, others, other_groups = {}, {}, {}, {}
    for row in rows:
        pair = (row.sender, row.month)
        if row.sender not in senders or not row.matches:
            continue
        if money or row.unit == where.unit:
            if row.said:
                groups = values.setdefault(pair, {})
                groups[row.group] = groups.get(row.group, 0) + row.value
            counted[pair] = counted.get(pair, 0) + row.lines
        elif row.value:
            others.setdefault(row.unit, {})[pair] = others.get(row.unit, {}).get(pair, 0) + row.value
            other_groups.setdefault(pair, set()).add(row.group)
    expected = _expected(ask, {pair for pair in everything if pair[0] in senders}, wanted)
    known = World(expected, declared, values, {}, other_groups)
    return known, {"lines": counted, "units": others, "senders": senders}


@dataclass(frozen=True)
class _Sum:
    sender: int
    month: object
    unit: str
    group: object
    matches: bool
    value: object
    said: int
    lines: int


def _sums(ask, where, months, measure, group):
    """Return _Sum rows by sender, month, unit and group, those that pass the filters apart from the others."""
    rows = lines_of(ask.version, where).filter(trade_return__head__month__in=months)
    found = _grouped(rows.filter(where.rows), measure, group, True)
    return found + (_grouped(rows.exclude(where.rows), measure, group, False) if where.narrowed else [])


def _named(ask, where, months, measure):
    """Return the (sender, month) of national returns that say something of the family that is asked about."""
    rows = lines_of(ask.version, where).filter(family=where.family, trade_return__head__month__in=months)
    said = rows.annotate(amount=MEASURES[measure]).exclude(amount=None).order_by()
    return {(ALL_IMPORTERS, month) for month in said.values_list("trade_return__head__month", flat=True).distinct()}


def _grouped(rows, measure, group, matches):
    keys = ("trade_return__head__firm_id", "trade_return__head__month", "unit_id", *([group] if group else []))
    summed = (
        rows.order_by()
        .values_list(*keys)
        .annotate(total=Sum(MEASURES[measure], output_field=EXACT), said=Count(MEASURES[measure]), lines=Count("pk"))
    )
    return [
        _Sum(
            row[0] or ALL_IMPORTERS, row[1], row[2], row[3] if group else None, matches, row[-3] or 0, row[-2], row[-1]
        )
        for row in summed
    ]


def _expected(ask, known, months):
    """Return {(sender, month)}: from a sender's first return to its last, open-ended while that is recent."""
    first, last, this_month = {}, {}, ask.today.replace(day=1)
    for sender, month in known:
        first[sender] = min(month, first.get(sender, month))
        last[sender] = max(month, last.get(sender, month))
    return {
        (sender, month)
        for sender in first
        for month in months
        if first[sender] <= month
        and (month <= last[sender] or months_between(last[sender], this_month) <= ASSUMED_MONTHS)
    }


def own_firms(importers):
    """Return {importer id: frozenset of firm ids}: an importer, and the firms that belong to it or were merged into it."""
    children = {}
    for pk, parent, merged in Firm.objects.exclude(parent=None, merged_into=None).values_list(
        "pk", "parent_id", "merged_into_id"
    ):
        for above in {parent, merged} - {None}:
            children.setdefault(above, set()).add(pk)
    return {importer: _family_of(importer, children) for importer in set(importers) - {None}}


def _family_of(firm, children):
    found, waiting = set(), [firm]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += children.get(each, ())
    return frozenset(found)
