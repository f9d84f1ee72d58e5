"""The demonstration, loaded: what its figures say, now and as of earlier days, and to whom."""

import io
import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Member, User
from intake import desk, sheets
from intake.models import Batch, Repair
from office import clock
from office.models import Write
from production import balance, periods
from production.models import MEASURES, Declaration, OutputLine, PeriodState, Standing
from production.verify import verify
from reports.demo import volumes
from reports.demo.calendar import months
from reports.demo.people import ACCOUNTS
from reports.demo.statement import workbook

pytestmark = pytest.mark.usefixtures("demonstration")
CORRECTED = ["Relevé rectificatif 2024-10.xlsx", "Relevé rectificatif 2025-11.xlsx", "Relevé rectificatif 2026-06.xlsx"]


def figure(*words):
    """Return what `bin/manage figure … --json` prints."""
    out = io.StringIO()
    call_command("figure", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def counted(*measures, year, last=12, unit="piece", restated=True, keep=lambda line: True):
    """Add up the invented lines themselves, in the plainest way."""
    return sum(
        getattr(line, measure)
        for line in volumes.lines(restated=restated)
        for measure in measures
        if line.month.year == year and line.month.month <= last and line.unit == unit and keep(line)
    )


def standing_lines():
    return OutputLine.objects.filter(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))


def shown(percent):
    return f"{Decimal(percent):+.1f}"


# Years ----------------------------------------------------------------------------------------------


def test_2025_is_a_million_and_thirty_percent_more_than_2024():
    answer = figure("produced", "--year", "2025")
    assert (answer["value"], answer["compared"], answer["base"]) == ("1000412", "1000412", "769548")
    assert answer["change"] == "29.999948021436"
    assert shown(answer["change"]) == "+30.0"
    assert (answer["change_state"], answer["state"]) == ("ok", "final")


def test_2024_and_the_first_year_have_their_own_figures():
    answer = figure("produced", "--year", "2024")
    assert (answer["value"], answer["base"], shown(answer["change"])) == ("769548", "591374", "+30.1")
    first = figure("produced", "--year", "2023")
    assert (first["value"], first["base"], first["change"], first["change_state"]) == ("591374", "0", None, "new")


def test_more_than_a_million_parts_were_sold_in_2025():
    answer = figure("sold", "--year", "2025")
    assert Decimal(answer["value"]) > 1_000_000
    assert answer["value"] == str(counted("sold_after_market", "sold_first_fit", year=2025)) == "1006166"


def test_2026_is_compared_from_january_to_august_and_says_what_is_missing():
    answer = figure("produced", "--year", "2026")
    assert answer["window"] == {"from": "2026-01", "to": "2026-08"}
    assert answer["base_window"] == {"from": "2025-01", "to": "2025-08"}
    assert answer["coverage"] == {"declared": 119, "expected": 120, "missing": 1}
    assert (answer["value"], answer["compared"]) == ("707563", "707563")
    base = counted("produced", year=2025, last=8, keep=lambda line: (line.site, line.month.month) != ("P09", 8))
    assert answer["base"] == str(base) == "619620"
    assert shown(answer["change"]) == "+14.2"


def test_litres_stand_beside_pieces_and_are_never_added():
    answer = figure("produced", "--year", "2025")
    assert answer["other_units"] == [{"unit": "litre", "value": "574683"}]
    assert figure("produced", "--year", "2025", "--filter", "unit=litre")["value"] == "574683"


def test_figures_are_final_up_to_may_2026_and_provisional_after():
    closed = set(PeriodState.objects.filter(to_v=None).values_list("month", flat=True))
    assert closed == set(months(date(2023, 1, 1), date(2026, 5, 1)))
    assert figure("produced", "--from", "2026-01", "--to", "2026-05")["state"] == "final"
    assert figure("produced", "--from", "2026-01", "--to", "2026-06")["state"] == "provisional"
    assert figure("produced", "--year", "2026")["state"] == "provisional"


# As of ----------------------------------------------------------------------------------------------


def test_before_the_corrections_of_march_2026_the_year_2025_was_what_had_been_declared_first():
    first = str(counted("produced", year=2025, restated=False))
    assert first == "1001138"
    assert figure("produced", "--year", "2025", "--as-of", "2026-03-01")["value"] == first


