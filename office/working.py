"""The worker: takes one job after another, says that it lives and how far it is, ends when it is asked to.

A job works in one transaction, which shows nothing before its end: a thread with a connection of its own writes how far
it is, and hears there whether its owner stopped it. The thread also hears of signals first (the work may be waiting for the
base, where Python hears nothing): it cancels the statement and has SIGUSR1 end the work.
"""

import logging
import os
import select
import signal
from threading import Event, Lock, Thread

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from office import daily, jobs
from office.models import Job

log = logging.getLogger("partstrack.jobs")
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
BEAT = 1  # seconds between two beats, and between two looks for work
LOST = (DatabaseError, InterfaceError)


class Worker:
    """One process that works. `run()` ends when SIGTERM or SIGINT says so; what was being done waits for the next worker."""

    def __init__(self):
        self.leaving, self.over, self.lock, self.inside = Event(), Event(), Lock(), False
        self.job = self.progress = self.backend = self.held = None

    def run(self):
        """Work until asked to end."""
        heard, told = os.pipe()
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        for number in ENDS:
            signal.signal(number, lambda number, frame: self.leaving.set())
        signal.signal(signal.SIGUSR1, self._interrupted)
        beat = Thread(target=self._beats, args=[heard], daemon=True)
        beat.start()
        while not self.leaving.is_set():
            if not self.step():
                self.leaving.wait(BEAT)
        self.over.set()
        beat.join()

    def step(self):
        """Do what comes next; return whether there was something. A base that went away is waited for."""
        try:
            close_old_connections()
            daily.queue_due()
            if job := jobs.take():
                self.work(job)
            return bool(job)
        except LOST:
            log.warning("The database does not answer: the worker waits for it.", exc_info=True)
            connection.close()
            return False

    def work(self, job):
        """Do one job; its thread and its signals know of it meanwhile."""
        connection.ensure_connection()
        self.backend, self.progress, self.job = connection.connection.info.backend_pid, jobs.Progress(), job
        try:
            self.inside = True
            jobs.do(job, self.progress, ended=self._outside)
        except jobs.Leaving:
            pass
        finally:
            self.job = None

    def _outside(self):
        """The work itself is over: what follows is not interrupted, whatever the thread is about to do."""
        with self.lock:
            self.inside = False

    def _interrupted(self, number, frame):
        if self.inside:
            self.inside = False
            raise jobs.Leaving if self.leaving.is_set() else jobs.Stopped

    # The thread --------------------------------------------------------------------------------------------
    def _beats(self, heard):
        while not self.over.is_set():
            try:
                self._beat()
            except LOST:
                connection.close()
            if select.select([heard], [], [], BEAT)[0] and {*os.read(heard, 64)} & {*ENDS}:
                self.leaving.set()
        connection.close()

    def _beat(self):
        """Say that the worker lives, how far its job is, and end that when its owner stopped it or the worker leaves."""
        connection.ensure_connection()
        with connection.cursor() as cursor:
            if self.held is not connection.connection:
                cursor.execute("SELECT pg_advisory_lock_shared(%s)", [jobs.WORKING])
                self.held = connection.connection
            job, progress = self.job, self.progress
            if job is None:
                cursor.execute("SELECT 1")
                return
            mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
            mine.update(heartbeat=timezone.now(), **progress.far)
            if self.leaving.is_set() or mine.filter(stopping=True).exists():
                with self.lock:
                    if self.inside and self.job is job:
                        os.kill(os.getpid(), signal.SIGUSR1)  # first: it is heard as soon as the statement ends
                        cursor.execute("SELECT pg_cancel_backend(%s)", [self.backend])
