"""Empty a base: everything that people entered goes, people and reference data stay. For the demonstration only."""

from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction

import catalogue.data.load
import integration.data.policies
import production.data.calendar
import production.data.seasons
import suppliers.data.standards
from intake.models import Batch
from office.models import Attachment

# Django's own tables, places, and people with their history: signing in goes on, nobody loses their password.
KEPT_APPS = {"auth", "contenttypes", "sessions", "places"}
KEPT_MODELS = {"accounts.user", "accounts.userevent", "office.ledger"}
# What the migrations of these apps filled in is filled in again.
RELOADED = (
    catalogue.data.load.load,
    production.data.calendar.load,
    production.data.seasons.load,
    integration.data.policies.load,
    suppliers.data.standards.load,
)


def empty():
    """Empty the base in one transaction and remove the files that were received.

    The data version goes on from where it is, so that no answer kept somewhere looks current afterwards.
    """
    files = [
        name for kept in (Batch, Attachment) for name in kept.objects.order_by("pk").values_list("file", flat=True)
    ]
    with transaction.atomic():
        _truncate(emptied_tables())
        for load in RELOADED:
            load(apps)
        transaction.on_commit(lambda: _remove(files))


def emptied_tables():
    """Return the tables that are emptied: every table of ours that is not kept."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not _is_kept(model)
    )


def _is_kept(model):
    return model._meta.app_label in KEPT_APPS or model._meta.label_lower in KEPT_MODELS


def _truncate(tables):
    """Empty the tables together. Refused by the database when a kept table points at one of them."""
    names = ", ".join(map(connection.ops.quote_name, tables))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")


def _remove(files):
    """Remove stored files, and the folders that are empty then."""
    for name in files:
        default_storage.delete(name)
    for folder in sorted(Path(default_storage.location).glob("*/**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
