"""System checks: each names the variable and the remedy."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection


@register(Tags.security, deploy=True)
def deployment(app_configs, **kwargs):
    """Refuse a deployment without a secret key, with DEBUG or with wildcard hosts; say if history is open."""
    found = []
    if settings.SECRET_KEY.startswith("insecure-"):
        hint = "Set it to a long random text: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        found.append(Error("PARTSTRACK_SECRET_KEY is missing.", hint=hint, id="partstrack.E001"))
    if settings.DEBUG:
        found.append(
            Error("PARTSTRACK_DEBUG is on.", hint="Unset it: it shows data in error pages.", id="partstrack.E002")
        )
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts, separated by commas."
        found.append(Error("PARTSTRACK_HOSTS accepts every host.", hint=hint, id="partstrack.E003"))
    if not settings.DATABASE_URLS["owner"]:
        hint = "Set DATABASE_OWNER_URL (tables belong to it) and give DATABASE_URL a role of its own."
        message = "History is not protected: the application's database role owns the tables."
        found.append(Warning(message, hint=hint, id="partstrack.W001"))
    return found


@register(Tags.database)
def durable(app_configs, databases=None, **kwargs):
    """Refuse a database that may lose what it confirmed."""
    if not databases or settings.DATABASE_URLS.get("tests"):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    if fsync == "on" and commit != "off":
        return []
    hint = "Set fsync = on and synchronous_commit = on in postgresql.conf."
    return [Warning("The database may lose what people were told is saved.", hint=hint, id="partstrack.W002")]
