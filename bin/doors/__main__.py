"""Open a door: make sure of the environment, go over into it, then do what the door is for."""

import importlib
import os
import sys
from pathlib import Path

BIN = Path(__file__).resolve().parent.parent
sys.path[0] = str(BIN)  # so that `doors` is a package and none of its modules hides one of Python's

from doors import environment  # noqa: E402

DOORS = {"run", "manage", "test", "check", "bench", "backup", "restore"}
WITH_TOOLS = {"test", "check"}


def main() -> int:
    """Return the door's exit status."""
    door, arguments = sys.argv[1], sys.argv[2:]
    if door not in DOORS:
        print(f"There is no door {door!r}: {', '.join(sorted(DOORS))}.", file=sys.stderr)
        return 2
    try:
        python = environment.ensure(tools=door in WITH_TOOLS)
        if not os.path.samefile(sys.prefix, environment.VENV):
            os.execv(python, [python, str(BIN / "doors"), *sys.argv[1:]])
        return enter(door, arguments)
    except environment.Failed as failure:
        print(failure, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def enter(door: str, arguments: list[str]) -> int:
    """Do what the door is for, inside the environment."""
    sys.path.insert(1, str(BIN.parent))
    from partstrack.embedded import Trouble

    try:
        return importlib.import_module(f"doors.{door}").main(arguments)
    except Trouble as trouble:
        raise environment.Failed(trouble) from None


if __name__ == "__main__":
    sys.exit(main())
