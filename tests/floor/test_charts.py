"""Charts, tiles and the theme: what is drawn says what the data say, in both directions and both schemes."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from partstrack import charts, tiles

MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
ARABIC = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
THIS = [Decimal(n) for n in (88000, 82000, 66000)] + [None] + [Decimal(90000)] + [None] * 7
BASE = [Decimal(n) for n in (78000, 71000, 60000, 74000, 79000, 82000, 70000, 46000, 77000, 84000, 86000, 88000)]
STATIC = Path(charts.__file__).resolve().parent.parent / "static"


def years(**options):
    return charts.line_years(MONTHS, ("2026", "2025"), THIS, BASE, **options)


def waterfall(**options):
    rows = [("Filtres", Decimal("4.9")), ("Freins", Decimal("4.1")), ("Autres", Decimal("-0.6"))]
    return charts.contributions(rows, Decimal("8.4"), "Total", **options)


def rows_of(spec):
    return spec["data"]["values"]


def test_a_month_that_nobody_declared_is_a_gap_and_keeps_its_grey_base():
    april = rows_of(years())[3]
    assert (april["value"], april["base"]) == (None, 74000.0)


def test_the_tip_of_a_month_says_both_years_and_the_change():
    assert rows_of(years())[0]["tip"] == "janv.\n2026\u00a0: 88\u00a0000\n2025\u00a0: 78\u00a0000\n+12,8\u00a0%"


def test_the_tip_of_a_missing_month_says_no_change():
    assert rows_of(years())[3]["tip"] == "avr.\n2026\u00a0: –\n2025\u00a0: 74\u00a0000"


def test_right_to_left_months_run_from_the_right_and_values_stand_on_the_right():
    spec = charts.line_years(ARABIC, ("2026", "2025"), THIS, BASE, language="ar", direction="rtl")
    assert spec["encoding"]["x"]["scale"]["reverse"] is True
    assert spec["encoding"]["y"]["axis"]["orient"] == "right"


def test_left_to_right_nothing_is_mirrored():
    assert years()["encoding"]["x"]["scale"]["reverse"] is False
    assert years()["encoding"]["y"]["axis"]["orient"] == "left"


def test_arabic_growth_is_one_left_to_right_run():
    spec = charts.line_years(ARABIC, ("2026", "2025"), THIS, BASE, language="ar", direction="rtl")
    assert rows_of(spec)[0]["tip"].splitlines()[-1] == "\u2066+12,8\u00a0%\u2069"


def test_a_phone_gets_its_own_narrower_chart_with_every_second_month():
    both = charts.pair(charts.line_years, MONTHS, ("2026", "2025"), THIS, BASE)
    assert (both["wide"]["width"], both["narrow"]["width"]) == (710, 340)
    assert both["narrow"]["encoding"]["x"]["axis"]["values"] == MONTHS[::2]


def test_contributions_float_from_where_the_last_one_ended():
    ends = [(row["start"], row["end"]) for row in rows_of(waterfall())]
    assert ends == [(0.0, 4.9), (4.9, 9.0), (9.0, 8.4), (0.0, 8.4)]


def test_contributions_are_signed_and_the_loss_has_its_own_kind():
    said = [(row["said"], row["kind"]) for row in rows_of(waterfall())]
    assert said == [("+4,9", "up"), ("+4,1", "up"), ("\u22120,6", "down"), ("+8,4", "total")]


def test_two_groups_of_one_name_stay_two_bars():
    spec = charts.bars([("Nord", Decimal(5), None), ("Nord", Decimal(3), None)])
    labels = [row["label"] for row in rows_of(spec)]
    assert [label.strip("\u200b") for label in labels] == ["Nord", "Nord"]
    assert len(set(labels)) == 2


def test_an_arabic_label_that_begins_with_a_digit_keeps_its_order():
    spec = charts.bars([("2026 جانفي", Decimal(5), None)], language="ar", direction="rtl")
    assert rows_of(spec)[0]["label"] == "\u200f2026 جانفي"


@pytest.mark.parametrize("spec", [years(), waterfall(), charts.bars([("Nord", Decimal(5), Decimal(4))])])
def test_a_chart_is_plain_data(spec):
    assert json.loads(json.dumps(spec)) == spec


def test_a_drawing_for_a_page_has_variables_and_no_style():
    drawn = charts.svg(years())
    assert 'stroke="var(--accent)"' in drawn
    assert "style=" not in drawn
    assert not re.search(r"#[0-9A-Fa-f]{6}", drawn)


def test_a_drawing_for_a_file_has_colours_and_no_variables():
    drawn = charts.svg(years(), theme="light")
    assert 'stroke="#0E6274"' in drawn
    assert "var(" not in drawn


def test_a_drawing_keeps_its_size_whatever_the_labels():
    longer = charts.bars([("Une famille au nom très long", Decimal(123456), None)])
    assert 'viewBox="0 0 330 54"' in charts.svg(longer)


def test_a_drawing_reads_left_to_right_inside_an_arabic_page():
    assert charts.svg(years()).startswith('<svg direction="ltr" ')


def test_the_chart_tag_gives_drawing_dictionary_and_table():
    table = {"headings": ["Mois", "2026"], "rows": [["janv.", Decimal(88000)], ["avr.", None]]}
    page = Template('{% load draw %}{% chart spec "volumes" title table=table %}')
    with translation.override("fr"):
        html = page.render(Context({"spec": charts.pair(years), "table": table, "title": "Production <2026>"}))
    assert html.count('role="img" aria-label="Production &lt;2026&gt;"') == 2
    assert 'id="volumes-wide" type="application/json"' in html
    assert 'id="volumes-narrow" type="application/json"' in html
    assert '<th scope="row">avr.</th><td class="num">–</td>' in html
    assert "88\u00a0000" in html
    assert "style=" not in html


def test_a_spark_leaves_a_gap_where_nothing_is_known():
    page = Template('{% load draw %}{% spark values "Tendance" %}')
    with translation.override("fr"):
        html = page.render(Context({"values": [Decimal(1), Decimal(2), None, Decimal(3), Decimal(1)]}))
    assert html.count("<polyline") == 2
    assert 'aria-label="Tendance"' in html


def test_a_bullet_fills_from_the_right_in_arabic():
    page = Template("{% load draw %}{% bullet value steps 30 %}")
    context = {"value": Decimal(15), "steps": [Decimal(10), Decimal(20)]}
    with translation.override("ar"):
        html = page.render(Context(context))
    assert '<rect class="bullet-reached" x="50%" y="4" width="50.00%"' in html
    assert 'class="bullet-next" x1="33.33%"' in html


def test_a_bullet_marks_the_step_to_reach_next():
    page = Template("{% load draw %}{% bullet value steps 30 %}")
    with translation.override("fr"):
        html = page.render(Context({"value": Decimal("14.9"), "steps": [Decimal(10), Decimal(20), Decimal(30)]}))
    assert re.findall(r'class="(bullet-(?:step|next))" x1="([^"]+)"', html) == [
        ("bullet-step", "33.33%"),
        ("bullet-next", "66.67%"),
        ("bullet-step", "100.00%"),
    ]


def cells(*values):
    return [tiles.Cell(f"{number:02}", number, 0, value) for number, value in enumerate(values, 1)]


def test_shades_cut_values_into_classes_of_about_equal_count():
    steps = tiles.shades([1, 1, 2, 3, 4, 5, 6, 20])
    assert [(step.shade, step.low, step.high) for step in steps] == [(1, 1, 1), (2, 2, 3), (3, 4, 5), (4, 6, 20)]


def test_few_different_values_take_the_darkest_shades():
    assert [(step.shade, step.low) for step in tiles.shades([3, 3, 7])] == [(3, 3), (4, 7)]


def test_no_value_and_zero_have_no_shade():
    drawn = tiles.build(cells(None, 0, 5))
    assert [tile.shade for tile in drawn.tiles] == [0, 0, 4]


def test_an_empty_map_has_no_legend():
    assert tiles.build(cells(None, None)).steps == ()


def test_tiles_start_at_the_edge_and_the_table_goes_by_value():
    drawn = tiles.build(cells(1, 9))
    assert [(tile.x, tile.y) for tile in drawn.tiles] == [("0", "0"), ("28.5", "0")]
    assert (drawn.width, drawn.height) == ("54.5", "26")
    assert [cell.code for cell in drawn.rows] == ["02", "01"]


def theme():
    """Return the colours of the style sheet: {"light": {name: hex}, "dark": {name: hex}}."""
    sheet = (STATIC / "partstrack.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)", 1)
    found = {"light": dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", light))}
    found["dark"] = found["light"] | dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", dark))
    return found


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2.2 defines it."""

    def luminance(colour):
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_charts_in_files_have_the_light_colours_of_the_page():
    assert {name: theme()["light"][name] for name in charts.LIGHT} == charts.LIGHT