def test_a_correction_of_a_closed_month_counts_from_its_approval_and_not_from_its_arrival():
    days = ["2026-03-17", "2026-03-18", "2026-03-23", "2026-03-24", "2026-09-22"]
    values = [figure("produced", "--year", "2025", "--as-of", day)["value"] for day in days]
    assert values == ["1001138", "1001138", "1001138", "1000412", "1000412"]


def test_the_year_2024_was_corrected_once_in_february_2025():
    days = ["2025-02-23", "2025-02-24"]
    values = [figure("produced", "--year", "2024", "--as-of", day)["value"] for day in days]
    assert values == ["769834", "769548"]


def test_a_correction_of_an_open_month_counts_at_once():
    days = ["2026-08-18", "2026-08-19"]
    june = [figure("produced", "--filter", "month=2026-06", "--as-of", day)["value"] for day in days]
    assert int(june[1]) - int(june[0]) == 174


def test_every_month_became_known_on_the_day_its_file_arrived():
    for reception in volumes.receptions():
        if reception.corrects:
            continue
        day, month = reception.received_at.date(), reception.month
        version = clock.version_on(day)
        before = clock.version_before(reception.received_at)
        standing = Standing.objects.filter(head__month=month, from_v__gt=before, from_v__lte=version)
        assert standing.count() == (14 if month == date(2026, 8, 1) else 15)


def test_no_version_is_dated_before_the_one_that_came_before_it():
    dated = list(Write.objects.order_by("version").values_list("at", flat=True))
    assert dated == sorted(dated)
    assert timezone.localtime(dated[0]).date() == date(2023, 1, 2)
    assert timezone.localtime(dated[-1]).date() <= date(2026, 9, 22)


# Families, lines, files -----------------------------------------------------------------------------


def test_brakes_in_the_contributions_are_the_lines_of_brakes():
    groups = {group["key"]: group for group in figure("produced", "--year", "2025", "--by", "family")["groups"]}
    alone = figure("produced", "--year", "2025", "--filter", "family=brakes")
    inside = {part.reference for part in volumes.parts() if part.family == "brakes"}
    lines = standing_lines().filter(part__reference__in=inside, month__year=2025)
    assert groups["brakes"]["value"] == alone["value"] == "255070"
    assert lines.aggregate(total=Sum("produced"))["total"] == 255070
    assert alone["rows"] == lines.count()


def test_contributions_of_2025_differ_and_add_up_to_the_growth():
    answer = figure("produced", "--year", "2025", "--by", "family")
    gains = [int(group["compared"]) - int(group["base"]) for group in answer["groups"]]
    assert sum(gains) == 1000412 - 769548
    assert len(set(gains)) == len(gains) == 7
    assert [group["key"] for group in answer["groups"] if group["contribution"].startswith("-")] == ["lighting"]


def test_every_line_in_the_base_is_the_invented_one_to_the_last_digit():
    names = ("site__code", "part__reference", "month", "brand__code", "unit_id", *MEASURES)
    invented = Counter(
        (line.site, line.part, line.month, line.brand, line.unit, *(getattr(line, name, None) for name in MEASURES))
        for line in volumes.lines()  # `sold_unsplit` is never said there
    )
    assert Counter(standing_lines().values_list(*names)) == invented


def test_recounting_finds_no_difference():
    assert verify() == []


def test_each_line_says_the_file_and_row_it_came_from():
    line = standing_lines().get(month=date(2025, 12, 1), part__reference="P05-DSQ-5101")
    assert (line.batch.name, line.source_sheet) == ("Relevé mensuel 2025-12.xlsx", "Relevé")
    assert line.batch.layout["Relevé"]["columns"]["produced"] == "I"
    sheet = sheets.read_inline(line.batch.file.path, line.batch.name).sheets[0]
    row = sheet.row(line.source_row - 1)
    assert (row[2], row[8]) == ("tP05-DSQ-5101", f"n{line.produced:.0f}")


