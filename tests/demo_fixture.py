"""The demonstration, loaded once a test run into a database of its own and lent to the tests that look at it.

    def test_something(demonstration): ...      # `demonstration` is the moment; what the test writes is undone

While a module has it, every test of that module works on the demonstration's database.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

SUFFIX = "_demonstration"


@pytest.fixture(scope="session")
def demonstration_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """Copy the empty test database and load the demonstration into the copy; gives (name, folder of its files)."""
    from reports.demo.load import load

    files = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = empty + SUFFIX
        connection.close()
        _administer("DROP DATABASE IF EXISTS {}", name)
        _administer("CREATE DATABASE {} TEMPLATE {}", name, empty)
        with working_on(name, files):
            load()
    yield name, files
    with django_db_blocker.unblock():
        _administer("DROP DATABASE {}", name)


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
    with override_settings(STORAGES={**settings.STORAGES, "default": storage}):
        yield
    point_at(before)


def point_at(name):
    """Let the connection go to another database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _administer(statement, *names):
    """Run a statement on whole databases, from outside of them."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))
