"""Since the report: what changed in a volume, cause by cause, adding up to the last digit; by command and by page."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Family
from office import clock
from office.door import write
from office.models import Download
from production import actions, expecting, ledger, periods
from tests import making
from tests.browser.asking import ask
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


@pytest.fixture
def sites(admin):
    """Two sites with a part each, whose June 2026 is 1,000 and 500."""
    made = {}
    for code, amount in (("A", 1000), ("B", 500)):
        made[code] = making.site(code)
        making.expect(made[code], "2026-01")
        part = making.part(f"{code}-1", made[code].firm)
        declare(admin, made[code], monthly(part, {"2026-06": amount}))
        made[f"{code}-1"] = part
    return made


def version():
    """Return the data version of now, as it is said."""
    return f"v{clock.moment().version}"


def since(start, *options, name="produced"):
    """Ask the command; returns what it answers."""
    answer, code = ask("since", name, f"--from={start}", "--year=2026", *options)
    assert code == 0, answer
    return answer


def said(answer):
    """Return (site, month, cause, difference) of each line."""
    return [(line["site"], line["month"], line["cause"], line["difference"]) for line in answer["lines"]]


# Causes -------------------------------------------------------------------------------------------------
def test_a_corrected_month_is_the_whole_difference_with_who_and_why(sites, admin):
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}), reason="counted twice")
    answer = since(before)
    assert (answer["from"]["value"], answer["to"]["value"]) == ("1500", "1460")
    assert (answer["difference"], answer["change"]) == ("-40", "-2.666666666667")
    assert answer["groups"] == [{"key": "A", "difference": "-40", "points": "-2.666666666667"}]
    assert said(answer) == [("A", "2026-06", "corrected", "-40")]
    (revision,) = answer["lines"][0]["revisions"]
    assert (revision["by"], revision["reason"], revision["revision"]) == ("admin@example.org", "counted twice", 2)


def test_a_month_that_comes_after_the_report_is_late_within_its_months_and_absent_beyond_them(sites, admin):
    before = version()
    declare(admin, sites["B"], monthly(sites["B-1"], {"2026-05": 7, "2026-07": 900}))
    answer = since(before)
    assert answer["window"] == {"from": "2026-01", "to": "2026-06"}
    assert (said(answer), answer["difference"]) == ([("B", "2026-05", "late", "7")], "7")


def test_a_file_that_is_taken_back_is_rolled_back(sites, admin, manager):
    drafts = declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    before = version()
    with write(manager, "wrong plant") as door:
        actions.roll_back(door, manager, drafts)
    answer = since(before)
    assert said(answer) == [("A", "2026-06", "rolled_back", "40")]
    assert answer["lines"][0]["revisions"][0]["reason"] == "wrong plant"


def test_a_correction_and_its_taking_back_are_two_lines_that_cancel_out(sites, admin, manager):
    before = version()
    drafts = declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    with write(manager, "wrong plant") as door:
        actions.roll_back(door, manager, drafts)
    answer = since(before)
    assert (answer["difference"], answer["groups"][0]["difference"]) == ("0", "0")
    assert said(answer) == [("A", "2026-06", "corrected", "-40"), ("A", "2026-06", "rolled_back", "40")]


def test_a_part_that_changes_family_moves_the_family_and_no_total(sites, admin):
    before = version()
    with write(admin, "sorted again") as door:
        ledger.reclassify(door, sites["A-1"], Family.objects.get(code="clutches"))
    assert since(before)["lines"] == []
    assert said(since(before, "--filter=family=brakes")) == [("A", "2026-06", "reclassified", "-1000")]
    assert said(since(before, "--filter=family=clutches")) == [("A", "2026-06", "reclassified", "1000")]


def test_a_site_whose_joining_month_moves_leaves_the_perimeter_or_joins_it(sites, manager):
    before = version()
    with write(manager, "joined in July") as door:
        expecting.expect(door, sites["B"], month("2026-07"))
    left = since(before)
    assert (said(left), left["lines"][0]["versions"]) == ([("B", "2026-06", "left", "-500")], [door.version])
    outside = version()
    with write(manager, "joined in June after all") as door:
        expecting.expect(door, sites["B"], month("2026-06"))
    assert said(since(outside)) == [("B", "2026-06", "joined", "500")]
    assert said(since(before)) == []


def test_a_correction_of_a_site_outside_the_perimeter_is_no_difference(sites, admin, manager):
    with write(manager, "joined in July") as door:
        expecting.expect(door, sites["B"], month("2026-07"))
    before = version()
    declare(admin, sites["B"], monthly(sites["B-1"], {"2026-06": 1}))
    assert since(before)["lines"] == []


def test_one_part_is_followed_through_its_lines(sites, admin):
    other = making.part("A-2", sites["A"].firm)
    before = version()
    declare(admin, sites["A"], {"2026-06": [(sites["A-1"], {"produced": 990}), (other, {"produced": 10})]})
    assert said(since(before, "--filter=part=A-1")) == [("A", "2026-06", "corrected", "-10")]
    assert said(since(before, "--filter=part=A-2")) == [("A", "2026-06", "corrected", "10")]
    assert since(before)["difference"] == "0"


def test_groups_and_lines_add_up_to_the_difference_whatever_they_are_grouped_by(sites, admin):
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": "960.125", "2026-03": 3}))
    declare(admin, sites["B"], monthly(sites["B-1"], {"2026-06": "500.001"}))
    for by in ("supplier", "site", "month"):
        answer = since(before, f"--by={by}")
        for rows in ("groups", "lines"):
            assert sum(Decimal(row["difference"]) for row in answer[rows]) == Decimal(answer["difference"])
    assert answer["difference"] == "-36.874"


def test_a_later_situation_may_be_named_instead_of_now(sites, admin):
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    between = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 900}))
    assert since(before, f"--to={between}")["difference"] == "-40"
    assert since(between)["difference"] == "-60"
    assert since(before)["lines"][0]["versions"] == [int(between[1:]), int(between[1:]) + 1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("since", "coverage", "--from=v1"), "Two situations of 'coverage' are not compared"),
        (("since", "produced", "--from=v2", "--to=v1"), "comes after the other one"),
        (("since", "produced", "--from=v9"), "There is no version v9 yet"),
        (("since", "produced", "--from=yesterday"), "as-of: 'yesterday' is neither a day"),
        (("since", "produced", "--from=v1", "--by=family"), "--by 'family' is not one of"),
    ],
)
def test_a_comparison_that_makes_no_sense_is_a_wrong_call(sites, words, why):
    answer, code = ask(*words)
    assert (code, answer["state"]) == (2, "wrong_call")
    assert why in answer["error"]


# The page -----------------------------------------------------------------------------------------------
def shown(client, query="", language="en"):
    """Return the words of the page without its markup."""
    client.cookies["django_language"] = language
    answer = client.get(f"/production/since/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_page_says_it_in_one_sentence_and_leads_to_the_declaration(sites, admin, manager, signed_in):
    before = version()
    (declaration,) = declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}), reason="counted twice")
    page = shown(signed_in(manager), f"?since={before}&year=2026", "fr")
    assert "−2,7 %, soit −40 sur les mêmes mois (janvier – juin 2026), dont A −40 (juin 2026 rectifié)." in page
    assert f"/production/declarations/{declaration.pk}/" in page
    assert "counted twice" in page


def test_the_page_says_that_nothing_changed(sites, manager, signed_in):
    page = shown(signed_in(manager), f"?since={version()}&year=2026")
    assert "nothing has changed over the same months (January – June 2026)." in page


def test_without_a_situation_the_last_report_is_meant(sites, admin, manager, signed_in):
    client = signed_in(manager)
    assert "No report has left yet." in shown(client)
    assert client.get("/reports/report.xlsx?year=2026").status_code == 200
    logged = Download.objects.get()
    assert (logged.report, logged.year, logged.as_of, f"v{logged.version}") == (
        "home",
        2026,
        date(2026, 9, 22),
        version(),
    )
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    assert "that is −40 over the same months" in shown(client)
    assert f"/production/since/?year=2026&amp;since=v{logged.version}" in client.get("/").content.decode()


def test_a_report_of_an_earlier_situation_is_remembered_with_that_situation(sites, admin, manager, signed_in):
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    assert signed_in(manager).get(f"/reports/report.pdf?year=2026&as-of={before}").status_code == 200
    assert f"v{Download.objects.get().version}" == before


def test_a_wrong_situation_is_said_and_nothing_is_compared(sites, manager, signed_in):
    answer = signed_in(manager).get("/production/since/?since=yesterday")
    assert answer.status_code == 400


def test_a_supplier_sees_what_changed_of_its_own_and_no_reports(sites, admin, manager, supplier_user, signed_in):
    own = making.site("P05")
    part = making.part("P05-1", own.firm)
    declare(admin, own, monthly(part, {"2026-06": 10}))
    signed_in(manager).get("/reports/report.xlsx?year=2026")
    before = version()
    declare(admin, own, monthly(part, {"2026-06": 8}))
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 1}))
    client = signed_in(supplier_user)
    assert "No report has left yet." in shown(client)
    page = shown(client, f"?since={before}&year=2026")
    assert "that is −2 over the same months" in page
    assert 'href="/suppliers/A/' not in page


def test_the_file_has_the_lines_and_says_the_situation(sites, admin, manager, signed_in):
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}), reason="counted twice")
    client = signed_in(manager)
    client.cookies["django_language"] = "en"
    answer = client.get(f"/production/since/?since={before}&year=2026&as-of={version()}&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("A,2026-06,corrected,-40,")
    assert f'Situation,"Situation at version {version()[1:]}, of 22/09/2026"' in lines


def test_two_situations_are_compared_with_as_many_questions_however_much_changed(sites, admin, manager, signed_in):
    client = signed_in(manager)
    before = version()
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 960}))
    client.get(f"/production/since/?since={before}&year=2026")
    one = queries(client, before)
    declare(admin, sites["A"], monthly(sites["A-1"], {"2026-06": 961, "2026-05": 4}))
    declare(admin, sites["B"], monthly(sites["B-1"], {"2026-06": 9, "2026-02": 4}))
    assert queries(client, before) == one


def queries(client, before):
    """Return how many questions the page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/production/since/?since={before}&year=2026")
    return len(asked)


def test_closing_and_reopening_change_no_volume(sites, manager):
    before = version()
    with write(manager, "closing") as door:
        periods.close(door, manager, [month("2026-06")], accept="all there")
    assert since(before)["lines"] == []
