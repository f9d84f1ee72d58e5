"""The csv of the lines is written by the base: byte for byte what rows give that pass through Python one by one."""

from itertools import product

import pytest
from django.db import connection

from accounts.models import Firm
from catalogue.models import Brand, Family, Part, PartFamily, Unit
from partstrack import copying, writing
from production.models import OutputLine
from production.tables import LineTable
from tests import making

pytestmark = pytest.mark.django_db

ODD = [
    "=1+1", "+213", "-x", "@sum", "|cmd", "%x", "\tx", "\rx", "\nx", "＝1", "＠a", "  =1", "\u200b=1", "\u00a0@a", "\x1c-",
    "'already", '"quoted"', 'a "b" c', "semi;colon", "com,ma", "two\nlines", "two\r\nlines", "end\n", "back\\slash", "\\.", "\\N",
    "NULL", " blank before", "blank after ", "-", "قرص مكابح", "\u202bقرص", "Émile d’Or", "a=b", "12-34", "%s", "{0}", "🚗", "",
]  # fmt: skip
AMOUNTS = ["0", "0.000", "1", "1250.500", "0.001", "999999999999999.999", "100", "1e3", None]


@pytest.fixture
def lines(moment, admin):
    """3,510 lines of suppliers, parts and brands with odd names; some amounts are not said."""
    brands = [Brand.objects.create(code=f"B{n}", name=text, name_ar=ODD[-n]) for n, text in enumerate(ODD[:-1])]
    Unit.objects.filter(pk="piece").update(name_fr='=pièce; "neuve"', name_en="=piece, new")
    family = Family.objects.get(code="brakes")
    for number in range(3):
        site = making.site(f"S{number}")
        Firm.objects.filter(pk=site.firm_id).update(name=ODD[number * 12], name_ar=["", "=قرص", 'قرص "1"'][number])
        keys = range(len(ODD))
        parts = Part.objects.bulk_create(
            Part(firm=site.firm, reference=ODD[n] + ("" if ODD[n] else "x"), reference_key=f"{n}") for n in keys
        )
        PartFamily.objects.bulk_create(PartFamily(part=part, family=family, from_v=0) for part in parts)
        rows = {}
        for month in range(30):
            said = [
                (part, _amounts(n + month), None if n % 3 else brands[(n + month) % len(brands)])
                for n, part in enumerate(parts)
            ]
            rows[f"{2024 + month // 12}-{month % 12 + 1:02d}"] = said
        making.declare(admin, site, rows)
    assert OutputLine.objects.count() == 3 * 30 * len(ODD)


def _amounts(turn):
    names = ("produced", "scrapped", "sold_after_market", "sold_first_fit", "closing")
    return {name: AMOUNTS[(turn + place) % len(AMOUNTS)] for place, name in enumerate(names)}


def content_of(client, address, language):
    """Return the file without the lines that say who took it and when."""
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    lines = answer.getvalue().splitlines(keepends=True)
    return [line for line in lines if b":" not in line or (b"2026-09-22" not in line and b"22/09/2026" not in line)]


def test_the_file_is_what_rows_one_by_one_give(lines, analyst, signed_in, monkeypatch):
    client = signed_in(analyst)
    asked = ("", "&supplier=S1&month_from=2025-02&sort=-produced", "&q=12-34", "&q=nothing")
    for language, query in product(("fr", "ar", "en"), asked):
        address = f"/production/lines/?format=csv{query}"
        quick = content_of(client, address, language)
        with monkeypatch.context() as patch:
            patch.setattr(LineTable, "file_fields", lambda table: {})
            assert quick == content_of(client, address, language)
        assert len(quick) > (3500 if not query else 5)


def test_a_supplier_takes_the_lines_of_its_own(lines, signed_in):
    person = making.person("s1@example.org", making.SUPPLIER, firm=Firm.objects.get(code="S1"))
    content = b"".join(content_of(signed_in(person), "/production/lines/?format=csv", "en"))
    assert b"\r\nRows,1170\r\n" in content


def test_each_letter_is_made_inert_by_the_base_as_by_python():
    letters = [chr(code) for code in range(1, 0x1_2000) if not 0xD800 <= code < 0xE000]
    texts = [*letters, *(f"{letter}=1" for letter in letters)]
    with connection.cursor() as cursor:
        sql = "SELECT text ~ %s FROM unnest(%s) WITH ORDINALITY AS each (text, place) ORDER BY place"
        cursor.execute(sql, [copying.LIVE_START, texts])
        assert [live for (live,) in cursor.fetchall()] == [writing.inert(text) != text for text in texts]
