"""The worker of bin/run: one `manage.py work` that does what is long, beside the web server."""

import subprocess
import time
from contextlib import suppress

from doors.environment import ROOT, say
from doors.serving import STOP_WITHIN, die_with_parent
from doors.surroundings import python

PAUSES = (0, 1, 5, 30, 60)  # seconds before it is started again: longer each time that it ends soon
LONG = 300  # seconds after which an end is the first one again


class Worker:
    """The worker as a child process; without it the pages do everything themselves, so it stops nothing else."""

    def __init__(self, env: dict[str, str]):
        self.env = env
        self.process: subprocess.Popen | None = None
        self.ends, self.started, self.next = 0, 0.0, 0.0

    def start(self) -> None:
        """Start it; it finds its work by itself."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            python(ROOT / "manage.py", "work"),
            env={**self.env, "PARTSTRACK_DB_ROLE": "worker"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def keep_alive(self) -> None:
        """Start it again when it ended, after a pause when that happens again and again."""
        now = time.monotonic()
        if self.process and self.process.poll() is not None:
            self.process = None
            self.ends = 1 if now - self.started > LONG else self.ends + 1
            self.next = now + PAUSES[min(self.ends, len(PAUSES)) - 1]
            say("The worker stopped; starting it again …")
        if self.process is None and now >= self.next:
            self.start()

    def stop(self) -> None:
        """Ask it to end: what it was doing waits for the next worker."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_WITHIN)
                return
            self.process.kill()
            self.process.wait()
