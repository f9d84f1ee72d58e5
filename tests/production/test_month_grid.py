"""The month grid: what is typed is a file; what is wrong comes back beside its cell; nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake import senders
from intake.models import Batch
from office.door import write
from production import actions, grid, periods, proof
from production.models import Declaration, OutputLine, Standing
from production.verify import verify
from tests import making

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)


@pytest.fixture
def site(moment, admin):
    """P05 made 100 of AX-1 in July (40 in stock at its end) and 120 in August, of which 30 were sold."""
    made = making.site("P05")
    part = making.part("AX-1", made.firm)
    making.part("AX-2", made.firm)
    making.declare(admin, made, {"2026-07": [(part, {"produced": 100, "closing": 40})]})
    making.declare(admin, made, {"2026-08": [(part, {"produced": 120, "sold_unsplit": "30.5"})]})
    return made


@pytest.fixture
def open_grid(signed_in):
    """Return a function that opens the grid of a month as somebody; gives (browser, fields of its form)."""

    def at(user, address="/production/entry/?site=P05&month=2026-08"):
        client = signed_in(user)
        client.cookies["django_language"] = "en"
        answer = client.get(address)
        assert answer.status_code == 200
        return client, fields(answer)

    return at


def fields(answer):
    """Return what the form of a shown grid would send, unchanged."""
    shown = answer.context
    sent = {"site": shown["sheet"].site.code, "month": f"{shown['sheet'].month:%Y-%m}", "rows": len(shown["rows"])}
    sent |= {"key": shown["form"]["key"].value(), "at": shown["form"]["at"].value()}
    sent |= {name: shown["how"][name].value() or "" for name in shown["how"].fields if name != "proof"}
    if shown["sheet"].batch:
        sent["batch"] = shown["sheet"].batch.pk
    for place, row in enumerate(shown["rows"]):
        sent |= {f"ref-{place}": row.reference, f"brand-{place}": row.brand}
        sent |= {f"c-{place}-{name}": text for name, _label, text, _faults, _shown in row.cells()}
    return sent


def check(client, sent, **more):
    """Press the button that checks the month."""
    return client.post(reverse("entry"), {**sent, "do": "check", **more})


def latest():
    """Return the file that came last."""
    return Batch.objects.order_by("pk").last()


def apply(client, batch):
    """Apply a file from its preview."""
    return client.post(reverse("batch_apply", args=[batch.pk]), {"key": f"apply {batch.pk}"})


def standing(month=AUGUST):
    """Return {reference: {measure: value}} of what stands of a month."""
    lines = OutputLine.objects.filter(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))
    return {line.part.reference: grid.said(line) for line in lines.filter(month=month).select_related("part")}


# A typed month is a file --------------------------------------------------------------------------------
def test_the_grid_shows_what_stands_and_proposes_the_stock_of_the_month_before(open_grid, site, admin):
    _client, sent = open_grid(admin)
    assert (sent["ref-0"], sent["c-0-produced"], sent["c-0-sold_unsplit"]) == ("AX-1", "120", "30.5")
    answer = _client.get("/production/entry/?site=P05&month=2026-08")
    row = answer.context["rows"][0]
    assert (row.opening, row.texts.get("opening")) == (Decimal(40), None)
    assert "40" in answer.content.decode().split("cell-hint", 1)[1].split("</small>", 1)[0]


def test_only_changed_cells_go_into_the_file_and_a_line_leads_to_its_cell(open_grid, site, admin):
    client, sent = open_grid(admin)
    answer = check(client, sent, **{"c-0-produced": "125", "c-0-opening": "40"})
    batch = latest()
    assert answer.url == reverse("batch", args=[batch.pk])
    assert batch.file.read().decode("utf-8-sig").splitlines() == [
        "référence;mois;quantité produite;stock initial",
        "AX-1;2026-08;125;40",
    ]
    assert (batch.state, batch.channel, batch.result["counts"]["new"]) == ("checked", "entry", 1)
    assert batch.result["changes"][0]["old"] == "120"
    apply(client, batch)
    assert standing() == {"AX-1": {"produced": 125, "sold_unsplit": Decimal("30.5"), "opening": 40}}
    line = OutputLine.objects.get(declaration__batch=batch)
    places = {
        str(name): (source.name, row, column) for name, _v, source, _s, row, column in proof.cells(line) if source
    }
    assert places == {"Produced": (batch.name, 2, "C"), "Opening stock": (batch.name, 2, "D")}
    assert verify() == []


def test_the_same_sending_twice_makes_one_file(open_grid, site, admin):
    client, sent = open_grid(admin)
    first, second = (check(client, sent, **{"c-0-produced": "125"}) for _twice in range(2))
    assert (first.url, Batch.objects.count()) == (second.url, 1)


def test_typing_back_and_forth_is_never_taken_for_the_same_file(open_grid, site, admin):
    for value in ("130", "120", "130"):
        client, sent = open_grid(admin)
        check(client, sent, **{"c-0-produced": value})
        apply(client, latest())
        assert standing()["AX-1"]["produced"] == Decimal(value)


def test_nothing_changed_is_said_and_makes_no_file(open_grid, site, admin):
    client, sent = open_grid(admin)
    answer = check(client, sent, **{"c-0-produced": "120,0"})
    assert answer.context["sheet"].problems == ["Nothing was sent: no value differs from what stands."]
    assert not Batch.objects.exists()


def test_a_form_without_its_key_is_refused(open_grid, site, admin):
    client, sent = open_grid(admin)
    assert client.post(reverse("entry"), {**sent, "key": ""}).status_code == 400
    assert client.post(reverse("entry"), {**sent, "at": "x"}).status_code == 400


# What is wrong ------------------------------------------------------------------------------------------
def test_what_is_wrong_comes_back_beside_its_cell_with_everything_that_was_typed(open_grid, site, admin):
    client, sent = open_grid(admin)
    answer = check(client, sent, reason="recount", **{"c-0-produced": "ten", "c-0-closing": "55"})
    assert "batch=" in answer.url
    again = client.get(answer.url)
    row = again.context["rows"][0]
    assert (row.texts["produced"], row.texts["closing"]) == ("ten", "55")
    assert [sentence.startswith("This is not a number.") for sentence in row.faults["produced"]] == [True]
    assert again.context["form"]["reason"].value() == "recount"
    check(client, fields(again), **{"c-0-produced": "10"})
    apply(client, latest())
    assert standing()["AX-1"] == {"produced": 10, "sold_unsplit": Decimal("30.5"), "closing": 55}


def test_an_unknown_reference_is_refused_in_its_row_and_created_where_that_is_said(open_grid, site, admin):
    client, sent = open_grid(admin)
    shown = client.post(reverse("entry"), {**sent, "do": "add", "add": "ZZ-9"})
    assert [(row.reference, row.known) for row in shown.context["rows"]] == [("AX-1", True), ("ZZ-9", False)]
    sent = fields(shown)
    again = client.get(check(client, sent, **{"c-1-produced": "7"}).url)
    assert again.context["rows"][1].own_faults[0].startswith("This reference is not known.")
    check(client, fields(again), create="on")
    apply(client, latest())
    assert standing()["ZZ-9"] == {"produced": 7}


def test_a_number_that_can_be_read_in_two_ways_is_asked(open_grid, site, admin):
    client, sent = open_grid(admin)
    again = client.get(check(client, sent, **{"c-0-produced": "2.875"}).url)
    assert again.context["asks_decimal"] is True
    check(client, fields(again), decimal="comma")
    assert latest().result["changes"][0]["new"] == "2875"


@pytest.mark.parametrize("month", ["2026-10", "2026-13", "august"])
def test_a_month_that_has_not_begun_or_is_none_is_not_opened(signed_in, site, admin, month):
    answer = signed_in(admin).get(f"/production/entry/?site=P05&month={month}")
    assert answer.context["form"].errors["month"]


@pytest.mark.parametrize(("known", "text"), [("dot", "2.8750"), ("comma", "2,8750"), (None, "2.8750")])
def test_a_value_that_is_shown_again_can_be_sent_as_it_stands(open_grid, site, admin, supplier_user, known, text):
    if known:
        senders.remember(site.firm, "output", {"decimal": known})
    client, sent = open_grid(supplier_user)
    check(client, sent, **{"c-0-closing": text})
    apply(client, latest())
    with write(admin) as door:
        actions.send_back(door, admin, Declaration.objects.get(state="submitted"), "see row 7")
    client, sent = open_grid(supplier_user)
    assert sent["c-0-closing"] == text
    check(client, sent)
    assert (latest().state, latest().result["counts"]["new"]) == ("checked", 1)


# Erasing ------------------------------------------------------------------------------------------------
def test_an_emptied_cell_erases_only_when_that_is_ticked(open_grid, site, admin):
    client, sent = open_grid(admin)
    kept = check(client, sent, **{"c-0-sold_unsplit": ""})
    assert kept.context["sheet"].problems[0].startswith("Values were emptied and nothing else changed.")
    check(client, sent, erase="on", **{"c-0-sold_unsplit": ""})
    assert latest().result["changes"][0] == latest().result["changes"][0] | {"old": "30.5", "new": None}
    apply(client, latest())
    assert standing() == {"AX-1": {"produced": 120}}


def test_an_emptied_cell_that_stays_is_said(open_grid, site, admin):
    client, sent = open_grid(admin)
    check(client, sent, **{"c-0-sold_unsplit": "", "c-0-produced": "121"})
    page = client.get(reverse("batch", args=[latest().pk]))
    assert "1 emptied value stays as it was" in page.content.decode()
    assert "sold_unsplit" not in {change["measure"] for change in latest().result["changes"]}


# Two people ---------------------------------------------------------------------------------------------
def test_what_somebody_else_wrote_meanwhile_is_neither_lost_nor_hidden(open_grid, site, admin, manager):
    _client, mine = open_grid(admin)
    client, theirs = open_grid(manager)
    check(client, theirs, **{"c-0-produced": "200"})
    apply(client, latest())
    client, _fresh = open_grid(admin)
    check(client, mine, **{"c-0-closing": "9"})
    assert (latest().result["counts"]["new"], latest().result["changes"]) == (1, [])
    apply(client, latest())
    assert standing()["AX-1"] == {"produced": 200, "sold_unsplit": Decimal("30.5"), "closing": 9}


def test_a_preview_that_was_overtaken_shows_the_new_difference(open_grid, site, admin, manager):
    client, mine = open_grid(admin)
    check(client, mine, **{"c-0-produced": "150"})
    batch = latest()
    client, theirs = open_grid(manager)
    check(client, theirs, **{"c-0-produced": "200"})
    apply(client, latest())
    apply(client, batch)
    batch.refresh_from_db()
    assert (batch.state, batch.result["changes"][0]["old"], standing()["AX-1"]["produced"]) == ("checked", "200", 200)


# Pasting and adding -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "AX-1\t130\nAX-2\t7",
        "Référence\tDésignation\tQuantité produite\r\nAX-1\tDisque\t130\r\nAX-2\tPlaquette\t7\r\nTotal\t\t137",
        "Réf\taoût 2026\nax 1\t130\nAX2\t7",
    ],
)
def test_rows_are_pasted_with_or_without_headings(open_grid, site, admin, text):
    client, sent = open_grid(admin)
    shown = client.post(reverse("entry"), {**sent, "do": "fill", "paste": text})
    assert [(row.reference, row.texts["produced"]) for row in shown.context["rows"]] == [("AX-1", "130"), ("AX-2", "7")]
    check(client, fields(shown))
    assert [latest().result["counts"][name] for name in ("new", "changed")] == [1, 1]


def test_what_was_pasted_is_sent_even_when_the_grid_was_not_filled_first(open_grid, site, admin):
    client, sent = open_grid(admin)
    check(client, sent, paste="AX-1\t130\nAX-2\t7")
    assert [latest().result["counts"][name] for name in ("new", "changed")] == [1, 1]


def test_what_becomes_of_references_that_were_not_pasted_is_asked(open_grid, site, admin):
    client, sent = open_grid(admin)
    shown = check(client, sent, paste="AX-2\t7")
    assert shown.context["sheet"].problems[0].startswith("2 values of references that were not pasted stand")
    assert (shown.context["form"]["paste"].value(), Batch.objects.exists()) == ("AX-2\t7", False)
    check(client, sent, paste="AX-2\t7", others="complete")
    assert [latest().result["counts"][name] for name in ("new", "changed")] == [1, 0]


def test_a_pasted_table_can_replace_the_month(open_grid, site, admin):
    client, sent = open_grid(admin)
    shown = client.post(reverse("entry"), {**sent, "do": "fill", "paste": "AX-2\t7", "others": "replace"})
    assert shown.context["form"]["erase"].value()
    assert set(shown.context["rows"][0].texts.values()) == {""}
    check(client, sent, paste="AX-2\t7", others="replace")
    assert [(each["old"], each["new"]) for each in latest().result["changes"]] == [("120", None), ("30.5", None)]
    apply(client, latest())
    assert (standing(), verify()) == ({"AX-2": {"produced": 7}}, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Réf\tjuillet 2026\nAX-1\t1", "2026-08"),
        ("Réf\tMois\tProduit\nAX-1\t07/2026\t1", "07/2026"),
        ("AX-1\t1\nax1\t2", "more than once"),
        ("Produit\tRebuts\n1\t2", "no column of references"),
    ],
)
def test_what_cannot_be_pasted_is_said_and_kept(open_grid, site, admin, text, said):
    client, sent = open_grid(admin)
    shown = check(client, sent, paste=text)
    assert said in shown.context["sheet"].problems[0]
    assert shown.context["form"]["paste"].value() == text
    assert not Batch.objects.exists()


def test_references_that_are_like_the_asked_one_are_offered(open_grid, site, admin):
    client, sent = open_grid(admin)
    shown = client.post(reverse("entry"), {**sent, "do": "add", "add": "x-"})
    assert [part.reference for part in shown.context["sheet"].matches] == ["AX-1", "AX-2"]
    shown = client.post(reverse("entry"), {**sent, "add_part": "AX-2"})
    assert [row.reference for row in shown.context["rows"]] == ["AX-1", "AX-2"]


def test_a_brand_is_kept_and_a_pasted_row_without_one_means_it(open_grid, site, admin):
    part, sold_as = making.part("BX-1", site.firm), making.brand("brand-a")
    with write(admin, "a file") as door:
        (draft,) = making.drafts(admin, site, {"2026-09": []})
        OutputLine.objects.create(
            declaration=draft, site=site, month=date(2026, 9, 1), part=part, brand=sold_as, unit_id="piece", produced=5
        )
        actions.settle(door, admin, [draft])
    client, sent = open_grid(admin, "/production/entry/?site=P05&month=2026-09")
    check(client, sent, paste="BX-1\t6")
    apply(client, latest())
    line = OutputLine.objects.get(declaration__batch=latest())
    assert (line.brand, line.produced) == (sold_as, 6)


# Closed, waiting, returned ------------------------------------------------------------------------------
def test_a_closed_month_needs_a_reason_and_waits_for_a_manager(open_grid, site, admin, manager):
    with write(manager) as door:
        periods.close(door, manager, [AUGUST], accept="late")
    client, sent = open_grid(admin)
    again = client.get(check(client, sent, **{"c-0-produced": "125"}).url)
    assert "closed months" in again.context["sheet"].problems[0]
    check(client, fields(again), reason="recount")
    apply(client, latest())
    assert (latest().state, standing()["AX-1"]["produced"]) == ("submitted", 120)


def test_a_supplier_submits_is_returned_and_corrects_what_was_returned(open_grid, site, admin, supplier_user):
    client, sent = open_grid(supplier_user)
    check(client, sent, **{"c-0-produced": "999", "c-0-closing": "5"})
    apply(client, latest())
    assert (latest().state, standing()["AX-1"]["produced"]) == ("submitted", 120)
    waits = client.get("/production/entry/?site=P05&month=2026-08")
    assert waits.context["sheet"].waiting is not None
    with write(admin) as door:
        actions.send_back(door, admin, Declaration.objects.get(state="submitted"), "see row 7")
    client, sent = open_grid(supplier_user)
    assert (sent["c-0-produced"], sent["c-0-closing"]) == ("999", "5")
    assert "see row 7" in client.get("/production/entry/?site=P05&month=2026-08").content.decode()
    check(client, sent, **{"c-0-produced": "99"})
    assert {change["new"] for change in latest().result["changes"]} == {"99"}
    apply(client, latest())
    with write(admin) as door:
        actions.approve(door, admin, Declaration.objects.get(state="submitted"))
    assert standing()["AX-1"] == {"produced": 99, "sold_unsplit": Decimal("30.5"), "closing": 5}


def test_a_site_of_another_firm_does_not_exist(signed_in, site, supplier_user):
    making.site("P06")
    client = signed_in(supplier_user)
    assert client.get("/production/entry/?site=P06&month=2026-08").status_code == 404
    assert client.get("/production/entry/?site=P05&month=2026-08&batch=999").status_code == 404


# How it came --------------------------------------------------------------------------------------------
def test_what_came_on_paper_carries_its_day_its_sender_and_its_scan(open_grid, site, admin):
    client, sent = open_grid(admin)
    scan = SimpleUploadedFile("scan.pdf", b"%PDF scan")
    said = {"received_on": "2026-09-14", "channel": "paper", "sender": "Mme N.", "proof": scan}
    check(client, sent, **{"c-0-produced": "125"}, **said)
    apply(client, latest())
    made = Declaration.objects.get(batch=latest())
    assert (made.received_on, made.channel, made.sender) == (date(2026, 9, 14), "paper", "Mme N.")
    assert (made.proof.name, made.proof.firm) == ("scan.pdf", site.firm)
    page = client.get(reverse("declaration", args=[made.pk])).content.decode()
    assert "scan.pdf" in page and "Mme N." in page


def test_nothing_is_received_in_the_future(open_grid, site, admin):
    client, sent = open_grid(admin)
    answer = check(client, sent, **{"c-0-produced": "125", "received_on": "2026-09-23"})
    assert answer.context["how"].errors["received_on"]
    assert answer.context["rows"][0].texts["produced"] == "125"


def test_who_declares_for_their_own_firm_cannot_call_a_late_month_in_time(open_grid, site, supplier_user):
    client, sent = open_grid(supplier_user)
    check(client, sent, **{"c-0-produced": "125", "received_on": "2026-09-01", "channel": "paper"})
    assert (latest().received_on, latest().channel) == (date(2026, 9, 22), "entry")


# Many ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_the_grid_asks_as_much_for_many_parts_as_for_one(signed_in, site, admin, django_assert_num_queries, count):
    rows = [(making.part(f"MANY-{number}", site.firm), {"produced": 1, "closing": 1}) for number in range(count)]
    making.declare(admin, site, {"2026-05": rows, "2026-06": rows})
    client = signed_in(admin)
    client.get("/production/entry/?site=P05&month=2026-06")
    with django_assert_num_queries(13):
        client.get("/production/entry/?site=P05&month=2026-06")


def test_more_rows_than_the_grid_holds_are_sent_as_a_file(open_grid, site, admin):
    client, sent = open_grid(admin)
    many = "\n".join(f"ZX-{number}\t1" for number in range(grid.ROWS_TAKEN))
    shown = check(client, sent, paste=many, others="complete")
    assert (len(shown.context["rows"]), "too many rows" in shown.context["sheet"].problems[0]) == (1, True)
