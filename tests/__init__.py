"""Tests of partstrack. PARTSTRACK_THOROUGH=1 plays more worlds and larger files, as before a release."""

import os

THOROUGH = bool(os.environ.get("PARTSTRACK_THOROUGH"))
