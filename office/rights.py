"""Which tables the application's database roles may only add to."""

from urllib.parse import unquote, urlsplit

import pghistory.models
from django.apps import apps

from partstrack import registry


def protected_tables():
    """Return the tables that are only ever added to: what the apps state, and every table of history."""
    history = [
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and not model._meta.proxy and model._meta.managed
    ]
    return sorted({*registry.all_of("protected"), *history})


def protect(connection, urls):
    """Give the app and worker roles their rights; return the names of the roles. None without an owner of its own."""
    if not urls["owner"]:
        return []
    roles = [unquote(urlsplit(url).username or "") for name, url in urls.items() if name != "owner" and url]
    owner = unquote(urlsplit(urls["owner"]).username or "")
    roles = sorted({role for role in roles if role and role != owner})
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for role in roles:
            name = quote(role)
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
            for table in set(protected_tables()) & set(connection.introspection.table_names(cursor)):
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {name}")
    return roles
