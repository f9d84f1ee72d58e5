"""How the demonstration's files arrive, what they correct and when months are closed."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

from reports.demo import volumes
from reports.demo.calendar import HOLIDAYS, months, shifted, working_moment

MONTHS = months()
EVERY_SITE = [f"P{n:02}" for n in range(1, 16)]


def test_one_statement_a_month_arrives_between_the_6th_and_the_14th_of_the_next_one():
    statements = [r for r in volumes.receptions() if not r.corrects]
    assert [r.month for r in statements] == list(MONTHS)
    for r in statements:
        assert r.name == f"Relevé mensuel {r.month:%Y-%m}.xlsx"
        assert r.sender == "Marque A – distribution"
        assert (r.received_at.year, r.received_at.month) == (shifted(r.month, 1).year, shifted(r.month, 1).month)
        assert 6 <= r.received_at.day <= 14


def test_everything_happens_in_algiers_on_working_days_in_office_hours():
    moments = [r.received_at for r in volumes.receptions()]
    moments += [r.approved_at for r in volumes.receptions() if r.approved_at]
    moments += [closing.closed_at for closing in volumes.closings()]
    for moment in moments:
        assert moment.utcoffset() == timedelta(hours=1)
        assert moment.strftime("%A") not in ("Friday", "Saturday")
        assert moment.date() not in HOLIDAYS
        assert "08:30" <= moment.strftime("%H:%M") < "16:30"


def test_a_working_moment_is_never_drawn_on_a_weekend_or_a_holiday():
    rng = random.Random(1)
    days = {working_moment(date(2026, 3, 1), 19, 24, rng).day for _ in range(200)}
    assert days == {19, 23, 24}  # 20 to 22 are Friday, Saturday and the second day of the feast


def test_the_file_of_august_2026_arrives_on_10_september_without_partenaire_09():
    [august] = [r for r in volumes.receptions() if r.month == date(2026, 8, 1)]
    assert august.received_at.date() == date(2026, 9, 10)
    assert sorted({line.site for line in august.lines}) == [site for site in EVERY_SITE if site != "P09"]
    assert august.nils == ()


def test_every_other_file_names_all_fifteen_sites_as_lines_or_as_nil():
    for r in volumes.receptions():
        if not r.corrects and r.month != date(2026, 8, 1):
            assert sorted({line.site for line in r.lines} | set(r.nils)) == EVERY_SITE


def test_months_are_closed_in_order_up_to_may_2026_after_their_statement_came():
    closings, received = volumes.closings(), {r.month: r.received_at for r in volumes.receptions() if not r.corrects}
    assert [closing.month for closing in closings] == list(months(date(2023, 1, 1), date(2026, 5, 1)))
    for closing in closings:
        assert closing.closed_at.date().replace(day=1) == shifted(closing.month, 1)
        assert 20 <= closing.closed_at.day <= 28
        assert closing.closed_at > received[closing.month]


def test_three_corrections_arrive_with_a_reason_and_wait_for_a_second_person_only_when_the_month_is_closed():
    corrections = [r for r in volumes.receptions() if r.corrects]
    closed_at = {closing.month: closing.closed_at for closing in volumes.closings()}
    assert [(r.month, r.received_at.date(), sorted({line.site for line in r.lines})) for r in corrections] == [
        (date(2024, 10, 1), date(2025, 2, 19), ["P02"]),
        (date(2025, 11, 1), date(2026, 3, 18), ["P03", "P08"]),
        (date(2026, 6, 1), date(2026, 8, 19), ["P04"]),
    ]
    for r in corrections:
        closed = r.month in closed_at and closed_at[r.month] < r.received_at
        assert closed == (r.approved_at is not None)
        assert r.approved_at is None or r.approved_at > r.received_at


def test_playing_all_files_in_order_ends_with_the_restated_lines():
    standing = {}
    for r in volumes.receptions():
        standing.update({(line.month, line.site, line.part, line.brand): line for line in r.lines})
    assert [standing[key] for key in sorted(standing)] == list(volumes.lines())


def test_the_monthly_statements_alone_are_the_first_declared_lines():
    declared = [line for r in volumes.receptions() if not r.corrects for line in r.lines]
    first = volumes.lines(restated=False)
    assert declared == list(first)
    pieces = Counter()
    for line in first:
        if line.unit == "piece":
            pieces[line.month.year] += line.produced
    assert pieces == {2023: 591_374, 2024: 769_834, 2025: 1_001_138, 2026: 707_389}


def test_a_correction_moves_output_and_sales_alike_and_no_stock():
    pairs = zip(volumes.lines(restated=False), volumes.lines(), strict=True)
    changed = [(before, after) for before, after in pairs if before != after]
    moved = {after.part: after.produced - before.produced for before, after in changed}
    assert moved == {
        "P02-FAI-2210": -286,
        "P03-EMB-3101": -583,
        "P03-MEC-3110": -461,
        "P08-CRD-8101": 318,
        "P04-AMO-4101": 174,
    }
    for before, after in changed:
        assert after.sold_after_market - before.sold_after_market == moved[after.part]
        assert (after.opening, after.closing) == (before.opening, before.closing)
        assert (after.value_produced > before.value_produced) == (moved[after.part] > 0)


def test_the_files_and_closings_all_lie_before_the_day_of_the_demonstration():
    last = max([r.received_at for r in volumes.receptions()] + [c.closed_at for c in volumes.closings()])
    assert last == datetime.fromisoformat("2026-09-10T10:18:00+01:00")
