"""What every test may ask for: people, a moment, somebody signed in; and no network beyond this machine."""

import os
from datetime import date

import pytest
import pytest_socket
from django.utils import translation
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples

from tests import THOROUGH

pytest_plugins = ["tests.demo_fixture"]
TODAY = date(2026, 9, 22)
EXAMPLES = int(os.environ.get("PARTSTRACK_EXAMPLES", "100" if THOROUGH else "12"))
# Making a failing world small takes minutes: only who looks for the fault asks for it.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if os.environ.get("PARTSTRACK_SHRINK") else [])]

examples.register_profile(
    "partstrack",
    deadline=None,  # a machine may be busy
    max_examples=EXAMPLES,
    phases=PHASES,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
examples.load_profile("partstrack")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item):
    """Let no test reach beyond this machine."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_day_from_outside(monkeypatch, settings):
    """A day that somebody fixed in the environment decides nothing here."""
    monkeypatch.delenv("PARTSTRACK_TODAY", raising=False)
    settings.TODAY = ""


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Tests write past the door and go back in time: what one kept would be wrong for the next."""
    from partstrack.kept import KEPT

    most, KEPT.most = KEPT.most, 0
    KEPT.clear()
    yield
    KEPT.most = most


@pytest.fixture(autouse=True)
def _words_of_the_code():
    """Outside a request the words are those of the code, whether the catalogues are compiled or not."""
    with translation.override("en"):
        yield


@pytest.fixture
def moment(db):
    """The moment of these tests: the demonstration's day is TODAY, so no page depends on the clock."""
    from office import clock
    from office.models import Ledger

    Ledger.objects.update(demo_today=TODAY)
    return clock.moment()


@pytest.fixture
def admin(db):
    """Somebody who enters and uploads."""
    from tests import making

    return making.person("admin@example.org", making.ADMIN)


@pytest.fixture
def manager(db):
    """Somebody who approves, closes, and sends reports."""
    from tests import making

    return making.person("manager@example.org", making.MANAGER)


@pytest.fixture
def analyst(db):
    """Somebody who looks."""
    from tests import making

    return making.person("analyst@example.org", making.ANALYST)


@pytest.fixture
def supplier_user(db):
    """Somebody who declares for the firm P05."""
    from tests import making

    return making.person("p05@example.org", making.SUPPLIER, firm=making.firm("P05"))


@pytest.fixture
def signed_in(client, moment):
    """Return a function that signs a person in, without a password, and returns the browser's stand-in."""

    def sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def committed(django_db_serialized_rollback, transactional_db):
    """A database whose writes are really committed, for threads; what the migrations filled in is there again."""
