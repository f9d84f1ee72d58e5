"""One base of the bench in a process of its own: told the name of a task on a line, it answers with its seconds."""

import json
import os
import sys
import time
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partstrack.settings")


def main():
    """Answer until the other side goes away."""
    import_module("partstrack.wsgi")  # the door that serves pages
    from tests.bench.tasks import TASKS

    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            print(json.dumps(timed(TASKS[name], words)), flush=True)
        except Exception as error:  # the table says what could not be measured
            print(json.dumps({"error": f"{type(error).__name__}: {error}"[:200]}), flush=True)


def timed(task, words):
    """Return the seconds of a task: what it says itself, else how long it took."""
    began = time.perf_counter()
    said = task(*words)
    return {"seconds": time.perf_counter() - began} | (said or {})


if __name__ == "__main__":
    main()
