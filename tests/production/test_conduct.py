"""How reliable suppliers are: in time, restated, complained of; against naive twins on the demonstration, and by hand."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from office.asking import ask
from partstrack import registry
from production import calendar, scorecard
from production.conduct import punctuality
from production.models import Declaration, Standing
from suppliers.models import Supplier

pytestmark = pytest.mark.django_db
YEAR = {"year": "2026"}


def by_hand(numerator, denominator):
    return None if not denominator else (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("1e-12"))


def groups(answer):
    return {group.key: (group.numerator, group.denominator) for group in answer.groups}


# On the demonstration -----------------------------------------------------------------------------------
def told(year):
    """Return [(supplier, month, declarations that were accepted, in order)] of what stands, with plain loops."""
    standing = set(Standing.objects.filter(to_v=None).values_list("declaration", flat=True))
    heads = defaultdict(list)
    rows = Declaration.objects.filter(head__month__year=year, state="approved").select_related(
        "head__site__firm", "batch"
    )
    for row in rows.order_by("revision", "pk"):
        heads[row.head].append(row)
    return [
        (head.site.firm.code, head.month, accepted)
        for head, accepted in heads.items()
        if any(row.pk in standing for row in accepted)
    ]


def test_punctuality_is_what_plain_loops_count(demonstration, analyst):
    asked = ask(analyst, demonstration, {**YEAR, "by": "supplier"}, {})
    answer, dates, counted = punctuality(asked), calendar.read(asked), defaultdict(lambda: [0, 0])
    seen = set()
    for supplier, month, accepted in told(2026):
        days = [
            row.received_on or (row.batch and (row.batch.received_on or row.batch.received_at.date()))
            for row in accepted
        ]
        counted[supplier][0] += min(days) <= dates.due_day(month)
        counted[supplier][1] += 1
        seen.add((supplier, month))
    missing = {("P09", date(2026, 8, 1))} - seen
    for supplier, _month in missing:
        counted[supplier][1] += 1
    assert groups(answer) == {supplier: tuple(map(Decimal, pair)) for supplier, pair in counted.items()}
    assert answer.value == by_hand(answer.numerator, answer.denominator)
    assert missing
    assert answer.numerator < answer.denominator


def test_the_scorecard_asks_each_criterion_once_whatever_the_suppliers(demonstration, analyst):
    asked = ask(analyst, demonstration, YEAR, {})
    with CaptureQueriesContext(connection) as queries:
        found = scorecard.of_all(asked)
    assert found.keys() == {criterion.name for criterion in scorecard.CRITERIA}
    assert len(queries) < 60
    produced = registry.figure("produced").compute(asked)
    assert sum(group.value for group in found["produced"][1].values()) == produced.value
    assert {code for _answer, each in found.values() for code in each} <= {
        *Supplier.objects.values_list("firm__code", flat=True),
        *(group.key for group in found["commitments_kept"][0].groups),
    }


def test_the_card_of_one_supplier_says_what_the_row_says(demonstration, analyst):
    asked = ask(analyst, demonstration, YEAR, {})
    rows = scorecard.of_all(asked)
    for criterion, answer in scorecard.of_one(asked, "P05"):
        group = rows[criterion.name][1].get("P05")
        assert answer.value == (group.value if group else answer.value), criterion
        assert group or not answer.value, criterion


def test_the_page_and_its_file(demonstration, client, analyst):
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["django_language"] = "en"
    page = client.get("/production/scorecard/?year=2026").content.decode()
    assert page.count("<tr>") >= 15
    assert "/figures/punctuality/?year=2026&amp;supplier=P05" in page
    found = scorecard.of_all(ask(analyst, demonstration, YEAR, {}))
    in_time = found["punctuality"][1]["P05"]
    assert f">{in_time.numerator:.0f}</bdi> / <bdi" in page
    with translation.override("en"):
        said = {str(criterion.nothing) for criterion in scorecard.CRITERIA}
    silent = 0
    for row in page[page.index("<tbody>") : page.index("</tbody>")].split("</tr>")[:-1]:
        code = row.partition('href="/suppliers/')[2].partition('"')[0]
        values = [groups[code].value if code in groups else None for _answer, groups in found.values()]
        reasons = sum(row.count(f'<small class="quiet">{each}<') for each in said)
        assert reasons == values.count(None), code
        silent += reasons
    assert silent
    file = b"".join(client.get("/production/scorecard/?year=2026&format=csv").streaming_content).decode()
    assert "Partenaire 05" in file
    assert file.count("– numerator") == file.count("– denominator") == sum(each.ratio for each in scorecard.CRITERIA)
