"""What is measured, by the product's own doors: questions, pages, lists, files in and out, writers."""

import csv
import html
import io
import os
import re
import subprocess
import tempfile
import threading
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from random import Random

import duckdb
import psycopg2
import xlsxwriter
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.models import Count
from django.test import Client, override_settings

from accounts.models import User
from catalogue.models import Family, Part, PartFamily
from intake import desk
from office import clock
from office.asking import ask
from office.door import write
from partstrack import registry
from partstrack.kept import KEPT
from production.models import OutputLine
from production.verify import verify
from suppliers.models import Site
from tests import making
from tests.bench import questions

FILE_ROWS = int(os.environ.get("BENCH_FILE_ROWS", "200000"))
REFERENCES = -(-FILE_ROWS // 12)
NEXT = re.compile(r'rel="next" href="([^"]+)"')
LINES = "/production/lines/"
SHEET_COLUMNS = ("unit__name_fr", "produced", "sold_after_market", "scrapped", "closing")
COPIED = "declaration_id, site_id, month, part_id, unit_id, produced, scrapped, sold_after_market, source_sheet"


def _user():
    made, _fresh = User.objects.get_or_create(
        email="bench@example.org", defaults={"password": "!", "roles": ["manager", "admin"]}
    )
    return made


_browsers = {}


def _browser():
    if "one" not in _browsers:
        _browsers["one"] = Client(HTTP_HOST="127.0.0.1")
        _browsers["one"].force_login(_user(), backend=settings.AUTHENTICATION_BACKENDS[0])
    return _browsers["one"]


def _get(address, **headers):
    answer = _browser().get(address, headers=headers)
    if answer.status_code not in (200, 304):
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return answer


# Questions ------------------------------------------------------------------------------------------
def ours():
    """Answer the set of questions by the figures of the product, nothing kept."""
    user, moment = _user(), clock.moment()
    KEPT.clear()
    for words, filters in questions.ASKED:
        registry.figure("produced").compute(ask(user, moment, words, filters))


def raw():
    """Answer it by SQL on the lines."""
    with connection.cursor() as cursor:
        for sql in questions.SQL:
            cursor.execute(sql.format(lines="production_outputline", family="catalogue_partfamily"))
            cursor.fetchall()


_ducks = {}


def duck():
    """Answer it by DuckDB on a copy of the same columns, which is made before the clock starts."""
    if "one" not in _ducks:
        _ducks["one"] = _hatched()
    began = time.perf_counter()
    for sql in questions.SQL:
        _ducks["one"].execute(sql.format(lines="lines", family="family")).fetchall()
    return {"seconds": time.perf_counter() - began}


def _hatched():
    made = duckdb.connect()
    for name, columns, table in (
        ("lines", "declaration_id, site_id, month, part_id, produced", "production_outputline"),
        ("family", "part_id, family_id, to_v", "catalogue_partfamily"),
    ):
        path = os.path.join(os.environ["PARTSTRACK_HOME"], f"{name}-{os.getpid()}.csv")
        with open(path, "w") as target, connection.cursor() as cursor:
            cursor.copy_expert(f"COPY (SELECT {columns} FROM {table}) TO STDOUT CSV HEADER", target)
        made.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv_auto('{path}')")
        os.remove(path)
    return made


# Pages ----------------------------------------------------------------------------------------------
def page(address):
    """Give a page, counted afresh."""
    KEPT.clear()
    _get(address)


def kept(address):
    """Give a page whose answers are kept."""
    _get(address)


_marks = {}


def unchanged(address):
    """Answer a browser that has the page."""
    if address not in _marks:
        _marks[address] = _get(address).headers["ETag"]
    began = time.perf_counter()
    if _get(address, if_none_match=_marks[address]).status_code != 304:
        raise RuntimeError(f"{address} changed")
    return {"seconds": time.perf_counter() - began}


@override_settings(ROOT_URLCONF="tests.bench.urls")
def bare():
    """Give a page that has the frame of every page and nothing in it."""
    _get("/bare/")


def deep(address, number):
    """Give a page of a list far away, the way a person comes there: by the link to the next page of the one before."""
    before = _get(f"{address}&page={number - 1}" if "?" in address else f"{address}?page={number - 1}")
    following = html.unescape(NEXT.search(before.content.decode()).group(1))
    began = time.perf_counter()
    _get(address.partition("?")[0] + following)
    return {"seconds": time.perf_counter() - began}


def weight(address, charts=False):
    """Return the kilobytes of a first visit, compressed, without or with what draws interactive charts."""
    return {"kilobytes": questions.weight(_get(address, accept_encoding="gzip, br").content, charts)}


# Files ----------------------------------------------------------------------------------------------
def _site():
    """Return a site of its own for files, with nothing declared."""
    return Site.objects.filter(code="FILE").first() or making.site("FILE", of="FILE")


HEADINGS = ["Référence", "Mois", "Produit", "Rebuts"]


def _rows(turn):
    """Yield the rows of a file: twelve months of each reference; each turn another year."""
    for number in range(FILE_ROWS):
        month = f"{2005 + turn % 15}-{1 + number % 12:02d}"
        yield [f"F-{number // 12:07d}", month, 100 + number % 900, number % 7]


def _csv(turn):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *_rows(turn)])
    return text.getvalue().encode()


