"""bin/bench: measure the bars of docs/performance.md on bases of their own that are thrown away; prints one table."""

import argparse
import os
import subprocess
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from doors import setup
from doors.environment import ROOT, say
from doors.manage import run
from doors.surroundings import environment_for, python, read_env_file
from doors.test import scratch

PACKAGES = ROOT / "build" / "bench"
SMALL, QUICK, FULL = 10_000, 100_000, 10_000_000
FILE_ROWS = 200_000
WIDE = ["--sites", 200, "--months", 120, "--families", 5]
UNTIL, TODAY = "2026-08", "2026-09-22"  # the same base on any day


def main(arguments: list[str]) -> int:
    """Fill a small and a large base, measure one against the other, throw them away."""
    options = parse(arguments)
    read_env_file()
    setup.prepare()
    compare_with()
    with scratch() as urls:
        bases = {}
        for name, lines in (("small", SMALL), ("large", options.lines)):
            say(f"Filling a base with {lines:,} lines …")
            bases[name] = fill(urls, f"bench_{name}", ["--lines", lines, *(WIDE if options.wide else [])])
        say(f"Filling a base with {options.objects:,} suppliers and parts …")
        bases["objects"] = fill(urls, "bench_objects", ["--suppliers", options.objects, "--parts", options.objects])
        rounds = [
            "--rounds",
            options.rounds,
            "--lines",
            options.lines,
            *(["--only", options.only] if options.only else []),
        ]
        env = {**bases["large"], **{f"BENCH_{name.upper()}": env["DATABASE_URL"] for name, env in bases.items()}}
        env["BENCH_FILE_ROWS"] = str(FILE_ROWS // 4 if options.quick else FILE_ROWS)
        return run(python("-W", "ignore", "-m", "tests.bench", *rounds), env, cwd=ROOT)


def parse(arguments: list[str]):
    """Read the few options."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure partstrack against its bars.")
    parser.add_argument("--quick", action="store_true", help="100,000 lines instead of ten million")
    parser.add_argument("--lines", type=int, help="lines of the large base (default 10,000,000)")
    parser.add_argument("--wide", action="store_true", help="200 sites, 120 months, 5 families instead of 40, 60, 4")
    parser.add_argument(
        "--objects", type=int, default=100_000, help="suppliers and parts of the lists (default 100,000)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds of each measure (default 5)")
    parser.add_argument("--only", help="only the measures whose name contains this word")
    options = parser.parse_args(arguments)
    options.lines = options.lines or (QUICK if options.quick else FULL)
    options.objects = min(options.objects, QUICK // 10) if options.quick else options.objects
    return options


def compare_with() -> None:
    """Install what is compared with beside the application, once; without it those measures are left out."""
    if PACKAGES.exists():
        return
    command = python("-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-deps", "--target", PACKAGES)
    done = subprocess.run([*command, "-r", str(ROOT / "requirements-bench.txt")], capture_output=True, text=True)
    if done.returncode:
        say("DuckDB could not be installed: what is compared with it is left out.")


def fill(urls, name: str, amounts: list) -> dict[str, str]:
    """Make a base, migrate and fill it; return the environment of programs that use it."""
    with closing(psycopg2.connect(urls.owner)) as server:
        server.autocommit = True
        server.cursor().execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = urlunsplit(urlsplit(urls.owner)._replace(path=f"/{name}"))
    env = environment_for(urls, DATABASE_URL=url, DATABASE_OWNER_URL=url, DATABASE_WORKER_URL=url)
    env |= {"PARTSTRACK_TODAY": TODAY, "PYTHONPATH": os.pathsep.join([env["PYTHONPATH"], str(PACKAGES)])}
    for words in (["migrate", "-v", "0"], ["createcachetable"], ["seed_volume", "--until", UNTIL, *amounts]):
        subprocess.run(
            python("-W", "ignore", ROOT / "manage.py", *words), env=env, check=True, stdout=subprocess.DEVNULL
        )
    return env
