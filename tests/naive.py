"""The slow, obvious twin of produced and sold, written from the words of the design: all is counted from the lines."""

from dataclasses import dataclass, replace
from decimal import Decimal

from tests.known import MONEY, SAID_BY, Known, exact, percent, rounded

TO_BE_COMPLETED = "-"  # the key of sites without a wilaya and of lines without a brand


@dataclass
class Slice:
    """A part of what is counted: some sites, some lines, some months. The whole, or one group of it."""

    known: Known
    sites: list
    lines: object  # a predicate
    months: list

    def said_lines(self, code, month, unit=None):
        """Return the lines of a site's month that count in this slice and say something of the measure."""
        return [x for x in self.known.passing(code, month, unit) if self.lines(x) and self.known.said(x)]

    def amount(self, code, month, unit=None):
        """Return what a site's month says in this slice."""
        return sum((self.known.amount(line) for line in self.said_lines(code, month, unit)), Decimal(0))

    def value(self, months=None, unit=None):
        """Return all that was declared from the first month to L."""
        months = self.known.up_to if months is None else months
        return sum((self.amount(c, m, unit) for m in months if m in self.months for c in self.sites), Decimal(0))

    def missing(self, code, month):
        """Say whether a site was expected and did not declare. One that is not expected is not missing: it has 0."""
        return self.known.counts(code, month) and not self.known.says(code, month)

    def pairs(self):
        """Return (site, month, base month) of the compared months where neither side is missing."""
        found = []
        for month in self.known.compared:
            base = self.known.base_of(month)
            for code in self.sites if month in self.months else []:
                somebody = self.known.counts(code, month) or self.known.counts(code, base)
                if somebody and not self.missing(code, month) and not self.missing(code, base):
                    found.append((code, month, base))
        return found

    def sums(self, pairs=None, unit=None):
        """Return compared and base: sums over the pairs (default: those of the headline)."""
        pairs = self.pairs() if pairs is None else pairs
        now = sum((self.amount(code, month, unit) for code, month, _ in pairs), Decimal(0))
        return now, sum((self.amount(code, base, unit) for code, _, base in pairs), Decimal(0))

    def asked(self):
        """The asked months of this slice, up to L; all of them when there is no L."""
        return [month for month in self.known.up_to or self.known.asked if month in self.months]

    def before(self):
        """The months that those are compared with."""
        return [self.known.base_of(month) for month in self.asked()]

    def anybody(self, months):
        """Say whether any site is expected or declared in these months."""
        return any(self.known.counts(code, month) for month in months for code in self.sites)

    def base_only_missing(self):
        """Say whether sites are expected in the compared months of the base, and none of them declared."""
        base = [self.known.base_of(month) for month in self.known.compared if month in self.months]
        counted = [(c, m) for m in base for c in self.sites if self.known.counts(c, m)]
        return bool(counted) and not any(self.known.says(code, month) for code, month in counted)

    def units_differ(self):
        """Say whether one side of the pairs speaks in the counted unit and the other only in others."""
        now, before = (bool(amount) for amount in self.sums())
        others = [self.sums(unit=unit) for unit in self.known.units() if unit != self.known.unit]
        now_other, before_other = any(o[0] for o in others), any(o[1] for o in others)
        return (now and not before and before_other) or (before and not now and now_other)

    def change_state(self):
        """Return how the change may be said, in the order of the design."""
        new = "new" if self.value() > 0 else "none"
        if not self.anybody(self.before()):
            return new
        if not self.anybody(self.asked()):
            return "none"
        if not self.pairs() or self.base_only_missing() or self.units_differ():
            return "not_comparable"
        return "ok" if self.sums()[1] else new


def produced(world, question):
    """Return what `figure produced --json` must say."""
    return volume("produced", world, question)


def sold(world, question):
    """Return what `figure sold --json` must say: after-market, first fit, and not split; never exported."""
    return volume("sold", world, question)


def volume(name, world, question):
    """Return the answer of a volume, key by key as in the design; texts for people are left out."""
    known = Known(world, question, SAID_BY[name])
    whole = Slice(known, known.sites, lambda line: True, known.asked)
    state, (compared, base) = whole.change_state(), whole.sums()
    if state == "new":
        compared, base = whole.value(), Decimal(0)
    answer = {
        "name": name,
        "value": exact(whole.value()) if known.up_to else None,
        "compared": exact(compared),
        "base": exact(base),
        "change": rounded(percent(compared - base, base)) if state == "ok" else None,
        "change_unit": "percent",
        "like_for_like": like_for_like(whole),
        "state": state_of(known),
        "change_state": state,
        **windows(known),
        "after_cut": after_cut(whole),
        "coverage": coverage_of(known),
        "unit": "DZD" if name in MONEY else known.unit,
        "numerator": None,
        "denominator": None,
        "version": question.version,
        "rows": sum(len(known.passing(code, month)) for month in known.up_to for code in known.sites),
        "other_units": other_units(whole),
    }
    if question.by:
        answer["groups"] = groups(whole, state) if question.by != "unit" else by_unit(name, world, question)
    return answer


def windows(known):
    """Return the asked months and those that they are compared with."""
    if not known.up_to:
        return {"window": None, "base_window": None}
    first, last = known.up_to[0], known.up_to[-1]
    return {"window": between(first, last), "base_window": between(known.base_of(first), known.base_of(last))}


