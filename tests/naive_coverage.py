"""The slow, obvious twin of completeness: who declared, of those expected or declared."""

from tests.known import Known, exact, percent, rounded
from tests.naive import TO_BE_COMPLETED, Slice, after_cut, coverage_of, state_of, windows


def coverage(world, question):
    """Return what `figure coverage --json` must say: declared / expected site-months in percent, changes in points."""
    known = Known(world, question, ())
    whole = Slice(known, known.sites, lambda line: True, known.asked)
    now, share = coverage_of(known), shares(whole)
    answer = {
        "name": "coverage",
        **rate(*share),
        "change_unit": "points",
        "like_for_like": None,
        "state": state_of(known),
        **windows(known),
        "after_cut": [row | {"value": "0"} for row in after_cut(whole)],
        "coverage": now,
        "unit": "percent",
        "numerator": exact(now["declared"]),
        "denominator": exact(now["expected"]),
        "version": question.version,
        "rows": now["declared"],
        "other_units": [],
    }
    if question.by:
        answer["groups"] = coverage_groups(whole)
    return answer


def shares(part):
    """Return declared / expected of the window and of its base, in percent; None where nobody is expected."""
    return [percent(declared, expected) for declared, expected in counts(part)]


def counts(part):
    """Return (declared, expected) site-months of the window and of its base."""
    months = [month for month in part.known.up_to if month in part.months]
    sides = []
    for side in (months, [part.known.base_of(month) for month in months]):
        counted = [part.known.among(month, part.sites) for month in side]
        sides.append((sum(len(d) for _, d in counted), sum(len(e) for e, _ in counted)))
    return sides


def rate(now, before):
    """Return value, base and the change in points, each rounded once."""
    known = now is not None and before is not None
    return {
        "value": rounded(now),
        "compared": rounded(now),
        "base": rounded(before),
        "change": rounded(now - before) if known else None,
        "change_state": "ok" if known else "new" if now else "none",
    }


def coverage_groups(whole):
    """Return the same by group, for the groups in which somebody is expected."""
    known, by = whole.known, whole.known.question.by
    of_site = {"supplier": lambda c: known.world.sites[c].firm, "site": lambda c: c, "wilaya": known.wilaya}.get(by)
    style = {"year": "%Y", "month": "%Y-%m"}.get(by)
    rows = []
    for key in {of_site(code) if of_site else format(m, style) for m in known.up_to for code in known.among(m)[0]}:
        sites = [code for code in whole.sites if not of_site or of_site(code) == key]
        months = [month for month in whole.months if of_site or format(month, style) == key]
        part = Slice(known, sites, whole.lines, months)
        share, (declared, expected) = shares(part), counts(part)[0]
        operands = {"numerator": exact(declared), "denominator": exact(expected)}
        rows.append((-share[0], {"key": key or TO_BE_COMPLETED, "contribution": None} | operands | rate(*share)))
    return [row for _, row in sorted(rows, key=lambda row: (row[0], row[1]["key"]))]
