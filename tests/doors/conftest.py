"""What the tests of the doors share: their modules, a folder, a database of its own."""

import sys
from pathlib import Path

import pytest

from partstrack import embedded

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(1, str(ROOT / "bin"))


def start(home, environ=None, **options):
    """Start a quick cluster that is told nothing by this test's own environment."""
    return embedded.start(home, environ or {}, **{"durable": False, "say": lambda text: None, **options})


@pytest.fixture
def open_folder(tmp_path_factory):
    """A folder that every account may enter, as a checkout usually is; pytest's own are closed to others."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="partstrack-doors-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(open_folder):
    """A home with a space and an accent in its name; whatever was started in it is gone afterwards."""
    home = open_folder / "pièces détachées"
    yield home
    embedded.stop(home, {})
    embedded.discard(home, {})
