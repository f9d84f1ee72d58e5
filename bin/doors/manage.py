"""bin/manage: a command of partstrack, on the database of the home or of DATABASE_URL."""

import signal
import subprocess

from doors import database, setup
from doors.environment import ROOT, say
from doors.surroundings import environment_for, home, python, read_env_file
from partstrack import embedded

# These look at the code, or see to the tables themselves: nothing is migrated before them.
AS_IT_IS = {"help", "version", "check", "migrate", "makemigrations", "showmigrations", "sqlmigrate", "collectstatic"}
CHANGE_ALL = {"migrate", "demo", "flush", "loaddata", "restore"}


def main(arguments: list[str]) -> int:
    """Run the command and return its exit status; only the command writes on standard output."""
    read_env_file()
    command = arguments[0] if arguments else "help"
    setup.prepare()
    with embedded.running(home(), say=say) as urls:
        env = environment_for(urls)
        if command not in AS_IT_IS and not command.startswith("-"):
            database.prepare(urls, env, demonstration=False)
        if command in CHANGE_ALL:
            database.forget()
        return run(python(ROOT / "manage.py", *arguments), env)


def run(command: list[str], env: dict[str, str], cwd=None) -> int:
    """Run a program to its end; signals are for it, and the database is let go of afterwards."""
    child = subprocess.Popen(command, env=env, cwd=cwd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends Ctrl-C to the child as well
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), lambda number, frame: child.send_signal(number))
    status = child.wait()
    return status if status >= 0 else 128 - status
