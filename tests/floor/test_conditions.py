"""Conditions on columns: each operator against a naive reading of the rows, over odd values; never a name of the base."""

from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm
from partstrack.conditions import Conditions
from production.models import OutputLine
from production.tables import LineTable
from suppliers.models import Supplier
from tests import making

pytestmark = pytest.mark.django_db
LINES = "/production/lines/"
AMOUNTS = (None, 0, 1, Decimal("1.5"), 20, 1000)
NAMES = ("", "Valeo", "valeo sud", "فاليو", "100% Freins_A", "0")


@pytest.fixture
def lines(admin):
    """One line for each amount of produced."""
    site = making.site("P05")
    rows = [(making.part(f"R-{n}", site.firm), {"produced": amount, "scrapped": n}) for n, amount in enumerate(AMOUNTS)]
    making.drafts(admin, site, {"2026-07": rows})


def asked(table, *words):
    said = QueryDict(mutable=True)
    said.setlist("where", words)
    conditions = Conditions(table, said)
    return conditions, conditions.narrowed(table.data.data)


def line_table():
    return LineTable(OutputLine.objects.all())


NUMBERS = {
    "is:1.5": lambda value: value == Decimal("1.5"),
    "is:0": lambda value: value == 0,
    "not:1.5": lambda value: value != Decimal("1.5"),
    "ge:1": lambda value: value is not None and value >= 1,
    "le:1,5": lambda value: value is not None and value <= Decimal("1.5"),
    "between:0..20": lambda value: value is not None and 0 <= value <= 20,
    "between:20..0": lambda value: value is not None and 0 <= value <= 20,
    "empty": lambda value: value is None,
    "filled": lambda value: value is not None,
}


@pytest.mark.parametrize("word", NUMBERS)
def test_a_condition_on_a_number_keeps_what_a_naive_reading_keeps(lines, word):
    _conditions, rows = asked(line_table(), f"produced:{word}")
    expected = sorted(row.pk for row in OutputLine.objects.all() if NUMBERS[word](row.produced))
    assert sorted(rows.values_list("pk", flat=True)) == expected


TEXTS = ("Valeo", "valeo", "فاليو", "0", "100%", "s_A", "nobody")
TESTS = {
    "is": lambda name, text: name.upper() == text.upper(),
    "not": lambda name, text: name.upper() != text.upper(),
    "has": lambda name, text: text.upper() in name.upper(),
    "hasnt": lambda name, text: text.upper() not in name.upper(),
    "empty": lambda name, text: not name,
    "filled": lambda name, text: bool(name),
}


@pytest.mark.parametrize("operator", TESTS)
def test_a_condition_on_a_text_keeps_what_a_naive_reading_keeps(operator):
    for number, name in enumerate(NAMES[1:]):
        Firm.objects.create(code=f"F{number}", name="x", name_ar=name if number % 2 else "")
    firms = {row.pk: row for row in Firm.objects.all()}
    from tests.floor.test_paging import Firms

    table = type("ArabicFirms", (Firms,), {"asked_by": {"code": ("name_ar",)}})(Firm.objects.order_by("pk"))
    for text in TEXTS:
        _conditions, rows = asked(table, f"code:{operator}:{text}")
        kept = sorted(pk for pk, firm in firms.items() if TESTS[operator](firm.name_ar, text))
        assert sorted(rows.values_list("pk", flat=True)) == kept, text


def test_a_text_is_known_in_all_its_spellings(signed_in, analyst):
    for code, name, arabic in (("A", "Freins", "مكابح"), ("B", "Filtres", "")):
        firm = making.firm(code)
        Firm.objects.filter(pk=firm.pk).update(name=name, name_ar=arabic)
    client = signed_in(analyst)

    def found(word):
        return [row.record.firm.code for row in client.get("/suppliers/", {"where": word}).context["table"].rows]

    assert found("name:has:مكا") == found("name:has:frein") == found("name:hasnt:Filt") == ["A"]
    assert found("name:empty") == [] and sorted(found("name:filled")) == ["A", "B"]


