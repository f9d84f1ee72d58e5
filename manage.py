#!/usr/bin/env python
"""Django's command line, with the database role that the command needs."""

import json
import os
import sys

from django.core.management import ManagementUtility, get_commands

OWNER_COMMANDS = {"migrate", "makemigrations", "demo", "flush", "sqlmigrate", "createcachetable"}
WEB_COMMANDS = {"runserver", "testserver"}


class CommandLine(ManagementUtility):
    """Django's, but an unknown command is a wrong call: exit 2."""

    def fetch_command(self, subcommand):
        """Return the command of a name; the apps are known by now, unless the settings could not be read."""
        if subcommand not in get_commands() and not self.settings_exception:
            said = f"There is no command {subcommand!r}. `help` lists them."
            sys.stderr.write(f"{said}\n")
            if "--json" in self.argv:
                print(json.dumps({"state": "wrong_call", "error": said}))
            sys.exit(2)
        return super().fetch_command(subcommand)


def database_role(command: str) -> str:
    """The role a command connects with: owner changes tables, app serves pages, worker does the rest."""
    if command in OWNER_COMMANDS:
        return "owner"
    return "app" if command in WEB_COMMANDS else "worker"


def main() -> None:
    """Choose the database role, then let Django run the command."""
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partstrack.settings")
    os.environ.setdefault("PARTSTRACK_DB_ROLE", database_role(command))
    CommandLine(sys.argv).execute()


if __name__ == "__main__":
    main()