def _xlsx(turn):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate([HEADINGS, *_rows(turn)]):
        page.write_row(number, 0, row)
    book.close()
    return content.getvalue()


WRITTEN = {"csv": _csv, "xlsx": _xlsx}
_turns = iter(range(1000))


def upload(form):
    """Send, check, preview and apply a file of references that are known."""
    site, user = _site(), _user()
    if not site.firm.parts.exists():
        making_parts(site.firm)
    return {"seconds": _sent(user, f"rows.{form}", WRITTEN[form](next(_turns))), "rows": FILE_ROWS}


def making_parts(firm):
    """Make the references of the files, before any clock starts."""
    keys = [f"F{number:07d}" for number in range(REFERENCES)]
    made = Part.objects.bulk_create(Part(firm=firm, reference=f"F-{key[1:]}", reference_key=key) for key in keys)
    family = Family.objects.get(code="brakes")
    PartFamily.objects.bulk_create(PartFamily(part=part, family=family, from_v=0) for part in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_part, catalogue_partfamily")


def _sent(user, name, content):
    site, began = _site(), time.perf_counter()
    batch = desk.receive(
        user, "output", name, [content], {"site": site.code, "create": True, "reason": "bench"}, clock.moment()
    )
    found = desk.check(user, batch, clock.moment())
    batch.refresh_from_db()
    if found["state"] == "checked":
        found = desk.apply(user, batch, clock.moment())
    if found["state"] != "applied":
        raise RuntimeError(f"{found['state']}: {str(found.get('faults'))[:150]}")
    return time.perf_counter() - began


def copied():
    """COPY as many rows straight into the table of lines, with its indexes, triggers and keys; then leave it as it was."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as base, base.cursor() as cursor:
        cursor.execute(
            "INSERT INTO production_head (site_id, month) SELECT id, '2014-01-01' FROM suppliers_site ORDER BY id LIMIT 1 RETURNING id, site_id"
        )
        head, site = cursor.fetchone()
        cursor.execute(
            "INSERT INTO production_declaration (head_id, revision, kind, state, reason, author_id, channel, sender, comment, four_eyes) "
            "SELECT %s, 1, 'actual', 'draft', '', min(id), '', '', '', false FROM accounts_user RETURNING id",
            [head],
        )
        (declaration,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO catalogue_brand (code, name, name_ar) SELECT 'B' || n, 'B' || n, '' FROM generate_series(1, 400) AS n RETURNING id"
        )
        brands = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT id FROM catalogue_part ORDER BY id LIMIT 500")
        parts = [pk for (pk,) in cursor.fetchall()]
        pairs = [(part, brand) for part in parts for brand in brands][:FILE_ROWS]
        text = "".join(
            f"{declaration}\t{site}\t2014-01-01\t{part}\t{brand}\tpiece\t{n % 900}\t3\t2\t\n"
            for n, (part, brand) in enumerate(pairs)
        )
        began = time.perf_counter()
        cursor.copy_expert(
            f"COPY production_outputline ({COPIED.replace('part_id,', 'part_id, brand_id,')}) FROM STDIN",
            io.StringIO(text),
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the commit of a COPY does
        seconds = (time.perf_counter() - began) * FILE_ROWS / len(pairs)
        base.rollback()
    return {"seconds": seconds}


def downloaded(form):
    """Give the whole list of lines as a file."""
    return _taken(f"{LINES}?format={form}")


def _taken(address):
    answer = _get(address)
    size = sum(len(chunk) for chunk in answer.streaming_content)
    answer.close()
    return {"bytes": size}


def memory(form):
    """Return the megabytes that this process takes at the most for the whole list of lines as a file."""
    _get(LINES)
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = _kilobytes("VmHWM")
    downloaded(form)
    return {"megabytes": (_kilobytes("VmHWM") - before) / 1024}


def _kilobytes(name):
    return int(re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)[1])


def copied_out():
    """COPY the same columns of the same query out."""
    sql = """SELECT p.reference, l.month, f.name, y.name_fr, b.name, l.unit_id, l.produced, l.sold_after_market, l.scrapped, l.closing
        FROM production_outputline l JOIN production_standing s ON s.declaration_id = l.declaration_id AND s.to_v IS NULL
        JOIN catalogue_part p ON p.id = l.part_id JOIN suppliers_site t ON t.id = l.site_id JOIN accounts_firm f ON f.id = t.firm_id
        JOIN catalogue_partfamily m ON m.part_id = p.id AND m.to_v IS NULL JOIN catalogue_family y ON y.id = m.family_id
        LEFT JOIN catalogue_brand b ON b.id = l.brand_id ORDER BY l.month DESC, l.site_id, l.part_id, l.id"""
    with open(os.devnull, "w") as target, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({sql}) TO STDOUT CSV HEADER", target)


_firsts = {}


def _first_month():
    """Return the first of the latest months that together hold FILE_ROWS lines at the most, but one month at least."""
    if "one" not in _firsts:
        months = OutputLine.objects.order_by("-month").values_list("month").annotate(many=Count("pk"))
        left, first = FILE_ROWS, None
        for month, many in months:
            left -= many
            if first and left < 0:
                break
            first = month
        _firsts["one"] = first
    return _firsts["one"]


def workbook():
    """Give the lines of the latest months as xlsx."""
    first = _first_month()
    began = time.perf_counter()
    return _taken(f"{LINES}?format=xlsx&month_from={first:%Y-%m}") | {"seconds": time.perf_counter() - began}


def sheet():
    """Write the same cells with XlsxWriter alone."""
    rows = list(
        OutputLine.objects.filter(month__gte=_first_month())
        .order_by("-month", "pk")
        .values_list("part__reference", "month", "site__firm__name", "site__name", "brand__name", *SHEET_COLUMNS)
    )
    began = time.perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "default_date_format": "mm/yyyy"})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return {"seconds": time.perf_counter() - began, "rows": len(rows)}


# Starting -------------------------------------------------------------------------------------------
def second_start():
    """Start the whole of it in an empty home, stop it, and return the seconds of the second start to the first page."""
    with tempfile.TemporaryDirectory(prefix="partstrack-start-") as home:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PARTSTRACK_"))}
        env["PARTSTRACK_HOME"] = home
        Path(home).chmod(0o755)  # the database runs as somebody else
        _until_shown(env)
        return {"seconds": _until_shown(env)}


def _until_shown(env):
    began = time.perf_counter()
    command = [settings.BASE_DIR / "bin" / "run", "--empty", "--port", "8300"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as served:
        try:
            address = next(filter(None, (re.search(r"http://\S+", line) for line in served.stdout)))[0]
            urllib.request.urlopen(address).close()
            return time.perf_counter() - began
        finally:
            served.terminate()


# Writers --------------------------------------------------------------------------------------------
def writers(count=8, turns=6):
    """Post revisions of overlapping months from many threads; return deadlocks, differences and transactions a second."""
    faults, done = [], []
    sites = list(Site.objects.select_related("firm").order_by("code")[:3])
    began = time.perf_counter()
    threads = [threading.Thread(target=_post, args=(number, sites, turns, faults, done)) for number in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "faults": faults[:3],
        "wrong": len(faults) + len(verify()),
        "a_second": len(done) / seconds,
    }


def _post(number, sites, turns, faults, done):
    chance, user = Random(number), _user()
    try:
        for _turn in range(turns):
            site = chance.choice(sites)
            parts = list(site.firm.parts.order_by("pk")[:20])
            rows = {
                f"2026-{month:02d}": [(part, {"produced": chance.randrange(900)}) for part in parts]
                for month in chance.sample(range(1, 7), 3)
            }
            with write(user, "again") as door:
                made = making.drafts(user, site, rows, "again")
                making.actions.settle(door, user, made)
            done.append(1)
    except OperationalError as error:
        faults.append(str(error)[:100])
    finally:
        connections.close_all()


TASKS = {
    task.__name__: task
    for task in (
        ours,
        raw,
        duck,
        page,
        kept,
        unchanged,
        bare,
        deep,
        weight,
        upload,
        copied,
        downloaded,
        copied_out,
        workbook,
        sheet,
        memory,
        second_start,
        writers,
    )
}