WORDS = [
    *[
        (name, ground)
        for name in ("ink", "muted", "accent", "up", "down", "warn")
        for ground in ("card", "ground", "raised")
    ],
    ("warn", "warn-soft"),
    ("up", "up-soft"),
    ("down", "down-soft"),
    ("ink", "accent-soft"),
    ("muted", "accent-soft"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("rail-ink", "rail"),
    ("brand", "rail"),
    ("muted", "tile-0"),
    ("tile-low-ink", "tile-1"),
    ("tile-low-ink", "tile-2"),
    ("tile-high-ink", "tile-3"),
    ("tile-high-ink", "tile-4"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read_on_their_ground(scheme, words, ground):
    assert contrast(theme()[scheme][words], theme()[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "mark", ["base", "edge", "accent", "up", "down", *[f"series-{number}" for number in range(1, 7)]]
)
def test_marks_can_be_seen_on_a_card(scheme, mark):
    assert contrast(theme()[scheme][mark], theme()[scheme]["card"]) >= 3


def test_the_sheets_use_logical_properties_only():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![-\w])(?:left|right|top|bottom|float: left)\s*:"
    )
    for sheet in sorted(STATIC.glob("*.css")):
        assert physical.findall(sheet.read_text()) == [], sheet.name


def test_a_year_of_which_nothing_is_known_is_not_drawn():
    nothing = [None] * 12
    layers = {
        name: len(charts.line_years(MONTHS, ("2026", "2025"), values, base)["layer"])
        for name, values, base in (("both", THIS, BASE), ("new", THIS, nothing), ("none", nothing, nothing))
    }
    assert layers == {"both": 5, "new": 4, "none": 1}
