"""The slow, obvious twins of growth over other spans, of rates and prices, and of the bridge. Fractions throughout."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tests.known import SAID_BY, SOLD, Known, exact, later, percent, rounded
from tests.naive import Slice, coverage_of, slices, state_of, volume, windows

WAYS = {  # name -> (what is divided, by what, of each of these a line must say something, is it a rate)
    "scrap_rate": (("scrapped",), ("produced", "scrapped"), (("produced",), ("scrapped",)), True),
    "price_produced": (("value_produced",), ("produced",), (("value_produced",), ("produced",)), False),
    "price_sold": (("value_sold",), SOLD, (("value_sold",), SOLD), False),
}


def without(question, *words):
    """Return (measure, the question without words that no volume knows)."""
    own = {key: value for key, value in question.filters.items() if key not in ("measure", *words)}
    return question.filters.get("measure", "produced"), replace(question, filters=own)


# Spans ------------------------------------------------------------------------------------------------
def last_covered(measure, world, question):
    """Return L: what is asked for, else the last covered month of the year, else of the year before."""
    if question.last:
        return question.last
    year = question.year or question.today.year
    for each in (year, year - 1):
        whole = replace(question, year=each, first=None, last=None, base_year=None, by=None, parts=False)
        if covered := Known(world, whole, SAID_BY[measure]).up_to:
            return covered[-1]
    return None


def ending(name, length, world, question):
    """Return what a figure of so many months up to L must say."""
    measure, question = without(question)
    last = last_covered(measure, world, question)
    if last is not None:
        base_year = question.base_year
        if base_year and not question.last and base_year >= last.year:
            base_year = None
        question = replace(question, year=None, base_year=base_year, first=later(last, 1 - length), last=last)
    return volume(measure, world, question) | {"name": name}


def month_change(world, question):
    """One month against the same of the year before."""
    return ending("month_change", 1, world, question)


def rolling_12(world, question):
    """Twelve months against the twelve before."""
    return ending("rolling_12", 12, world, question)


def first_whole_year(world, question):
    """Return the first year from whose January on something could stand."""
    known = Known(world, question, ())
    firms, months = question.firms, []
    for code, month in known.stood:
        place = world.sites[code]
        fits = {"site": code, "supplier": place.firm, "wilaya": known.wilaya(code)}
        if firms is not None and place.firm not in firms:
            continue
        if all(question.filters.get(name, value) == value for name, value in fits.items()):
            joined = [c.first for c in known.confirmed if c.site == code]
            months.append(max([month, min(joined)] if joined else [month]))
    if not months:
        return None
    first = min(months)
    return first.year if first.month == 1 else first.year + 1


def growth_since(world, question):
    """The asked months against those of the first whole year, where that is an earlier one."""
    measure, question = without(question)
    year = question.last.year if question.last else question.year or question.today.year
    start = question.base_year or first_whole_year(world, question)
    if start and start < year:
        question = replace(question, base_year=start)
    return volume(measure, world, question) | {"name": "growth_since"}


def cagr(world, question):
    """The average yearly growth, found by trying: the number whose power is the ratio."""
    measure, question = without(question)
    year = question.year or question.today.year - 1
    start = question.base_year or first_whole_year(world, question)
    base_year = start if start and start < year else question.base_year
    question = replace(question, year=year, base_year=base_year)
    said = volume(measure, world, question)
    known, years = Known(world, question, SAID_BY[measure]), year - (base_year or year - 1)
    state = said["change_state"]
    if state == "ok" and len(known.compared) < 12:
        state = "not_comparable"
    value = tried_root(Decimal(said["compared"]), Decimal(said["base"]), years) if state == "ok" else None
    nothing = {"compared": None, "base": None, "change": None, "like_for_like": None, "other_units": []}
    named = {"name": "cagr", "unit": "percent", "intervals": years, "change_state": state, "value": value}
    return said | nothing | named | {"numerator": said["compared"], "denominator": said["base"]}


def tried_root(compared, base, years):
    """Return ((compared / base)^(1/years) - 1) x 100 as text at 12 decimals, by halving whole numbers of 1e-12 percent."""
    ratio, unit = Fraction(compared) / Fraction(base), 10**14
    low, high = 0, 2 * unit * max(1, int(ratio) + 1)  # twice the units, so that halves can be tried too
    while high - low > 1:  # the largest number of halves whose power is not above the ratio
        middle = (low + high) // 2
        low, high = (middle, high) if Fraction(middle, 2 * unit) ** years <= ratio else (low, middle)
    return rounded(Fraction((low + 1) // 2, unit) * 100 - 100)


def mark_passed(world, question):
    """Add month after month until the mark is reached."""
    mark = Decimal(question.filters.get("mark", "1000000"))
    measure, question = without(question, "mark")
    known = Known(world, question, SAID_BY[measure])
    whole = Slice(known, known.sites, lambda line: True, known.asked)
    total, passed = Decimal(0), None
    for month in known.up_to:
        total += whole.value([month])
        if passed is None and total >= mark:
            passed = f"{month:%Y-%m}"
    said = {"name": "mark_passed", "mark": exact(mark), "passed": passed, "left": exact(max(mark - total, Decimal(0)))}
    return volume(measure, world, question) | said


# Bridge -----------------------------------------------------------------------------------------------
def bridge(world, question):
    """Put every site-month of the window and its base into one of five drawers."""
    measure, question = without(question)
    if question.by not in (None, "movement"):
        return volume(measure, world, question) | {"name": "bridge"}
    question = replace(question, by=None)
    said = volume(measure, world, question)
    known = Known(world, question, SAID_BY[measure])
    whole = Slice(known, known.sites, lambda line: True, known.asked)
    pairs = {(code, month): base for code, month, base in whole.pairs()}
    drawers = {kind: [Decimal(0)] * 3 for kind in ("new", "lost", "like_for_like", "one_sided", "missing")}
    for code in known.sites:
        for month in known.up_to:
            kind = drawer(known, pairs, code, month) if (code, month) in pairs else "missing"
            if said["change_state"] == "new":
                kind = kind if (code, month) in pairs else "new"
            drawers[kind][0] += whole.amount(code, month)
            if (code, month) in pairs:
                drawers[kind][1] += whole.amount(code, month)
                drawers[kind][2] += whole.amount(code, pairs[code, month])
    if said["change_state"] == "new":
        drawers["new"][1:] = [drawers["new"][0], Decimal(0)]
    return said | {"name": "bridge", "groups": [moved(kind, *sums, said) for kind, sums in drawers.items()]}


def drawer(known, pairs, code, month):
    """Say what a compared site-month is: of a new supplier, a lost one, or an existing one."""
    firm = known.world.sites[code].firm
    own = [(c, m) for c, m in pairs if known.world.sites[c].firm == firm]
    if not any(known.says(c, pairs[c, m]) for c, m in own):
        return "new"
    if not any(known.says(c, m) for c, m in own):
        return "lost"
    both = known.says(code, month) and known.says(code, pairs[code, month])
    return "like_for_like" if both else "one_sided"


def moved(kind, value, compared, base, said):
    """Return a movement as JSON."""
    state = "not_comparable" if kind == "missing" else "ok" if base else "new" if compared else "none"
    total = Decimal(said["base"]) if said["change_state"] == "ok" else 0
    return {
        "key": kind,
        "value": exact(value),
        "compared": exact(compared),
        "base": exact(base),
        "change": rounded(percent(compared - base, base)) if state == "ok" else None,
        "contribution": rounded(percent(compared - base, total)),
        "change_state": state,
    }


# Rates and prices -------------------------------------------------------------------------------------
class Both(Known):
    """What is known of the lines that say both sides of a ratio; an amount is that of one side."""

    def __init__(self, world, question, over, both):
        self.both = both
        super().__init__(world, replace(question, filters={"unit": "piece"} | question.filters), over)

    def said(self, line):
        """Say whether a line says something of each."""
        return all(any(line.said.get(name) is not None for name in names) for names in self.both)


def ratio(name, world, question):
    """Return what a rate or a price must say."""
    over, under, both, is_rate = WAYS[name]
    top, bottom = Both(world, question, over, both), Both(world, question, under, both)
    whole = [Slice(known, known.sites, lambda line: True, known.asked) for known in (top, bottom)]
    said, state = sums(whole), whole[1].change_state()
    alike = [(c, m, b) for c, m, b in whole[1].pairs() if bottom.says(c, m) and bottom.says(c, b)]
    now, then = zip(*(each.sums(alike) for each in whole), strict=True)
    answer = {
        "name": name,
        **divided(said, state, is_rate),
        "change_unit": "points" if is_rate else "percent",
        "like_for_like": {
            "compared": rounded(over_by(*now, is_rate)),
            "base": rounded(over_by(*then, is_rate)),
            "change": rounded(change(now, then, is_rate)) if now[1] and then[1] else None,
            "parts": None,
        },
        "state": state_of(bottom),
        **windows(bottom),
        "after_cut": [],
        "coverage": coverage_of(bottom),
        "unit": "percent" if is_rate else f"DZD/{bottom.unit}",
        "version": question.version,
        "rows": sum(len(whole[1].said_lines(c, m)) for m in bottom.up_to for c in bottom.sites),
        "other_units": [],
    }
    if not bottom.up_to:
        answer |= {"value": None, "numerator": None, "denominator": None}
    if question.by:
        answer["groups"] = ratio_groups(whole, state, is_rate)
    return answer


def sums(slices_of):
    """Return ((over, under) of the window, of the asked side of the pairs, of their base)."""
    return tuple(zip(*((each.value(), *each.sums()) for each in slices_of), strict=True))


def over_by(over, under, is_rate):
    """Return a quotient, x 100 for a rate."""
    return percent(over, under) if is_rate else Fraction(over) / Fraction(under) if under else None


def change(now, then, is_rate):
    """Return points of a rate, percent of a price."""
    one, other = over_by(*now, is_rate), over_by(*then, is_rate)
    if one is None or other is None:
        return None
    return one - other if is_rate else percent(one - other, other)


def divided(said, state, is_rate):
    """Return the keys of a ratio, total or group."""
    whole, now, then = said
    if state == "new":
        now, then = whole, (0, 0)
    if state == "ok" and not now[1]:
        state = "none"
    elif state == "ok" and not is_rate and not then[0]:
        state = "new" if now[0] else "none"
    return {
        "value": rounded(over_by(*whole, is_rate)),
        "compared": rounded(over_by(*now, is_rate)),
        "base": rounded(over_by(*then, is_rate)),
        "change": rounded(change(now, then, is_rate)) if state == "ok" else None,
        "change_state": state,
        "numerator": exact(whole[0]),
        "denominator": exact(whole[1]),
    }


def ratio_groups(whole, total_state, is_rate):
    """Return the groups, by value descending, then key."""
    rows = []
    for key, bottom in slices(whole[1]).items():
        top = Slice(whole[0].known, bottom.sites, bottom.lines, bottom.months)
        state = bottom.change_state()
        said = sums((top, bottom))
        if total_state == "new":
            said = (said[0], said[0], (Decimal(0), Decimal(0)))
        row = {"key": key, "contribution": None} | divided(said, state, is_rate)
        rows.append((-Fraction(over_by(*said[0], is_rate) or 0), key, row))
    return [row for _value, _key, row in sorted(rows, key=lambda each: each[:2])]


# Targets ----------------------------------------------------------------------------------------------
def target_attainment(world, question, told):
    """Return what the figure must say. `told`: (year, measure, family, firm, amount, from_v) as they were set."""
    measure, question = without(question)
    by, family, firm = question.by, question.filters.get("family"), question.filters.get("supplier")
    plain = replace(question, by=None)
    said = volume(measure, world, plain)
    known = Known(world, question, SAID_BY[measure])
    months, unit = len(known.up_to), known.unit
    amounts = {}
    for year, of_measure, of_family, of_firm, amount, from_v in sorted(told, key=lambda row: row[-1]):
        seen = question.firms is None or of_firm in question.firms
        counted = year == known.asked[-1].year and of_measure == measure and unit == "piece"
        if seen and counted and from_v <= question.version:
            amounts[of_family, of_firm] = amount
    target = amounts.get((family, firm))
    whole = pace(Decimal(said["value"] or 0), target, months)
    nothing = {"compared": None, "base": None, "change": None, "change_state": "none", "like_for_like": None}
    named = {"name": "target_attainment", "unit": "percent", "other_units": []}
    answer = said | nothing | named | whole | {"numerator": said["value"], "months": months}
    answer["target"] = exact(target) if target else None
    if by:
        answer["groups"] = target_groups(known, by, (family, firm), amounts)
    return answer


def pace(value, target, months):
    """Return attainment, what is asked for in these months, and the gap; None where there is no target or no month."""
    if not target or not months:
        return {"value": None, "denominator": None, "gap": None}
    asked_for = Fraction(target) * months / 12
    gap = Fraction(value) - asked_for
    return {"value": rounded(Fraction(value) / asked_for * 100), "denominator": rounded(asked_for), "gap": rounded(gap)}


def target_groups(known, by, filtered, amounts):
    """Return a group for each family or supplier that has a target within what is asked."""
    place, rows = ("family", "supplier").index(by), []
    groups = slices(Slice(known, known.sites, lambda line: True, known.asked))
    for key, amount in amounts.items():
        if not amount or not key[place] or key[1 - place] != filtered[1 - place] or filtered[place]:
            continue
        value = groups[key[place]].value() if key[place] in groups else Decimal(0)
        told = pace(value, amount, len(known.up_to))
        if told["value"] is not None:
            row = {"key": key[place], "compared": None, "base": None, "change": None, "contribution": None}
            row |= {"change_state": "none", "value": told["value"], "numerator": exact(value)}
            rows.append(row | {"denominator": told["denominator"]})
    return sorted(rows, key=lambda row: (-Decimal(row["value"]), row["key"]))