def test_each_file_is_applied_with_its_totals_left_out_and_nothing_else():
    batches = list(Batch.objects.filter(kind="output").order_by("received_at", "pk"))
    assert [(batch.name, batch.received_at) for batch in batches] == [
        (reception.name, reception.received_at) for reception in volumes.receptions()
    ]
    for batch, reception in zip(batches, volumes.receptions(), strict=True):
        pieces = sum(line.unit == "piece" for line in reception.lines)
        totals = {6 + pieces, 6 + len(reception.lines) + len({line.unit for line in reception.lines}) - 1}
        assert {each["row"] for each in batch.result["left_out"]} == totals
        assert (batch.state, batch.faults.count()) == (Batch.State.APPLIED, 0)


def test_every_line_balances_and_nothing_of_it_is_suspicious():
    assert balance.gaps(clock.moment().version) == []
    assert not Repair.objects.exists()
    assert [batch.name for batch in Batch.objects.all() if batch.result["suspicious"] or batch.result["gaps"]] == []


def test_the_same_file_again_changes_nothing():
    admin = User.objects.get(email="admin@demo.invalid")
    reception = volumes.receptions()[-1]
    batch = desk.receive(admin, "output", reception.name, [workbook(reception)], {}, clock.moment())
    assert desk.check(admin, batch, clock.moment(), inline=True)["state"] == "unchanged"


def test_corrections_are_second_revisions_with_a_reason_approved_by_the_manager():
    revised = Declaration.objects.filter(revision=2).order_by("head__month", "head__site__code")
    assert [(each.head.site.code, f"{each.head.month:%Y-%m}", each.four_eyes) for each in revised] == [
        ("P02", "2024-10", True),
        ("P03", "2025-11", True),
        ("P08", "2025-11", True),
        ("P04", "2026-06", False),
    ]
    assert [each.decided_by.email for each in revised] == ["manager@demo.invalid"] * 3 + ["admin@demo.invalid"]
    assert [each.batch.name for each in revised] == [CORRECTED[0], CORRECTED[1], CORRECTED[1], CORRECTED[2]]
    assert all(each.reason.startswith("Partenaire 0") for each in revised)
    assert not Declaration.objects.filter(state__in=Declaration.OPEN).exists()


# Who declared, who sees -----------------------------------------------------------------------------


def test_months_without_production_are_declared_as_such():
    nil = Standing.objects.filter(to_v=None, declaration__kind="nil").order_by("head__month")
    assert [(each.head.site.code, f"{each.head.month:%Y-%m}") for each in nil] == [
        ("P07", "2026-03"),
        ("P12", "2026-06"),
        ("P12", "2026-07"),
    ]
    answer = figure("produced", "--filter", "month=2026-03", "--filter", "supplier=P07")
    assert (answer["value"], answer["rows"], answer["coverage"]["declared"]) == ("0", 0, 1)


def test_only_august_of_partner_09_is_missing(demonstration):
    analyst = User.objects.get(email="analyste@demo.invalid")
    assert [(site.code, month) for site, month in periods.late(analyst, demonstration)] == [("P09", date(2026, 8, 1))]
    groups = figure("coverage", "--year", "2026", "--by", "supplier")["groups"]
    assert {group["key"]: group["value"] for group in groups if group["value"] != "100"} == {"P09": "87.5"}


def test_the_suppliers_user_sees_partner_05_and_nobody_else():
    user = "fournisseur@demo.invalid"
    answer = figure("produced", "--year", "2025", "--by", "supplier", "--as", user)
    own = str(counted("produced", year=2025, keep=lambda line: line.site == "P05"))
    assert answer["value"] == own == "108328"
    assert [group["key"] for group in answer["groups"]] == ["P05"]
    assert answer["coverage"] == {"declared": 12, "expected": 12, "missing": 0}
    for code in ("P01", "NOBODY"):  # what is somebody else's is as what is not there
        with pytest.raises(SystemExit):
            figure("produced", "--year", "2025", "--filter", f"supplier={code}", "--as", user)


def test_accounts_have_one_role_each_and_no_password():
    for account in ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert (user.name, user.roles, user.is_active, user.is_superuser) == (account.name, [account.role], True, False)
        assert not user.has_usable_password()
    members = Member.objects.values_list("user__email", "firm__code")
    assert list(members) == [("fournisseur@demo.invalid", "P05")]


def test_only_invented_partners_are_suppliers_with_volumes():
    suppliers = set(OutputLine.objects.values_list("site__firm__name", flat=True))
    assert suppliers == {f"Partenaire {number:02}" for number in range(1, 16)}
