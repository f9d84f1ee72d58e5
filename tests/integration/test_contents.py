"""The local value rate of a part (indicator B): the worked cases, spans, days, and whose contents are whose."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from integration.content_figures import FIGURES
from integration.content_shares import share
from integration.counting import DIRECT, ROLLED_DOWN, Content, Purchase, local_share
from integration.items import contents_of
from integration.models import ContentInput, ExchangeRate, PartContent
from office.asking import ask
from tests.making import part, site
from tests.suppliers.test_records import check, send

pytestmark = pytest.mark.django_db
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)
COMPUTE = {figure.name: figure.compute for figure in FIGURES}


def content(where, reference="R1", first=JANUARY, last=DECEMBER, price=1200, inputs=(), **values):
    """Say what a part of a site is made of: inputs (value, None for an import or the imported share, "?" not known)."""
    found = where.firm.parts.filter(reference=reference).first() or part(reference, where.firm)
    made = PartContent.objects.create(part=found, site=where, first_month=first, last_month=last, value=price, **values)
    for number, (value, inside) in enumerate(inputs):
        kind = "import" if inside is None else "local"
        known = {} if inside in (None, "?") else {"imported_share": inside}
        ContentInput.objects.create(content=made, kind=kind, name=f"in{number}", value=value, **known)
    return made


CASE = [(250, None), (500, 60)]


def test_the_worked_case_by_figure_and_page(signed_in, analyst, admin, moment):
    made = content(site("S1"), inputs=CASE)
    asked = ask(admin, moment, {}, {"part": "R1"})
    first, second = COMPUTE["part_l1"](asked), COMPUTE["part_l2"](asked)
    assert (round(first.value, 1), first.numerator, first.denominator) == (Decimal("79.2"), 950, 1200)
    assert (round(second.value, 1), second.numerator) == (Decimal("54.2"), 650)
    page = signed_in(analyst).get(f"/integration/contents/{made.pk}")
    text = page.content.decode()
    assert "79,2" in text
    assert "54,2" in text
    assert page.context["inside"] == [300, 300]


def test_what_is_not_known_is_a_span_and_another_currency_is_frozen(admin, moment):
    euro = ExchangeRate.objects.create(currency="EUR", on=JANUARY, rate=130, source="s")
    made = content(site("S1"), price=800, inputs=[(100, "?")], evidence="checked")
    ContentInput.objects.create(content=made, kind="import", name="e", value=2, currency="EUR", exchange=euro)
    ExchangeRate.objects.create(currency="EUR", on=DECEMBER, rate=160, source="s")
    asked = ask(admin, moment, {}, {"part": "R1"})
    assert COMPUTE["part_l1"](asked).value == Decimal("67.5")
    answer = COMPUTE["part_l2"](asked)
    assert (answer.value, answer.more["highest"], answer.state) == (55, "67.5", "provisional")


INPUTS = st.lists(st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(0, 100))), max_size=4)


@given(st.integers(1, 1000), st.integers(0, 900), INPUTS)
def test_the_naive_twin_is_the_engine_of_the_rates(price, imports, inputs):
    made = Content(
        Decimal(price),
        Decimal(imports),
        tuple(Purchase(Decimal(value), share and Decimal(share)) for value, share in inputs),
    )
    for tier in (DIRECT, ROLLED_DOWN):
        mine, engine = share(made, tier), local_share(made, tier)
        assert abs(mine.low / mine.price - engine.low) < Decimal("1e-20")
        assert abs(mine.high / mine.price - engine.high) < Decimal("1e-20")


def test_a_day_takes_the_period_that_holds_it_else_the_last_before(admin, moment):
    where, other = site("S1"), site("S2")
    content(where, first=date(2025, 1, 1), last=date(2025, 6, 1), price=100, inputs=[(10, None)])
    content(where, first=date(2026, 1, 1), last=date(2026, 3, 1), price=100, inputs=[(20, None)])
    content(other, "R2", price=300, inputs=[(30, None)])

    def asked(on=None, **filters):
        return COMPUTE["part_l1"](ask(admin, moment, {"on": on, "by": "part"}, filters))

    assert asked("2025-03-01", part="R1").value == 90
    assert asked("2025-09-01", part="R1").value == 90
    late = asked("2026-09-22", part="R1")
    assert (late.value, late.state) == (80, "provisional")
    assert "2026-09-22" in late.basis or "22/09/2026" in late.basis
    assert asked("2024-12-31", part="R1").value is None
    both = asked()
    assert both.value is None
    assert {group.key: group.value for group in both.groups} == {"S1:R1": 80, "S2:R2": 90}
    assert asked(site="S2").value == 90


def test_a_supplier_sees_and_enters_what_is_its_own_until_the_house_has_checked_it(
    signed_in, supplier_user, admin, moment
):
    own = site("OWN", of="P05")
    part("MINE", own.firm)
    foreign = content(site("S9"))
    client = signed_in(supplier_user)
    sent = {"site": own.pk, "reference": "mine", "first_month": "2026-01", "last_month": "2026-06", "basis": "price"}
    sent |= {"value": "1200", "evidence": "audited", "key": "k1"}
    made = client.post("/integration/contents/new", sent)
    mine = PartContent.objects.get(part__reference="MINE")
    assert made.url == f"/integration/contents/{mine.pk}"
    assert (mine.evidence, mine.last_month) == ("declared", date(2026, 6, 1))
    assert client.post("/integration/contents/new", {**sent, "key": "k2"}).context["form"].non_field_errors()
    assert (
        client.post("/integration/contents/new", {**sent, "reference": "NO", "key": "k3"})
        .context["form"]
        .errors["reference"]
    )
    bought = {"kind": "import", "name": "steel", "value": "2", "currency": "eur", "key": "k4"}
    door = f"/integration/contents/{mine.pk}/purchases/new"
    assert client.post(door, bought).context["form"].errors["exchange"]
    rate = ExchangeRate.objects.create(currency="EUR", on=date(2026, 6, 30), rate=150, source="s")
    ExchangeRate.objects.create(currency="EUR", on=date(2026, 7, 1), rate=160, source="s")
    assert client.post(door, {**bought, "key": "k5"}).status_code == 302
    assert mine.inputs.get().exchange == rate
    assert client.get(f"/integration/contents/{foreign.pk}").status_code == 404
    assert [row.record.pk for row in client.get("/integration/contents/").context["table"].rows] == [mine.pk]
    asked = ask(supplier_user, moment, {"by": "part"}, {})
    assert len(COMPUTE["part_l1"](asked).groups) == 1
    PartContent.objects.update(evidence="checked")
    assert client.get(f"/integration/contents/{mine.pk}").status_code == 200
    assert client.get(f"/integration/contents/{mine.pk}/edit").status_code == 404
    assert client.get(door).status_code == 404
    assert signed_in(admin).get(f"/integration/contents/{mine.pk}/edit").status_code == 200


def test_the_list_and_its_file_ask_a_fixed_number_of_questions(signed_in, analyst):
    client, where = signed_in(analyst), site("S1")

    def asked():
        with CaptureQueriesContext(connection) as found:
            page = client.get("/integration/contents/?supplier=S1")
        return len(found), page

    content(where, "R0", inputs=CASE)
    asked()
    counts = [asked()[0]]
    for number in range(1, 8):
        content(where, f"R{number}", inputs=[*CASE, (10, "?")])
        if number in (2, 7):
            counts.append(asked()[0])
    assert len(set(counts)) == 1
    lines = b"".join(client.get("/integration/contents/", {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert "79,16" in lines


def test_a_rate_that_values_are_frozen_at_is_not_changed(signed_in, admin):
    client = signed_in(admin)
    sent = {"currency": "eur", "on": "2026-08-31", "rate": "147,5", "source": "Banque", "key": "k1"}
    assert client.post("/integration/exchange/new", sent).url == "/integration/exchange/"
    rate = ExchangeRate.objects.get()
    assert (rate.currency, rate.rate) == ("EUR", Decimal("147.5"))
    edit = {**sent, "rate": "148", "version": "1", "reason": "", "key": "k2"}
    assert client.post(f"/integration/exchange/{rate.pk}/edit", edit).status_code == 302
    made = content(site("S1"))
    ContentInput.objects.create(content=made, kind="import", name="e", value=2, currency="EUR", exchange=rate)
    late = {**edit, "rate": "150", "version": "2", "key": "k3"}
    assert client.post(f"/integration/exchange/{rate.pk}/edit", late).context["form"].non_field_errors()
    assert ExchangeRate.objects.get().rate == 148
    assert client.get("/integration/exchange/").status_code == 200


CONTENTS = (
    ["Site", "Reference", "First month", "Last month", "Basis", "Price or cost, in DZD", "Evidence"],
    ["S1", "R1", "01/01/2026", "31/12/2026", "ex-works price before tax", "1200", "declared"],
)
PURCHASES = (
    ["Site", "Reference", "First month", "Kind", "What", "Value", "Currency", "Imported content, in %"],
    ["S1", "R1", "2026-01-01", "imported directly", "steel", "2", "EUR", ""],
    ["S1", "R1", "2026-01-01", "bought locally", "casting", "500", "DZD", "60"],
)
RATES = (["Currency", "Day", "DZD for one unit", "Source"], ["EUR", "31/08/2026", "125", "Banque"])


def test_rates_contents_and_purchases_come_by_file(moment, admin):
    part("R1", site("S1").firm)
    for kind, rows in (("exchange_rates", RATES), ("contents", CONTENTS), ("purchases", PURCHASES)):
        send(admin, kind, *rows)
        assert check(admin, kind, *rows)[1]["unchanged"] == len(rows) - 1
    made = PartContent.objects.get()
    found = share(contents_of([made.pk])[made.pk], ROLLED_DOWN)
    assert (found.low, found.price) == (650, 1200)
    unknown = [PURCHASES[0], ["S1", "R2", *PURCHASES[1][2:]]]
    _batch, refused = check(admin, "purchases", *unknown)
    assert [fault["row"] for fault in refused["faults"]] == [2]
