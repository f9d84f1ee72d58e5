"""Two references of one part become one: figures, files, what was known before, and what stands against it."""

import pytest

from catalogue.models import Part, PartAlias
from intake import desk
from office import clock
from office.door import Refused, write
from production import actions, merging, periods, verify
from production.models import Declaration, Posting, Revision
from tests import making
from tests.browser.asking import ask
from tests.intake.test_desk import check, content
from tests.making import declare, month, monthly
from tests.production.test_cases import figure

pytestmark = pytest.mark.django_db
HALF = {"from_": "2026-01", "to": "2026-06"}


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


@pytest.fixture
def plant(admin):
    """A site that declared January and February under one reference, March under another."""
    site = making.site("A")
    making.expect(site, "2026-01")
    old, new = making.part("OLD-1", site.firm), making.part("NEW-1", site.firm)
    declare(admin, site, monthly(old, {"2026-01": 100, "2026-02": "20.125"}))
    declare(admin, site, monthly(new, {"2026-03": 7}))
    return site, old, new


def version():
    """Return the data version of now."""
    return clock.moment().version


def merged(user, old, new, reason="one part, typed twice"):
    """Merge a part into another; returns the version of before."""
    before = version()
    with write(user, reason) as door:
        merging.merge(door, user, old, new, reason)
    return before


def by_part(**words):
    """Return {reference: value} of the half year."""
    return {group["key"]: group["value"] for group in figure(by="part", **HALF, **words)["groups"]}


def answers(at):
    """Return every way in which a report may have asked for these parts, as of a version."""
    texts = ("OLD-1", "NEW-1", "A:OLD-1", "SAYS-OLD")
    one_part = [figure(filters={"part": text}, as_of=f"v{at}", **HALF) for text in texts]
    return [figure(as_of=f"v{at}", by="part", **HALF), figure(as_of=f"v{at}", by="family", **HALF), *one_part]


def test_lines_of_both_references_count_as_one_part_from_that_version_on(plant, admin):
    _site, old, new = plant
    merged(admin, old, new)
    assert by_part() == {"NEW-1": "127.125"}
    assert figure(**HALF)["value"] == "127.125"
    assert {figure(filters={"part": name}, **HALF)["value"] for name in ("OLD-1", "NEW-1")} == {"127.125"}
    assert verify.verify() == []


def test_reports_of_before_a_merge_do_not_move_to_the_last_digit(plant, admin):
    _site, old, new = plant
    PartAlias.objects.create(part=old, firm=making.firm("BRAND"), reference="SAYS-OLD", reference_key="SAYSOLD")
    before = version()
    told = answers(before)
    merged(admin, old, new)
    assert answers(before) == told
    assert figure(filters={"part": "SAYS-OLD"}, **HALF)["value"] == "127.125"


def test_a_merged_part_that_is_merged_again_is_followed_version_by_version(plant, admin):
    site, old, new = plant
    first = merged(admin, old, new)
    last = making.part("LAST-1", site.firm)
    second = merged(admin, new, last)
    asked = {"filters": {"part": "OLD-1"}, **HALF}
    assert [figure(as_of=f"v{at}", **asked)["value"] for at in (first, second)] == ["120.125", "127.125"]
    assert by_part() == {"LAST-1": "127.125"}
    assert verify.verify() == []


def test_a_merge_across_families_moves_their_totals_by_a_posting_of_its_own(plant, admin):
    site, old, _new = plant
    clutch = making.part("CL-1", site.firm, "clutches")
    before = merged(admin, old, clutch)
    totals = {group["key"]: group["value"] for group in figure(by="family", **HALF)["groups"]}
    assert totals == {"clutches": "120.125", "brakes": "7"}
    assert set(Posting.objects.filter(version__gt=before).values_list("cause", flat=True)) == {"merge"}
    answer, _code = ask("since", "produced", f"--from=v{before}", "--year=2026", "--filter=family=clutches")
    assert {line["cause"] for line in answer["lines"]} == {"merged"}
    assert verify.verify() == []


def test_one_part_is_followed_since_a_report_through_its_merge(plant, admin):
    _site, old, new = plant
    before = merged(admin, old, new)
    answer, _code = ask("since", "produced", f"--from=v{before}", "--year=2026", "--filter=part=NEW-1")
    assert {(line["month"], line["cause"], line["difference"]) for line in answer["lines"]} == {
        ("2026-01", "merged", "100"),
        ("2026-02", "merged", "20.125"),
    }


def test_each_line_keeps_the_file_and_row_it_came_from(plant, admin):
    _site, old, new = plant
    merged(admin, old, new, "one part")
    again = Declaration.objects.get(head__month=month("2026-01"), revision=2)
    line, was = again.lines.get(), again.based_on.lines.get()
    assert (line.part, was.part, line.produced) == (new, old, was.produced)
    assert (line.batch, line.source_sheet, line.source_row) == (was.batch, was.source_sheet, was.source_row)
    kinds = Revision.objects.filter(head=again.head).order_by("write").values_list("kind", flat=True)
    assert list(kinds) == ["first", "merged"]
    assert (again.state, again.reason) == ("approved", "OLD-1 merged into NEW-1: one part")


