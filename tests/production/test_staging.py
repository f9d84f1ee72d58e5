"""The questions that are asked of a staged file, where PostgreSQL believes its tables to be empty."""

import psycopg2
import pytest
from django.db import connection, transaction

from intake import desk
from office import clock
from production import balance, control, plausibility, staging
from production.models import OutputLine
from tests import making

pytestmark = pytest.mark.django_db
SITES, PARTS = 6, 40
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
MEASURES = ["opening", "produced", "sold_after_market", "closing"]
SAID = {"opening": 0, "produced": 7, "sold_after_market": 5, "closing": 2}


@pytest.fixture
def file(admin):
    """A file that says again what stands, but for the last part of each month: its lines are staged."""
    for number in range(SITES):
        site = making.site(f"S{number}")
        parts = [making.part(f"P{place}", site.firm) for place in range(PARTS)]
        making.declare(admin, site, {month: [(part, SAID) for part in parts] for month in MONTHS})
    batch = desk.receive(admin, "output", "again.csv", [b"nothing"], {}, clock.moment())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO production_stagedline (batch_id, sheet, row, site_id, month, part_id, part_text, part_key, "
            f"part_name, family, brand_id, unit_id, {', '.join(MEASURES)}) "
            "SELECT %s, '', l.id, l.site_id, l.month, l.part_id, t.reference, t.reference_key, '', '', l.brand_id, "
            f"l.unit_id, {', '.join(f'l.{name}' for name in MEASURES)} "
            "FROM production_outputline l JOIN catalogue_part t ON t.id = l.part_id WHERE t.reference <> %s",
            [batch.pk, f"P{PARTS - 1}"],
        )
    _believe_them_empty()
    return batch


def _believe_them_empty():
    """Vacuum from outside: of lines that are not committed it sees their pages, and not one row."""
    outside = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    outside.autocommit = True
    with outside.cursor() as cursor:
        cursor.execute(
            "VACUUM (TRUNCATE off) production_stagedline, production_outputline, production_head, production_standing, catalogue_part"
        )
    outside.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpages > 50 AND reltuples = 0 FROM pg_class WHERE relname = 'production_outputline'")
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (staging.left_standing, {"values": 4 * SITES * len(MONTHS), "parts": SITES, "months": len(MONTHS)}),
        (staging.take_other_units, []),
        (staging.emptied, []),
        (lambda batch: staging.changes(batch, MEASURES), []),
        (lambda batch: {row[2:] for row in staging.difference(batch, MEASURES)}, {(0, 0, 4 * (PARTS - 1))}),
        (lambda batch: control.sums(batch, MEASURES), {"measures": [], "months": []}),
        (lambda batch: plausibility.suspicions(batch, MEASURES), []),
        (lambda batch: len(balance.staged_gaps(batch)), balance.SHOWN),
    ],
    ids=["left standing", "units", "emptied", "changes", "difference", "control", "plausibility", "balance"],
)
def test_a_question_looks_at_each_line_once_whatever_is_known_of_the_tables(file, question, answer):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10s'")  # row by row it is minutes
        assert question(file) == answer


def test_what_is_left_standing_is_erased_when_the_file_replaces_its_months(file):
    staging.erase_the_rest(file)
    assert {row[2:] for row in staging.difference(file, MEASURES)} == {(0, 4, 4 * (PARTS - 1))}
    assert OutputLine.objects.count() == SITES * PARTS * len(MONTHS)
