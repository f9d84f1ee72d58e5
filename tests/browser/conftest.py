"""What the tests in a browser share: Chromium, the product served on the demonstration, and people who signed in."""

import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from tests.browser import serving
from tests.demo_fixture import working_on

# The browser's own loop runs in this thread; Django is told that the tests know.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
SPACES = re.compile("[\u00a0\u202f\u2009]")
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def chromium():
    """The path of Chromium, or nothing; an empty PARTSTRACK_BROWSER says that there is none."""
    named = os.environ.get("PARTSTRACK_BROWSER")
    return named if named is not None else next(filter(None, map(shutil.which, NAMES)), "")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start the machine's own Chromium, quietly; without one these tests are skipped, in CI they fail."""
    found = chromium()
    if not found and os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail("There is no browser: install chromium or name one in PARTSTRACK_BROWSER.", pytrace=False)
    if not found:
        pytest.skip("NO BROWSER: install chromium, or name one in PARTSTRACK_BROWSER")
    return {"executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def _connection_before(django_db_setup):
    """The connection of the tests, as it is before the browser's loop runs."""
    return connections[DEFAULT_DB_ALIAS]


@pytest.fixture(scope="session")
def playwright(_connection_before, playwright):
    """Go on with the same connection: Django would open another one beside the browser's running loop."""
    connections[DEFAULT_DB_ALIAS] = _connection_before
    return playwright


@pytest.fixture(scope="module")
def served(browser, request, demonstration_database, django_db_blocker, tmp_path_factory):
    """The product, served on a copy of the demonstration that belongs to this module; the tests' own connection too."""
    name = request.module.__name__.rpartition(".")[2]
    with django_db_blocker.unblock(), copy_served(demonstration_database, name, tmp_path_factory.mktemp("home")) as own:
        yield own


@contextmanager
def copy_served(demonstration_database, name, home):
    """Serve a copy of the demonstration for the length of a block, and let the tests' own connection work on it."""
    source, files = demonstration_database
    name = f"{source}_{name}"[:60]
    own = serving.copy_files(files, home)
    with serving.copied(source, name), working_on(name, own), serving.serving(name, home) as running:
        yield running


@pytest.fixture
def db(served):
    """Here the database is the one that is served: what a test writes is really written, and nothing is emptied."""
    return served.database


@dataclass
class Watch:
    """What a browser did that nobody should see: faults in the console, requests to elsewhere, answers that broke."""

    home: str
    faults: list = field(default_factory=list)

    def over(self, context):
        """Listen to every page of a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message):
        expected = "Failed to load resource" in message.text  # the answer itself is looked at below
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(f"console: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.home:
            self.faults.append(f"request to {request.url}")

    def _response(self, response):
        asset = response.request.resource_type != "document"
        if response.status >= 500 or (asset and response.status >= 400):
            self.faults.append(f"{response.status} {response.url}")


@pytest.fixture
def watch(db, served):
    """Nothing that a browser complains of may happen in a test; a test may look at it, or clear it."""
    watching = Watch(urlsplit(served.url).netloc)
    yield watching
    assert watching.faults == []


@pytest.fixture
def enter(new_context, served, watch):
    """Return a function that signs somebody of the demonstration in through the sign-in page; gives the open page.

    enter("analyst", language="ar", script=False, viewport=PHONE)
    enter("somebody@example.org", password="…")
    """

    def walk_in(role, language="fr", script=True, viewport=None, at=None, password=None, **options):
        context = new_context(
            base_url=(at or served).url,
            java_script_enabled=script,
            viewport=viewport or WIDE,
            locale={"fr": "fr-DZ", "ar": "ar-DZ", "en": "en-GB"}[language],
            reduced_motion="reduce",
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(30_000)  # a machine may be busy
        watch.over(context)
        page = context.new_page()
        page.goto("/sign-in/")
        page.locator(f"form.languages button[value={language}]").click()
        if password is None:
            page.locator(f"button[name=role][value={role}]").click()
        else:
            page.locator("input[name=login]").fill(role)
            page.locator("input[name=password]").fill(password)
            page.locator("main form button[type=submit].w-100").click()
        page.locator("header.top").wait_for()
        return page

    return walk_in


def text(locator):
    """The words of an element, in plain spaces and without marks of direction."""
    return plain(locator.text_content())


def plain(words):
    """The same words in plain spaces and without marks of direction."""
    return " ".join(MARKS.sub("", SPACES.sub(" ", words)).split())