def test_months_in_which_both_are_declared_are_named_and_nothing_is_changed(plant, admin):
    site, old, new = plant
    declare(admin, site, {"2026-03": [(new, {"produced": 7}), (old, {"produced": 1})]})
    before = version()
    with pytest.raises(Refused, match=r"\(A March 2026\)"):
        merged(admin, old, new)
    assert (version(), Part.objects.get(pk=old.pk).merged_into, PartAlias.objects.count()) == (before, None, 0)


def test_parts_of_two_units_or_two_firms_or_one_alone_are_not_merged(plant, admin):
    site, old, _new = plant
    kit, theirs = making.part("KIT", site.firm, unit="set"), making.part("B-1", making.firm("B"))
    reasons = [merging.reasons_against(admin, old, other) for other in (kit, theirs, old)]
    assert [len(each) for each in reasons] == [1, 1, 1]
    assert "OLD-1" in reasons[0][0]


def test_a_month_that_waits_for_a_decision_is_decided_first(plant, admin):
    site, old, new = plant
    maker = making.person("maker@a.dz", making.SUPPLIER, firm=site.firm)
    (waiting,) = declare(maker, site, monthly(old, {"2026-04": 9}))
    with pytest.raises(Refused, match=r"\(A April 2026\)"):
        merged(admin, old, new)
    with write(admin, "seen") as door:
        actions.approve(door, admin, waiting)
    merged(admin, old, new)
    assert by_part() == {"NEW-1": "136.125"}


def test_closed_months_stay_closed_and_final_and_only_a_manager_moves_them_between_families(plant, admin, manager):
    site, old, new = plant
    clutch = making.part("CL-1", site.firm, "clutches")
    with write(manager, "closing") as door:
        periods.close(door, manager, [month("2026-01")])
    assert merging.reasons_against(manager, old, clutch) == []
    with pytest.raises(Refused):
        merged(admin, old, clutch)
    merged(admin, old, new)
    assert actions.closed_months([month("2026-01")]) == {month("2026-01")}


def test_what_stood_before_with_a_merged_reference_does_not_come_back(plant, admin):
    site, old, new = plant
    other = making.part("X-1", site.firm)
    declare(admin, site, monthly(other, {"2026-01": 1, "2026-02": 2}))  # the months no longer name OLD-1
    (latest,) = declare(admin, site, monthly(old, {"2026-05": 4}))
    (over,) = declare(admin, site, monthly(other, {"2026-05": 5}))
    assert (latest.head_id, over.revision) == (over.head_id, 2)
    merged(admin, old, new)
    with pytest.raises(Refused), write(admin, "back") as door:
        actions.roll_back(door, admin, [over])
    assert verify.verify() == []


def test_a_file_with_either_reference_lands_on_the_kept_part(plant, admin, tmp_path):
    _site, old, new = plant
    merged(admin, old, new)
    for text, when, amount in (("OLD-1", "2026-04", 11), ("new 1", "2026-05", 13)):
        path = tmp_path / f"{when}.csv"
        path.write_text(f"Site;Référence;Mois;Production\nA;{text};{when};{amount}\n")
        answer, code = ask("upload", "output", str(path))
        assert code == 0, answer
    assert by_part() == {"NEW-1": "151.125"}


def test_a_file_at_its_preview_is_previewed_again_when_its_reference_was_merged(plant, admin):
    _site, old, new = plant
    batch, found = check(admin, content(["OLD-1", "04/2026", 11]), supplier="A")
    assert found["state"] == "checked"
    merged(admin, old, new)
    assert desk.apply(admin, batch, clock.moment())["state"] == "checked"
    assert desk.apply(admin, batch, clock.moment())["state"] == "applied"
    assert by_part() == {"NEW-1": "138.125"}


def test_the_page_shows_what_would_move_and_merges_once(plant, admin, client):
    _site, old, new = plant
    client.force_login(admin)
    url = "/production/suppliers/A/merge/"
    said = {"merged": "old 1", "kept": "NEW-1"}
    shown = client.get(url, said)
    assert (shown.context["moves"].lines, shown.context["moves"].months) == (2, 2)
    assert client.post(url, {**said, "key": "k0"}).status_code == 200  # no reason: nothing was done
    assert Part.objects.get(pk=old.pk).merged_into is None
    sent = {**said, "key": "k1", "reason": "one part"}
    answers = [client.post(url, sent), client.post(url, sent)]
    assert (answers[0].status_code, answers[0].url) == (302, "/production/lines/?part=A%3ANEW-1")
    assert Declaration.objects.filter(revision=2).count() == 2
    kept = PartAlias.objects.get(part=new)
    assert client.post(f"/files/senders/A/aliases/{kept.pk}/forget/").status_code == 404  # files still use it
    lines = client.get("/production/lines/", {"part": "A:OLD-1"})
    assert {line.part for line in lines.context["table"].data.data} == {new}
