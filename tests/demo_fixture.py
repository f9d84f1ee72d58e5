"""The demonstration, loaded once a test run into a database that each process copies and lent to the tests that look at it.

    def test_something(demonstration): ...      # `demonstration` is the moment; what the test writes is undone

While a module has it, every test of that module works on the demonstration's database.
"""

import fcntl
import os
import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

SUFFIX, LOADED = "_demonstration", "loaded"


@pytest.fixture(scope="session")
def demonstration_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """Give (name, folder of its files) of a demonstration: the first process of a run loads it, the others copy it."""
    files = tmp_path_factory.mktemp("demonstration") / "files"
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = empty + SUFFIX
        connection.close()
        _administer("DROP DATABASE IF EXISTS {}", name)
        with _alone_in(_of_the_run(tmp_path_factory)) as shared:
            if not (shared / LOADED).exists():
                _load(empty, name, files)
                _administer("DROP DATABASE IF EXISTS {}", _kept(shared))
                _administer("CREATE DATABASE {} TEMPLATE {}", _kept(shared), name)
                shutil.copytree(files, shared / LOADED)
            else:
                _administer("CREATE DATABASE {} TEMPLATE {}", name, _kept(shared))
                shutil.copytree(shared / LOADED, files)
    yield name, files
    with django_db_blocker.unblock():
        _administer("DROP DATABASE {}", name)


def _load(empty, name, files):
    """Copy the empty test database and load the demonstration into the copy."""
    from reports.demo.load import load

    files.mkdir()
    _administer("CREATE DATABASE {} TEMPLATE {}", name, empty)
    with working_on(name, files):
        load()


def _of_the_run(tmp_path_factory):
    """Return the folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def _kept(shared):
    """Return the name of the database that waits to be copied: one for each run."""
    return f"demonstration_{shared.name.replace('-', '_')}"


@contextmanager
def _alone_in(folder):
    """Let one process at a time do what stands inside the block."""
    with open(folder / f"{LOADED}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


@pytest.fixture(scope="module")
def demonstration_lent(demonstration_database):
    """Point the connection at the demonstration for the length of a module."""
    with working_on(*demonstration_database):
        yield


@pytest.fixture
def demonstration(demonstration_lent, db):
    """The demonstration as loaded, on 22/09/2026; gives its moment."""
    from office import clock

    return clock.moment()


@contextmanager
def working_on(name, files):
    """Use another database and another folder of received files inside a block."""
    before = connection.settings_dict["NAME"]
    default = settings.STORAGES["default"]
    storage = {**default, "OPTIONS": {**default["OPTIONS"], "location": files}}
    point_at(name)
    try:
        with override_settings(STORAGES={**settings.STORAGES, "default": storage}):
            yield
    finally:
        point_at(before)


def point_at(name):
    """Let the connection go to another database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _administer(statement, *names):
    """Run a statement on whole databases, from outside of them."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))
