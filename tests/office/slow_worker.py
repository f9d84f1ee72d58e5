"""A worker with a kind of job that sleeps in the base, as a long statement does; started by test_jobs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partstrack.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from office.working import Worker  # noqa: E402
from partstrack import registry  # noqa: E402


def sleep(job, progress):
    """Sleep inside of a transaction, as long as the job says."""
    progress("Sleeping", 1, 2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [job.args["seconds"]])
    return "slept"


registry._collected.slots["jobs"].append(registry.JobKind("slow", "Slow work", sleep))
Worker().run()
