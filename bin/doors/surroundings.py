"""What every door gives to the programs it starts: the home, the `.env` file, the key, the database's addresses."""

import os
import secrets
from pathlib import Path

from doors.environment import PYTHON, ROOT
from partstrack.embedded import Urls, open_home


def read_env_file(path: Path = ROOT / ".env") -> None:
    """Take NAME=value lines of `.env` as environment variables; what is set already wins."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def home() -> Path:
    """The folder of database, files and secrets: PARTSTRACK_HOME, else `var` in the checkout."""
    return Path(os.environ.get("PARTSTRACK_HOME") or ROOT / "var").absolute()


def environment_for(urls: Urls, **more: str) -> dict[str, str]:
    """The environment of a program of partstrack, with the database that `urls` names."""
    env = {**os.environ, "PARTSTRACK_HOME": str(open_home(home())), "DJANGO_SETTINGS_MODULE": "partstrack.settings"}
    env.setdefault("PARTSTRACK_SECRET_KEY", secret_key())
    env["PARTSTRACK_EMBEDDED"] = "1" if urls.embedded else "0"
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    return {**env, **{name: url for name, url in urls.environment().items() if url}, **more}


def secret_key() -> str:
    """The key that signs sessions, made once and kept in the home; only its owner may read it."""
    path = home() / "secret_key"
    if not (path.exists() and path.read_text().strip()):
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(path)
    return path.read_text().strip()


def python(*arguments) -> list[str]:
    """A command line of the environment's Python."""
    return [str(PYTHON), *map(str, arguments)]
