"""The regulatory rate of several programmes, weighted by their vehicles: a sum over a sum, for each rule."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from integration.figures import rule_of
from integration.portfolio import portfolio, totals, whole
from partstrack.figures import Answer, Group, WrongCall, checked, text
from partstrack.numbers import isolate
from partstrack.registry import Figure

DIMS, FILTERS = ("programme", "rule"), ("rule",)


def asked_rows(ask):
    """Return the Rows of the portfolio that is asked for: on its day, with the vehicles of its year (that of the day)."""
    if ask.first or ask.last:
        raise WrongCall(_("This figure counts on a day, with the vehicles of a year: use --on and --year."))
    checked(ask, DIMS, FILTERS)
    return list(portfolio(list(whole(ask.scope)), ask.on, year_of(ask), rule_of(ask)).values())


def year_of(ask):
    """Return the year whose vehicles weigh."""
    return ask.year or ask.on.year


def portfolio_rate(ask):
    """Rate (A) of all programmes under one rule, weighted by vehicles. Under several rules there is no value, each has its own."""
    rows = asked_rows(ask)
    found = totals(rows)
    one = found[0] if len(found) == 1 else None
    return Answer(
        name="portfolio_rate",
        value=one.value if one else None,
        unit="percent",
        state="provisional" if one and one.value is not None else "none",
        version=ask.version,
        definition=DEFINITION,
        change_unit="points",
        basis=_basis(found, ask),
        numerator=one.low if one else None,
        denominator=one.denominator if one else None,
        rows=sum(total.programmes for total in found),
        groups=_groups(ask.by, rows, found) if ask.by else None,
        by=ask.by,
        more={"year": year_of(ask), "rules": [_rule(total) for total in found]},
    )


def _rule(total):
    return {
        "rule": total.policy.code,
        "rule_version": total.policy.edition,
        "lowest": text(total.value),
        "highest": text(total.highest),
        "numerator": text(total.low),
        "denominator": text(total.denominator),
        "vehicles": total.vehicles,
        "programmes": total.programmes,
        "without_vehicles": total.without,
    }


def _basis(found, ask):
    words = [worded(total.policy, ask.on) for total in found]
    words.append(_("Weighted by the vehicles of %(year)s, built where known, else planned.") % {"year": year_of(ask)})
    if len(found) > 1:
        words.append(_("Rates under two rules are never in one total: ask for one rule."))
    if without := sum(total.without for total in found):
        words.append(_("Outside of the total, without vehicles in that year: %(count)d.") % {"count": without})
    return " ".join(words)


def worded(policy, day):
    """Say method, version and day of a rate."""
    version = isolate(policy.edition) if get_language() == "ar" else policy.edition
    words = {"method": policy.get_method_display(), "version": version, "day": f"{day:%d/%m/%Y}"}
    return _("%(method)s, version %(version)s, on %(day)s.") % words


def _groups(by, rows, found):
    if by == "rule":
        made = [
            _group(total.policy.code, total.value, str(total.policy), total.low, total.denominator) for total in found
        ]
        return tuple(group for group in made if group.value is not None)
    weighed = [row for row in rows if row.weighted]
    made = [
        _group(
            row.reading.programme.code,
            row.reading.value,
            row.reading.programme.name_in(get_language()),
            row.weighted[0],
            row.weighted[2],
        )
        for row in weighed
    ]
    return tuple(sorted(made, key=lambda group: (-group.value, group.key)))


def _group(key, value, label, numerator, denominator):
    return Group(key, value, value, None, None, None, "none", label, numerator, denominator)


DEFINITION = gettext_lazy(
    "Regulatory rate (indicator A) of all vehicle programmes under one rule, weighted by the vehicles of a year."
)

FIGURES = [
    Figure(
        "portfolio_rate",
        gettext_lazy("Regulatory rate of the portfolio, weighted by vehicles"),
        DEFINITION,
        gettext_lazy(
            "Rate = Σ (numerator of the programme's rate × its vehicles) / Σ (denominator × its vehicles). A mean of rates is "
            "never taken, and rates under two rules are never in one total. Vehicles: built in the year where known, else planned."
        ),
        gettext_lazy("Order of 17 August 2023; executive decree 22-384 of 17 November 2022, article 5"),
        portfolio_rate,
        "percent",
        DIMS,
        FILTERS,
        period="day",
    ),
]