def between(first, last):
    """Return two months in words of JSON."""
    return {"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}


def coverage_of(known):
    """Return the site-months from January to L: declared, expected, missing."""
    pairs = [known.among(month) for month in known.up_to]
    expected, declared = sum(len(e) for e, _ in pairs), sum(len(d) for _, d in pairs)
    return {"declared": declared, "expected": expected, "missing": expected - declared}


def state_of(known):
    """Return none, provisional or final: final when each expected site-month stands and its month is closed."""
    if not any(known.among(month)[1] for month in known.up_to):
        return "none"
    for month in [*known.up_to, *(known.base_of(month) for month in known.up_to)]:
        expected, declared = known.among(month)
        if expected and (len(expected) > len(declared) or month not in known.closed):
            return "provisional"
    return "final"


def after_cut(whole):
    """Return what was declared after L."""
    rows = []
    for month in whole.known.after:
        expected, declared = whole.known.among(month)
        if declared:
            amounts = exact(whole.value([month]))
            rows.append(
                {"month": f"{month:%Y-%m}", "value": amounts, "declared": len(declared), "expected": len(expected)}
            )
    return rows


def like_for_like(whole):
    """Return the sums over pairs where both sides declared; `parts`: and the part was said in both."""
    known = whole.known
    both = [(c, month, base) for c, month, base in whole.pairs() if known.says(c, month) and known.says(c, base)]
    answer = compare(*whole.sums(both))
    return answer | {"parts": parts_alike(whole, both) if known.question.parts else None}


def parts_alike(whole, both):
    """Return the same by part: only parts said on both sides. A nil declaration says 0 of every part."""
    compared = base = Decimal(0)
    for code, month, earlier in both:
        now, before = by_part(whole, code, month), by_part(whole, code, earlier)
        parts = set(now if now is not None else before or {}) & set(before if before is not None else now or {})
        compared += sum((now or {}).get(part, Decimal(0)) for part in parts)
        base += sum((before or {}).get(part, Decimal(0)) for part in parts)
    return compare(compared, base)


def by_part(whole, code, month):
    """Return part -> amount of the parts that a site's month says; None for nil."""
    if whole.known.stood[code, month].lines is None:
        return None
    amounts = {}
    for line in whole.said_lines(code, month):
        amounts[line.part] = amounts.get(line.part, Decimal(0)) + whole.known.amount(line)
    return amounts


def compare(compared, base):
    """Return compared, base and their change."""
    return {"compared": exact(compared), "base": exact(base), "change": rounded(percent(compared - base, base))}


def other_units(whole):
    """Return what is counted in other units, from January to L: listed, never added."""
    amounts = {unit: whole.value(unit=unit) for unit in whole.known.units() if unit != whole.known.unit}
    return [{"unit": unit, "value": exact(amount)} for unit, amount in amounts.items() if amount]


# Groups ----------------------------------------------------------------------------------------------
def groups(whole, total_state):
    """Return the groups of a dimension, by value descending, then key. Contributions add up to the total's change."""
    rows = [(part.value(), key, part) for key, part in slices(whole).items()]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [group(key, part, total_state, whole.sums()[1]) for _, key, part in rows]


def group(key, part, total_state, total_base):
    """Return one group as JSON. Its sums are over the pairs of the total; when all is new, so is each part of it."""
    state, (compared, base) = part.change_state(), part.sums()
    if total_state == "new":
        compared, base = part.value(), Decimal(0)
    return {
        "key": key,
        "value": exact(part.value()),
        "compared": exact(compared),
        "base": exact(base),
        "change": rounded(percent(compared - base, base)) if state == "ok" else None,
        "contribution": rounded(percent(compared - base, total_base)) if total_state == "ok" else None,
        "change_state": state,
    }


def slices(whole):
    """Return key -> slice for the dimension of the question; only those of which something was said."""
    known, by = whole.known, whole.known.question.by
    of_site = {"supplier": lambda c: known.world.sites[c].firm, "site": lambda c: c, "wilaya": known.wilaya}
    of_line = {"family": lambda x: known.family[x.part], "part": lambda x: x.part, "brand": lambda x: x.brand}
    of_line["range"] = known.range_of
    style = {"year": "%Y", "month": "%Y-%m"}
    found = {}
    for code, month, named_as in said_where(whole):
        for line in whole.said_lines(code, month):
            if by in of_site:
                key, place = of_site[by](code) or TO_BE_COMPLETED, of_site[by](code)
                sites = [c for c in whole.sites if of_site[by](c) == place]
                found[key] = Slice(known, sites, whole.lines, whole.months)
            elif by in of_line:
                key = of_line[by](line)
                same = lambda x, key=key: of_line[by](x) == key  # noqa: E731
                found[key or TO_BE_COMPLETED] = Slice(known, whole.sites, same, whole.months)
            else:
                key = format(named_as, style[by])
                months = [m for m in known.asked if format(m, style[by]) == key]
                found[key] = Slice(known, whole.sites, whole.lines, months)
    return found


def said_where(whole):
    """Return (site, month, asked month) of the window and of both sides of the pairs."""
    window = [(code, month, month) for month in whole.known.up_to for code in whole.sites]
    return window + [(code, base, month) for code, month, base in whole.pairs()]


def by_unit(name, world, question):
    """Return one group a unit, each asked by itself: units are never added together."""
    rows = []
    for unit in sorted({"piece", *Known(world, question, SAID_BY[name]).units()}):
        filters = question.filters | {"unit": unit}
        answer = volume(name, world, replace(question, by=None, parts=False, filters=filters))
        if Decimal(answer["value"] or 0) or Decimal(answer["base"]):
            keys = ("value", "compared", "base", "change", "change_state")
            rows.append({"key": unit, "contribution": None} | {key: answer[key] for key in keys})
    return sorted(rows, key=lambda row: (-Decimal(row["value"] or 0), row["key"]))
