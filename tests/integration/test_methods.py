"""The calculator's methods: the worked cases to the printed decimal, by function, by page and by command."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from integration.methods import METHODS, Refused, worked

D = Decimal
CASES = [
    ("algeria_2023", {"contributive_rates": "4.0 3.0 1.5 1.2 2.0 3.2"}, "14.9"),
    ("algeria_2017", {"local_costs": "40", "local_purchases": "110", "imported_purchases": "350"}, "30.0"),
    ("part_l1", {"price": "1200", "direct_imports": "250"}, "79.2"),
    ("part_l2", {"price": "1200", "direct_imports": "250", "local_purchases": "500", "imported_shares": "60"}, "54.2"),
    ("us_583", {"values": "1000 600 400 500", "shares": "62 100 45 0"}, "56.0"),
    ("usmca_tv", {"transaction_value": "1000", "non_originating": "300"}, "70.0"),
    ("usmca_nc", {"net_cost": "860", "non_originating": "300"}, "65.1"),
    ("part_l1", {"price": "800", "direct_imports": "260"}, "67.5"),
    ("part_l1", {"price": "800", "direct_imports": "290"}, "63.8"),
    ("part_l1", {"price": "800", "direct_imports": "320"}, "60.0"),
    ("algeria_2017", {"local_costs": "0", "local_purchases": "250", "imported_purchases": "750"}, "25.0"),
    ("afcfta", {"value": "1000", "african_content": "400"}, "40.0"),
    ("build_down", {"adjusted_value": "1000", "non_originating": "650"}, "35.0"),
    ("build_up", {"adjusted_value": "1000", "originating": "350"}, "35.0"),
    ("eu_maxnom", {"ex_works_price": "200", "non_originating": "90"}, "45.0"),
    ("sats_1286", {"tender_price": "120", "imported_content": "30"}, "75.0"),
]
IDS = [f"{name}-{said}" for name, _numbers, said in CASES]


def typed(method, numbers):
    """Return the numbers of a case as a method takes them."""
    many = {number.name for number in METHODS[method].numbers if number.many}
    return {name: [D(each) for each in text.split()] if name in many else D(text) for name, text in numbers.items()}


def printed(value):
    return str(D(value).quantize(D("0.1"), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(("method", "numbers", "said"), CASES, ids=IDS)
def test_a_worked_case_to_the_printed_decimal(method, numbers, said):
    found = worked(METHODS[method], typed(method, numbers))
    assert printed(found.value) == said
    assert found.value == found.highest


def test_every_method_has_a_case_words_and_symbols():
    assert {name for name, *_rest in CASES} == set(METHODS)
    assert all(method.words and "=" in method.symbols for method in METHODS.values())


def test_an_unknown_share_is_a_span():
    found = worked(
        METHODS["part_l2"], typed("part_l2", {"price": "1200", "direct_imports": "250", "local_purchases": "500"})
    )
    assert (found.low, found.high) == (450, 950)


@pytest.mark.parametrize(
    ("method", "numbers", "name"),
    [
        ("usmca_tv", {"transaction_value": "1000"}, "non_originating"),
        ("usmca_tv", {"transaction_value": "0", "non_originating": "0"}, "transaction_value"),
        ("usmca_tv", {"transaction_value": "100", "non_originating": "101"}, "non_originating"),
        ("us_583", {"values": "1 2", "shares": "50"}, "shares"),
        ("us_583", {"values": "1", "shares": "101"}, "shares"),
        ("algeria_2023", {"contributive_rates": "60 60"}, "contributive_rates"),
        (
            "part_l2",
            {"price": "9", "direct_imports": "1", "local_purchases": "1 2", "imported_shares": "50"},
            "imported_shares",
        ),
    ],
)
def test_numbers_that_make_no_rate_are_refused_by_name(method, numbers, name):
    with pytest.raises(Refused) as refused:
        worked(METHODS[method], typed(method, numbers))
    assert (refused.value.name, bool(refused.value.reason), bool(refused.value.remedy)) == (name, True, True)


def command(capsys, *words):
    """Return (exit code, the one object that the command prints)."""
    code = 0
    try:
        call_command("rate", *words, "--json")
    except SystemExit as left:
        code = left.code
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "numbers", "said"), CASES[:7], ids=IDS[:7])
def test_page_and_command_say_the_same(method, numbers, said, capsys, signed_in, analyst, moment):
    words = [part for name, text in numbers.items() for part in (f"--{name.replace('_', '-')}", *text.split())]
    code, answer = command(capsys, method, *words)
    assert (code, printed(answer["value"])) == (0, said)
    address = {"method": method, **{name: text.replace(" ", "\n").replace(".", ",") for name, text in numbers.items()}}
    page = signed_in(analyst).get("/integration/calculator/", address)
    assert printed(page.context["found"].value) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nothing"], 2),
        (["usmca_tv", "--net-cost", "5"], 2),
        (["usmca_tv", "--transaction-value", "x", "--non-originating", "1"], 2),
        (["usmca_tv", "--transaction-value", "2.875", "--non-originating", "1"], 1),
        (["usmca_tv", "--transaction-value", "100"], 1),
        (["usmca_tv", "--items", "/nowhere"], 2),
    ],
)
def test_a_wrong_call_and_a_refusal_are_told_apart(words, code, capsys, moment):
    left, answer = command(capsys, *words)
    assert left == code
    assert answer["state"] == ("refused" if code == 1 else "wrong_call")


CSV = "Code;Ensemble;Approvisionnement;Valeur;Quantité;Taux contributif;Pays d'origine\n"
ROWS = (
    "moteur;;importé;100;1;10;FR\nbloc;moteur;local;40;1;3;\nsiège;;local;30;2;4;\nfaisceau;;importé;40;1;2;Tunisie\n"
)


@pytest.mark.django_db
def test_a_list_is_counted_by_any_method_and_kept_nowhere(capsys, tmp_path, signed_in, analyst, moment):
    path = tmp_path / "liste.csv"
    path.write_text(CSV + ROWS, encoding="utf-8")
    values = {
        method: command(capsys, method, "--items", str(path))[1]["value"]
        for method in ("algeria_2023", "algeria_2017", "afcfta")
    }
    assert values == {"algeria_2023": "7", "algeria_2017": "30", "afcfta": "50"}
    sent = SimpleUploadedFile("liste.csv", path.read_bytes())
    page = signed_in(analyst).post("/integration/calculator/", {"method": "afcfta", "file": sent})
    assert (page.context["found"].value, page.context["line_count"]) == (50, 4)
    ruled = command(capsys, "afcfta", "--items", str(path), "--rule", "dz-algeria-2023")
    assert ruled[0] == 2


@pytest.mark.django_db
def test_faults_of_a_list_are_said_by_cell(capsys, tmp_path, signed_in, analyst, moment):
    path = tmp_path / "liste.csv"
    path.write_text(CSV + "a;;ailleurs;2.875;1;200;FR\na;;local;1;1;1;\n;;local;1;1;1;\n", encoding="utf-8")
    code, answer = command(capsys, "algeria_2023", "--items", str(path))
    assert code == 1
    assert {(fault["row"], fault["column"]) for fault in answer["faults"]} == {(2, "C"), (2, "D"), (3, "A"), (4, "A")}
    page = signed_in(analyst).post(
        "/integration/calculator/", {"method": "algeria_2023", "file": SimpleUploadedFile("l.csv", path.read_bytes())}
    )
    assert (page.status_code, page.context["found"], page.context["fault_count"]) == (200, None, 4)
