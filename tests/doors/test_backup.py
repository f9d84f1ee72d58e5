"""bin/backup and bin/restore: what was kept comes back to the last row, sum and byte, or not at all."""

import json
import shutil
from contextlib import closing
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from intake import desk
from office import clock
from partstrack.embedded import Urls
from production.verify import verify
from tests import making
from tests.demo_fixture import working_on

from doors import backup, copies, restore  # isort: skip (found by the conftest beside)
from doors.environment import Failed  # isort: skip

pytestmark = pytest.mark.django_db
SUFFIX = " kept"  # with a space: names are never taken apart
CSV = "Référence;2026-08\nA1;12,125\n"


def administer(statement, *names):
    """Run a statement on whole databases."""
    with closing(psycopg2.connect(restore.at(settings.DATABASE_URLS["app"], "postgres"))) as server:
        server.autocommit = True
        server.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def installation(django_db_setup, django_db_blocker, tmp_path_factory):
    """A home with a small base of its own and one received file; gives (home, addresses)."""
    home = tmp_path_factory.mktemp("une maison")
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = empty + SUFFIX
        connection.close()
        administer("DROP DATABASE IF EXISTS {}", name)
        administer("CREATE DATABASE {} TEMPLATE {}", name, empty)
        with working_on(name, home / "files"):
            fill()
        url = restore.at(settings.DATABASE_URLS["app"], quote(name))
        yield home, Urls(url, url, url)
    administer("DROP DATABASE IF EXISTS {}", name)


def fill():
    """One site that declared a month, and a file that was received."""
    admin = making.person("admin@example.org", "admin")
    site = making.site("A")
    making.declare(admin, site, making.monthly(making.part("A1", site.firm), {"2026-08": "12.125"}))
    desk.receive(admin, "output", "août.csv", [CSV.encode()], {"supplier": "A"}, clock.moment())


@pytest.fixture
def home(installation, monkeypatch):
    """The installation's home, as the doors find it."""
    monkeypatch.setenv("PARTSTRACK_HOME", str(installation[0]))
    return installation[0]


@pytest.fixture
def urls(installation):
    """The addresses of its base."""
    return installation[1]


@pytest.fixture(scope="module")
def backed_up(installation, tmp_path_factory):
    """A backup of it."""
    home, urls = installation
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("PARTSTRACK_HOME", str(home))
        return backup.make(urls.owner, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def kept(backed_up, tmp_path):
    """A copy of that backup, to be damaged."""
    return shutil.copytree(backed_up, tmp_path / backed_up.name)


def contents(urls):
    """Rows and sums of every table as they are now."""
    with copies.snapshot(urls.owner) as cursor:
        return copies.counted(cursor)


def files(home):
    """{name: bytes} of the received files."""
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()}


def bring_back(kept, urls):
    """Restore over the base as the door does, up to the recount."""
    restore.bring_back(kept, restore.whole(kept), urls, restore.name_of(urls.owner))


def lose_everything(home, urls):
    """Drop the base and the files; an installation that starts again has an empty database."""
    name = restore.name_of(urls.owner)
    administer("DROP DATABASE {}", name)
    administer("CREATE DATABASE {}", name)
    shutil.rmtree(home / "files")