def test_a_number_of_things_is_compared_exactly_and_a_choice_by_its_code(signed_in, analyst):
    making.site("A")
    making.site("A2", of="A")
    making.site("B")
    Supplier.objects.filter(firm__code="B").update(status=Supplier.Status.values[-1])
    client = signed_in(analyst)

    def found(*words):
        return [row.record.firm.code for row in client.get("/suppliers/", {"where": words}).context["table"].rows]

    assert client.get("/suppliers/?per_page=25").context["table"].totals == {"sites": 3}
    assert client.get("/suppliers/?where=sites:ge:2").context["table"].totals == {"sites": 2}
    assert found("sites:ge:1.5") == ["A"] and sorted(found("sites:between:0..2")) == ["A", "B"]
    assert found(f"status:is:{Supplier.Status.values[-1]}") == ["B"]
    assert found(f"status:not:{Supplier.Status.values[-1]}", "sites:is:2") == ["A"]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("declaration__author__password:has:x", "colonne"),
        ("site__firm__name:has:x", "colonne"),
        ("produced:has:1", "condition"),
        ("produced:ge:abc", "nombre"),
        ("produced:ge:2.875", "nombre"),
        ("produced:between:5", "bornes"),
        ("produced:ge", "valeur"),
        ("month:is:2026-13", "mois"),
        ("part:has:%00", "valeur"),
        ("nothing", "colonne"),
    ],
)
def test_what_cannot_be_asked_is_left_out_with_a_note(signed_in, analyst, word, reason):
    page = signed_in(analyst).get(f"{LINES}?where={word}")
    (note, address) = page.context["conditions"].notes[0]
    assert page.status_code == 200 and reason in note
    assert not page.context["conditions"].asked and word[:8] not in address


def test_the_lines_of_a_family_or_month_are_asked_and_summed_by_the_base(lines, signed_in, analyst, admin):
    site = making.site("P09")
    parts = [(making.part(f"X-{number}", site.firm), {"produced": number}) for number in range(1, 4)]
    making.declare(admin, site, {"2026-08": parts, "2026-07": parts[:1]})
    client = signed_in(analyst)
    page = client.get(
        LINES, {"where": ["produced:ge:2", "month:between:2026-08..2026-09", "family:filled", "brand:empty"]}
    )
    assert [row.record.produced for row in page.context["table"].rows] == [2, 3]
    assert page.context["table"].totals["produced"] == 5 and page.context["table"].page.paginator.count == 2
    words = [value for _label, value, _address in page.context["chips"]]
    assert words[-4:] == ["au moins 2", "entre août 2026 et septembre 2026", "n’est pas vide", "est vide"]


def test_the_file_holds_the_rows_that_pass_and_says_the_conditions(signed_in, analyst, admin):
    site = making.site("P09")
    making.declare(admin, site, {"2026-08": [(making.part(f"X-{n}", site.firm), {"produced": n}) for n in range(4)]})
    answer = signed_in(analyst).get(f"{LINES}?where=produced:ge:3&where=part:not:x-9&columns=part&format=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "X-3" in text and "X-2" not in text
    assert "Production: au moins 3; Pièce: n’est pas «\u00a0x-9\u00a0»" in text


def test_the_panel_of_conditions_leads_to_one_address(signed_in, analyst):
    client = signed_in(analyst)
    sent = "choose=condition&condition=produced&op=ge&value=100&to=&where=brand:empty&page=4&q=x"
    assert client.get(f"{LINES}?{sent}").url == f"{LINES}?where=brand%3Aempty&where=produced%3Age%3A100&q=x"
    span = "choose=condition&condition=month&op=between&value=2026-01&to=2026-03"
    assert client.get(f"{LINES}?{span}").url == f"{LINES}?where=month%3Abetween%3A2026-01..2026-03"


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_a_list_with_columns_and_conditions_costs_the_same_whatever_its_length(signed_in, analyst, count):
    firms = Firm.objects.bulk_create(Firm(code=f"S{number}", name=f"n{number}") for number in range(count))
    Supplier.objects.bulk_create(Supplier(firm=firm) for firm in firms)
    client, address = (
        signed_in(analyst),
        "/suppliers/?columns=sites,name&where=name:has:n&where=sites:is:0&per_page=200",
    )
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert len(page.context["table"].page.object_list) == min(count, 200)
    assert len(queries) <= 16
