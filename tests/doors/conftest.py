"""What the tests of the doors share: their modules, a folder, a database of its own."""

import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from partstrack import embedded

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(1, str(ROOT / "bin"))


def start(home, environ=None, **options):
    """Start a quick cluster that is told nothing by this test's own environment."""
    return embedded.start(home, environ or {}, **{"durable": False, "say": lambda text: None, **options})


@contextmanager
def a_folder():
    """A folder that every account may enter, as a checkout usually is; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="partstrack-doors-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_home(folder):
    """A home with a space and an accent in its name; whatever was started in it is gone afterwards."""
    home = folder / "pièces détachées"
    yield home
    embedded.stop(home, {})
    embedded.discard(home, {})


@pytest.fixture
def open_folder():
    """A folder of this test alone."""
    with a_folder() as folder:
        yield folder


@pytest.fixture
def home(open_folder):
    """A home of this test alone."""
    with a_home(open_folder) as home:
        yield home