def test_what_was_kept_comes_back_after_everything_is_lost(home, urls, kept, monkeypatch):
    before, received = contents(urls), files(home)
    assert before["production_cell"]["sums"]["produced"] == "12.125"
    assert list(received.values()) == [CSV.encode()]
    lose_everything(home, urls)
    restore.bring_back(kept, restore.whole(kept), urls, over=None)
    assert contents(urls) == before
    assert files(home) == received
    assert sorted(path.name for path in home.iterdir()) == ["files"]
    with closing(psycopg2.connect(urls.owner)) as restored:
        monkeypatch.setattr("production.verify.connection", restored)
        assert verify() == []


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda kept: cut(kept / "database.dump"), "database.dump is not the file of the manifest"),
        (lambda kept: shutil.rmtree(kept / "files"), "is missing"),
        (lambda kept: cut(kept / "manifest.json"), "manifest.json cannot be read: the backup is damaged"),
        (lambda kept: (kept / "manifest.json").unlink(), "is no backup: it has no manifest.json"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(home, urls, kept, damage, said):
    before, received = contents(urls), files(home)
    damage(kept)
    with pytest.raises(copies.Damaged, match=f"{said}.*Nothing was changed"):
        bring_back(kept, urls)
    assert (contents(urls), files(home)) == (before, received)


def test_what_does_not_agree_with_its_manifest_takes_nobodys_place(home, urls, kept):
    before, received = contents(urls), files(home)
    manifest = json.loads((kept / "manifest.json").read_text())
    manifest["tables"]["production_cell"]["sums"]["produced"] = "12.126"
    (kept / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(
        copies.Damaged,
        match=r"What was restored is not what was kept: production_cell has .*12\.125.*Nothing was changed",
    ):
        bring_back(kept, urls)
    assert (contents(urls), files(home)) == (before, received)
    assert [path.name for path in home.iterdir()] == ["files"]


def test_a_base_with_data_is_replaced_only_by_its_name(urls, kept):
    for said in (None, "partstrack"):
        with pytest.raises(Failed, match=r"holds data .* Nothing was changed. To replace it, say its name: --over"):
            restore.bring_back(kept, restore.whole(kept), urls, said)
    theirs = Urls(urls.app, urls.owner, urls.worker, embedded=False)
    with pytest.raises(Failed, match="A database of yours is never written over: make an empty one"):
        bring_back(kept, theirs)


def test_a_database_of_yours_takes_a_backup_when_it_is_empty(home, urls, kept):
    before = contents(urls)
    lose_everything(home, urls)
    bring_back(kept, Urls(urls.app, urls.owner, urls.worker, embedded=False))
    assert contents(urls) == before


def test_a_backup_of_a_later_partstrack_is_refused(kept):
    manifest = json.loads((kept / "manifest.json").read_text())
    manifest["migrations"].append(["office", "9999_of_tomorrow"])
    (kept / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(copies.Damaged, match="was made by a later partstrack"):
        restore.whole(kept)


def test_a_file_that_was_lost_before_is_named_and_stops_nothing(home, urls, tmp_path, capsys):
    (lost,) = [path for path in (home / "files").rglob("*") if path.is_file()]
    content = lost.read_bytes()
    lost.unlink()
    try:
        made = backup.make(urls.owner, tmp_path)
        assert f"WARNING: 1 files that rows point at are lost or altered: {lost.relative_to(home / 'files')}" in (
            capsys.readouterr().err
        )
        bring_back(made, urls)
    finally:
        lost.parent.mkdir(parents=True, exist_ok=True)
        lost.write_bytes(content)


def test_a_backup_that_fails_leaves_nothing_behind(home, urls, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "keep_files", lambda source, target: 1 / 0)
    with pytest.raises(ZeroDivisionError), backup.alone(tmp_path):
        backup.make(urls.owner, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".partstrack.lock"]


def test_the_oldest_go_and_what_is_not_a_backup_stays(tmp_path):
    for day in range(1, 5):
        (tmp_path / f"partstrack-2026-09-0{day}-120000").mkdir()
        (tmp_path / f"partstrack-2026-09-0{day}-120000" / "manifest.json").touch()
    (tmp_path / "partstrack-2020-01-01-120000").mkdir()
    (tmp_path / ".partstrack-2026-08-01-120000.new").mkdir()
    with backup.alone(tmp_path):
        backup.thin(tmp_path, 2)
        with pytest.raises(Failed, match="Another backup is being written into"), backup.alone(tmp_path):
            pytest.fail("two at once")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".partstrack.lock",
        "partstrack-2020-01-01-120000",
        "partstrack-2026-09-03-120000",
        "partstrack-2026-09-04-120000",
    ]
