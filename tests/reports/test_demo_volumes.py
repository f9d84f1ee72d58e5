"""The statements that the demonstration promises, counted from its lines."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from reports.demo import output, volumes
from reports.demo.calendar import months, ramadan_days

FAMILY_OF = {part.reference: part.family for part in volumes.parts()}
MONTHS = months()
EVERY_SITE = [f"P{n:02}" for n in range(1, 16)]


def pieces(rows=None, *measures, year=None, month=None, site=None, family=None):
    """The sum of measures (produced by default) over the lines in pieces that pass the filters."""
    chosen = [
        line
        for line in (volumes.lines() if rows is None else rows)
        if line.unit == "piece"
        and (year is None or line.month.year == year)
        and (month is None or line.month == month)
        and (site is None or line.site == site)
        and (family is None or FAMILY_OF[line.part] == family)
    ]
    return sum((getattr(line, name) for line in chosen for name in measures or ("produced",)), Decimal(0))


def sold(**filters):
    return pieces(None, "sold_after_market", "sold_first_fit", **filters)


def compared_with_2025(*measures):
    """January to August of 2026 and of 2025, without the pair of Partenaire 09 in August."""
    sums = []
    for year in (2026, 2025):
        rows = [
            line
            for line in volumes.lines()
            if line.month.year == year and line.month.month <= 8 and (line.site, line.month.month) != ("P09", 8)
        ]
        sums.append(pieces(rows, *measures))
    return sums


def test_fifteen_invented_partners_have_one_site_each_of_the_same_code():
    assert [p.code for p in volumes.partners()] == EVERY_SITE
    assert [p.site for p in volumes.partners()] == EVERY_SITE
    first = volumes.partners()[0]
    assert (first.name, first.name_ar) == ("Partenaire 01", "الشريك 01")


def test_one_firm_works_in_blida_is_registered_in_alger_and_makes_pieces_and_litres_in_two_units():
    [partner] = [p for p in volumes.partners() if (p.wilaya, p.office_wilaya) == ("09", "16")]
    made = {(part.production_unit, part.unit) for part in volumes.parts() if part.site == partner.site}
    assert partner.code == "P06"
    assert made == {("P06-U1", "piece"), ("P06-U2", "litre")}
    assert [u.code for u in volumes.production_units() if u.site == "P06"] == ["P06-U1", "P06-U2"]


def test_only_oils_and_coolant_are_counted_in_litres():
    units = {family.code: family.unit for family in volumes.families()}
    assert {code for code, unit in units.items() if unit == "litre"} == {"oils", "coolant"}
    assert set(units.values()) == {"piece", "litre"}
    assert {"brakes", "clutches"} <= set(units)
    assert all(part.unit == units[part.family] for part in volumes.parts())


def test_clutches_are_the_one_family_in_pieces_that_exactly_two_suppliers_make():
    makers = defaultdict(set)
    for part in volumes.parts():
        makers[part.family].add(part.site)
    pieces_only = {family.code: makers[family.code] for family in volumes.families() if family.unit == "piece"}
    assert {code: sites for code, sites in pieces_only.items() if len(sites) == 2} == {"clutches": {"P03", "P11"}}


def test_references_are_unique_and_every_partner_has_three_to_six_but_the_ninth_forty():
    references = [part.reference for part in volumes.parts()]
    assert len(set(references)) == len(references)
    counts = Counter(part.site for part in volumes.parts())
    assert counts.pop("P09") == 40
    assert set(counts.values()) <= {3, 4, 5, 6}


def test_one_plant_serves_both_brands_and_most_lines_are_of_the_first():
    brands_of = defaultdict(set)
    for line in volumes.lines():
        brands_of[line.site].add(line.brand)
    by_brand = Counter(line.brand for line in volumes.lines())
    assert [site for site in EVERY_SITE if len(brands_of[site]) == 2] == ["P11"]
    assert brands_of["P10"] == {"marque-b"}
    assert by_brand["marque-a"] > 9 * by_brand["marque-b"] > 0


def test_every_site_is_expected_from_january_2023_on_and_confirmed():
    expected = [(e.site, e.from_month, e.confirmed) for e in volumes.expectations()]
    assert expected == [(site, date(2023, 1, 1), True) for site in EVERY_SITE]


def test_lines_are_complete_but_for_one_missing_declaration_and_three_nil_ones():
    absent = {("P09", date(2026, 8, 1)), *volumes.nils()}
    expected = {
        (part.site, part.reference, brand, month)
        for part in volumes.parts()
        for brand in part.brands
        for month in MONTHS
        if (part.site, month) not in absent
    }
    keys = [(line.site, line.part, line.brand, line.month) for line in volumes.lines()]
    assert len(keys) == len(set(keys))
    assert set(keys) == expected
    assert (MONTHS[0], MONTHS[-1], len(MONTHS)) == (date(2023, 1, 1), date(2026, 8, 1), 44)


def test_the_nil_declarations_are_those_of_partenaire_07_in_march_and_12_in_june_and_july_2026():
    declared = [(site, r.month) for r in volumes.receptions() for site in r.nils]
    assert declared == [("P07", date(2026, 3, 1)), ("P12", date(2026, 6, 1)), ("P12", date(2026, 7, 1))]
    assert list(volumes.nils()) == declared


@pytest.mark.parametrize("restated", [True, False])
def test_every_line_balances_and_opens_with_what_the_one_before_closed_with(restated):
    closing = {}
    for line in volumes.lines(restated=restated):
        into = line.opening + line.produced + line.bought_in
        out = line.sold_after_market + line.sold_first_fit + line.exported + line.own_use + line.written_off
        assert into == out + line.closing, line
        key = (line.part, line.brand)
        assert line.opening == closing.get(key, line.opening), line
        closing[key] = line.closing
    assert len(closing) == sum(len(part.brands) for part in volumes.parts())


@pytest.mark.parametrize("restated", [True, False])
def test_quantities_are_whole_decimals_never_negative_and_values_have_two_places(restated):
    quantities = [name for name in output.Line.__slots__ if name not in ("site", "part", "month", "brand", "unit")]
    for line in volumes.lines(restated=restated):
        for name in quantities:
            number = getattr(line, name)
            if number is None:
                assert name == "made_for_others"
                continue
            assert type(number) is Decimal
            assert number >= 0
            assert number == number.quantize(Decimal("0.01" if name.startswith("value") else "1"))
        assert line.produced > 0
        assert line.value_produced > line.produced


def test_the_years_are_exact_and_2025_is_thirty_percent_above_2024():
    assert pieces(year=2023) == 591_374
    assert pieces(year=2024) == 769_548
    assert pieces(year=2025) == 1_000_412
    assert round((pieces(year=2025) / pieces(year=2024) - 1) * 100, 1) == Decimal("30.0")


def test_litres_are_counted_apart_and_exact_too():
    litres = Counter()
    for line in volumes.lines():
        if line.unit == "litre":
            litres[line.month.year] += line.produced
    assert litres == {2023: 377_162, 2024: 461_927, 2025: 574_683, 2026: 419_338}


def test_more_than_a_million_were_sold_in_2025_out_of_output_and_stock():
    assert sold(year=2025) == 1_006_166
    drawn = pieces(None, "opening", month=date(2025, 1, 1)) - pieces(None, "closing", month=date(2025, 12, 1))
    bought = pieces(None, "bought_in", year=2025)
    lost = pieces(None, "own_use", "written_off", year=2025)
    assert drawn > 0
    assert sold(year=2025) == pieces(year=2025) + drawn + bought - lost


def test_january_to_august_2026_is_fourteen_percent_above_the_same_pairs_of_2025():
    value, base = compared_with_2025()
    assert (value, base) == (707_563, 619_620)
    assert Decimal("0.13") < value / base - 1 < Decimal("0.155")
    value, base = compared_with_2025("sold_after_market", "sold_first_fit")
    assert (value, base) == (713_254, 622_578)


def test_the_cumulative_output_of_2025_passes_a_million_in_december():
    until_november = sum(pieces(month=month) for month in MONTHS if month.year == 2025 and month.month < 12)
    assert until_november == 906_721
    assert until_november + pieces(month=date(2025, 12, 1)) == 1_000_412


def test_the_contributions_of_the_families_in_2025_all_differ_and_only_lighting_is_negative():
    total = pieces(year=2024)
    contribution = {
        family.code: (pieces(year=2025, family=family.code) - pieces(year=2024, family=family.code)) / total * 100
        for family in volumes.families()
        if family.unit == "piece"
    }
    shown = {code: round(points, 1) for code, points in contribution.items()}
    assert len(set(shown.values())) == len(shown) == 7
    assert [code for code, points in shown.items() if points < 0] == ["lighting"]
    differences = sum(points * total for points in contribution.values()) / 100
    assert round(differences, 6) == pieces(year=2025) - total


def test_each_character_shows_in_the_numbers():
    def by_year(**filters):
        return [pieces(year=year, **filters) for year in (2023, 2024, 2025)]

    shrinking, fast = by_year(site="P10"), by_year(site="P13")
    assert shrinking == sorted(shrinking, reverse=True)
    assert fast[2] > 2 * fast[1] > 6 * fast[0]
    assert fast[0] == min(pieces(year=2023, site=site) for site in EVERY_SITE)
    lighting, suspension = by_year(site="P14", family="lighting"), by_year(site="P14", family="suspension")
    assert lighting[0] > 5 * suspension[0]
    assert suspension[2] > 2 * lighting[2]


@pytest.mark.parametrize(
    ("dip", "before", "after"),
    [
        (date(2023, 4, 1), date(2023, 2, 1), date(2023, 5, 1)),
        (date(2024, 3, 1), date(2024, 2, 1), date(2024, 5, 1)),
        (date(2025, 3, 1), date(2025, 2, 1), date(2025, 4, 1)),
        (date(2026, 3, 1), date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_ramadan_lowers_output_by_a_tenth_or_more_in_its_own_month_of_each_year(dip, before, after):
    assert ramadan_days(dip) == max(ramadan_days(month) for month in MONTHS if month.year == dip.year)
    assert pieces(month=dip) < Decimal("0.9") * pieces(month=before)
    assert pieces(month=dip) < Decimal("0.9") * pieces(month=after)


def test_ramadan_days_are_counted_in_each_month_that_it_touches():
    touched = {month: ramadan_days(month) for month in MONTHS if ramadan_days(month)}
    assert touched == {
        date(2023, 3, 1): 9,
        date(2023, 4, 1): 21,
        date(2024, 3, 1): 21,
        date(2024, 4, 1): 9,
        date(2025, 3, 1): 29,
        date(2026, 2, 1): 10,
        date(2026, 3, 1): 19,
    }


def test_august_is_the_lowest_month_of_every_year():
    for year in (2023, 2024, 2025, 2026):
        made = {month: pieces(month=month) for month in MONTHS if month.year == year}
        assert min(made, key=made.get) == date(year, 8, 1)


def test_nothing_is_exported_before_july_2026_and_little_after():
    exported = {month: pieces(None, "exported", month=month) for month in MONTHS}
    assert {month for month, quantity in exported.items() if quantity} == {date(2026, 7, 1), date(2026, 8, 1)}
    assert exported[date(2026, 7, 1)] + exported[date(2026, 8, 1)] == 1143


def test_no_total_of_a_year_a_partner_or_a_family_is_round():
    totals = [pieces(year=year) for year in (2023, 2024, 2025, 2026)]
    totals += [pieces(year=year, site=site) for year in (2023, 2024, 2025, 2026) for site in EVERY_SITE]
    totals += [
        pieces(year=year, family=family.code)
        for year in (2023, 2024, 2025, 2026)
        for family in volumes.families()
        if family.unit == "piece"
    ]
    assert [total for total in totals if total % 100 == 0] == []


def test_partenaire_05_has_a_line_in_may_2026_that_can_lose_2140_pieces_made_and_kept():
    rows = [line for line in volumes.lines() if (line.site, line.month) == ("P05", date(2026, 5, 1))]
    large = max(rows, key=lambda line: line.produced)
    assert (large.part, large.produced, large.closing) == ("P05-DSQ-5101", 7131, 2817)


def test_made_for_others_is_said_by_one_part_only_and_since_2025():
    said = {(line.part, line.brand) for line in volumes.lines() if line.made_for_others is not None}
    first = min(line.month for line in volumes.lines() if line.made_for_others is not None)
    assert said == {("P11-EMB-1170", "marque-a")}
    assert first == date(2025, 1, 1)


def test_building_twice_gives_the_same_lines():
    before = volumes.lines()
    output.standing_lines.cache_clear()
    assert volumes.lines() == before
