"""bin/run: the whole of partstrack on this machine, until Ctrl-C."""

import argparse
import signal
import time

from doors import database, setup
from doors.environment import say
from doors.serving import Web, claim_port
from doors.surroundings import environment_for, home, read_env_file
from doors.working import Worker
from partstrack import embedded, embedded_server

FIRST_PORT = 8000
LOOK_EVERY = 0.5  # seconds


class Stop(BaseException):
    """Somebody asked for the end."""


def main(arguments: list[str]) -> int:
    """Prepare, serve, and stop everything cleanly at the end."""
    options = parse(arguments)
    read_env_file()
    listen_for_the_end()
    try:
        setup.prepare()
        with embedded.running(home(), say=say) as urls:
            serve(urls, options)
    except Stop:
        say("Stopped.")
    return 0


def parse(arguments: list[str]):
    """Read the few options."""
    parser = argparse.ArgumentParser(prog="bin/run", description="Serve partstrack on this machine.")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first port to try (default %(default)s)")
    parser.add_argument("--empty", action="store_true", help="do not load the demonstration into an empty base")
    return parser.parse_args(arguments)


def listen_for_the_end() -> None:
    """Ctrl-C, a closed terminal and a request to end all end the same way."""

    def stop(number, frame):
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        raise Stop

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), stop)


def serve(urls: embedded.Urls, options) -> None:
    """Start the web server and the worker, say where they are, and watch over them and the database until the end."""
    env = environment_for(urls)
    accounts = database.prepare(urls, env, demonstration=urls.embedded and not options.empty)
    with claim_port(options.port) as port:
        web, worker = Web(port, env), Worker(env)
        try:
            web.start()
            worker.start()
            announce(port, accounts)
            watch(web, worker, urls)
        finally:
            worker.stop()
            web.stop()


def announce(port: int, accounts: str) -> None:
    """Say where to go and how to sign in."""
    print(f"\n  partstrack: http://127.0.0.1:{port}/\n", flush=True)
    if accounts:
        print(accounts + "\n", flush=True)
    print("  Ctrl-C stops everything.", flush=True)


def watch(web: Web, worker: Worker, urls: embedded.Urls) -> None:
    """Start again what died: the database under the same address if it can, the web server on the same port, the worker."""
    data = embedded.status(home()).data if urls.embedded else None
    while True:
        time.sleep(LOOK_EVERY)
        if data and not embedded_server.postmaster(data):
            say("The database stopped; starting it again …")
            fresh = embedded.start(home(), say=say)
            if fresh != urls:
                urls, web.env = fresh, environment_for(fresh)
                worker.stop()
                worker.env = web.env
                web.stop()
        web.keep_alive()
        worker.keep_alive()
