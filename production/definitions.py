"""What the figures of production mean, each in one sentence, and how they are counted."""

from django.utils.translation import gettext_lazy as _

DEFINITIONS = {
    "produced": _("Good parts that the sites declared as produced, without scrap and without parts made for others."),
    "sold": _("Parts that the sites declared as sold: after-market, first fit and not split; never exports."),
    "sold_after_market": _("Parts that the sites declared as sold in the after-market."),
    "sold_first_fit": _("Parts that the sites declared as sold to vehicle makers, for first fit."),
    "scrapped": _("Parts that the sites declared as scrapped."),
    "value_produced": _("Value of the good parts produced, in dinars, ex works before tax, of the lines that say it."),
    "value_sold": _("Value of the parts sold, in dinars, ex works before tax, of the lines that say it."),
    "scrap_rate": _("Parts scrapped as a share of all parts made, good ones and scrap."),
    "price_produced": _("Average value of a part produced, in dinars, ex works before tax."),
    "price_sold": _("Average value of a part sold, in dinars, ex works before tax."),
    "coverage": _("Declarations received, nil ones included, as a share of those expected or received."),
    "month_change": _("A volume of the last covered month against the same month a year before."),
    "rolling_12": _("A volume of the twelve months that end with the last covered one, against the twelve before."),
    "growth_since": _("A volume of a year against the same months of a start year, by default the first whole one."),
    "cagr": _("Average yearly growth of a volume between two complete years."),
    "mark_passed": _("The month in which a cumulative volume reached a mark."),
    "bridge": _(
        "What led from the base of a volume to what is compared: new, lost and existing suppliers, like for like."
    ),
    "target_attainment": _(
        "A volume as a share of its target for the year, pro rata of the months up to the last covered one."
    ),
}
CHANGE = _(
    "Change = compared / base − 1, summed over the same sites and months of both windows; a missing declaration takes "
    "its site-month out of both sides. Contribution = (compared − base of the group) / base of the total."
)
FORMULAS = {
    "scrap_rate": _(
        "Rate = sum scrapped / sum (produced + scrapped), over the lines that say both; the change is in points, over the same sites and months."
    ),
    "price": _(
        "Price = sum of values / sum of quantities, over the lines that say both; its change compares the prices of the same sites and months."
    ),
    "coverage": _(
        "Completeness = site-months declared / site-months expected or declared, from January to the last covered month."
    ),
    "cagr": _(
        "TCAM = (compared / base)^(1/n) − 1, n = years between; only where all twelve months of both years are covered."
    ),
    "mark_passed": _(
        "First month in which the sum of what was declared since the first asked month is at least the mark."
    ),
    "bridge": _(
        "Base + new suppliers − lost suppliers + like for like + months declared on one side only = compared, exactly. What is missing is on neither side."
    ),
    "target_attainment": _("Attainment = value from January to the last covered month / (target × months / 12)."),
}
