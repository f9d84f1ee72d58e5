"""The WSGI door."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partstrack.settings")

application = get_wsgi_application()

# What the code itself holds is never garbage: looked through again and again it would cost every page a tenth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
