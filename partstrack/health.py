"""Health: /healthz/live touches nothing; /healthz/ready asks the database, the migrations and the disk."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

LEAST_FREE_BYTES = 200 * 1024 * 1024


@login_not_required
def live(request):
    """Say that the process answers."""
    return JsonResponse({"live": True})


@login_not_required
def ready(request):
    """Say whether this process can serve: 200, or 503 with what is wrong."""
    wrong = list(_troubles())
    return JsonResponse({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200)


def _troubles():
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "migrations are pending: bin/manage migrate"
    except DatabaseError:
        yield "the database does not answer"
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.HOME).free < LEAST_FREE_BYTES:
        yield "the disk is nearly full"
