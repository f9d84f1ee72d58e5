"""python -m tests.bench: every measure in alternating rounds, the table on standard output. Started by bin/bench."""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from statistics import median, quantiles

SLOW = {"upload", "copied", "downloaded", "copied_out", "workbook", "sheet", "memory", "second_start", "writers"}


@dataclass(frozen=True)
class Measure:
    """A bar: `a` against `b`, each (base, task, words); None: `a` alone. Passed when the ratio is at most (least: at least) it.

    `high`: of `a` the 95th percentile of eight times as many rounds counts, not the median.
    """

    name: str
    a: tuple
    b: tuple | None
    bar: float
    least: bool = False
    value: str = "seconds"
    unit: str = "×"
    high: bool = False


LINES = "/production/lines/"
BARE = ("large", "bare")
MEASURES = (
    Measure("Q, large base / 10 k lines", ("large", "ours"), ("small", "ours"), 1.25),
    Measure("Q, ours / DuckDB on the same data", ("large", "ours"), ("large", "duck"), 0.1),
    Measure("Q, ours / SQL on the lines", ("large", "ours"), ("large", "raw"), 1.0),
    Measure("home, counted afresh / bare page", ("large", "page", "/"), BARE, 6),
    Measure("home, counted afresh, 95th percentile / bare page", ("large", "page", "/"), BARE, 9, high=True),
    Measure("production, counted afresh / bare page", ("large", "page", "/production/"), BARE, 6),
    Measure("home, answers kept / bare page", ("large", "kept", "/"), BARE, 6),
    Measure("home, unchanged (304) / bare page", ("large", "unchanged", "/"), BARE, 1.2),
    Measure("production, unchanged (304) / bare page", ("large", "unchanged", "/production/"), BARE, 1.2),
    Measure("home as of a year back / today's", ("large", "page", "/?as-of=2025-09-22"), ("large", "page", "/"), 3),
    *(
        Measure(f"lines, {what} / bare page", ("large", *task), BARE, bar)
        for what, task, bar in (
            ("first page", ("kept", LINES), 10),
            ("sorted", ("kept", f"{LINES}?sort=-produced"), 10),
            ("filtered", ("kept", f"{LINES}?supplier=S0000003"), 10),
            ("page 1,000", ("deep", LINES, 1000), 10),
            ("search", ("kept", f"{LINES}?q=00012"), 12),
        )
    ),
    Measure("lines, first page, large / 10 k lines", ("large", "kept", LINES), ("small", "kept", LINES), 1.5),
    Measure(
        "lines, sorted, large / 10 k lines",
        ("large", "kept", f"{LINES}?sort=-produced"),
        ("small", "kept", f"{LINES}?sort=-produced"),
        1.5,
    ),
    Measure(
        "lines, filtered, large / 10 k lines",
        ("large", "kept", f"{LINES}?supplier=S0000003"),
        ("small", "kept", f"{LINES}?supplier=S0000003"),
        1.5,
    ),
    Measure("suppliers, first page / bare page", ("objects", "kept", "/suppliers/"), ("objects", "bare"), 10),
    Measure(
        "suppliers, page 100 by its link / bare page", ("objects", "deep", "/suppliers/", 100), ("objects", "bare"), 10
    ),
    Measure("suppliers, search / bare page", ("objects", "kept", "/suppliers/?q=0000123"), ("objects", "bare"), 12),
    Measure(
        r"upload of 200 k rows csv, speed / \copy", ("small", "copied"), ("small", "upload", "csv"), 0.4, least=True
    ),
    Measure(
        r"upload of 200 k rows xlsx, speed / \copy", ("small", "copied"), ("small", "upload", "xlsx"), 0.3, least=True
    ),
    Measure(r"download of all lines csv / \copy", ("large", "downloaded", "csv"), ("large", "copied_out"), 2),
    Measure("eight writers: deadlocks and differences", ("small", "writers"), None, 0, value="wrong", unit=""),
    Measure("download of 200 k lines xlsx / XlsxWriter alone", ("large", "workbook"), ("large", "sheet"), 1.3),
    Measure("download of all lines csv: memory, MB", ("large", "memory", "csv"), None, 30, value="megabytes"),
    Measure("second start to the first page, s", ("small", "second_start"), None, 5),
    Measure(
        "page weight of home, KB, without interactive charts", ("small", "weight", "/"), None, 150, value="kilobytes"
    ),
    Measure("page weight of home, KB, with them", ("small", "weight", "/", True), None, 500, value="kilobytes"),
)


class Base:
    """A base in a process of its own."""

    def __init__(self, name):
        env = {**os.environ, "DATABASE_URL": os.environ[f"BENCH_{name.upper()}"]}
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.bench.worker"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, *task):
        """Have a task done; return what is said of it."""
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        if "error" in said:
            raise RuntimeError(said["error"])
        return said


def measured(measure, bases, rounds):
    """Return (ratio of the medians, or the value alone; median of a; median of b)."""
    sides = [side for side in (measure.a, measure.b) if side]
    slow = any(task in SLOW for _base, task, *_words in sides)
    found = [[] for _side in sides]
    rounds *= 8 if measure.high else 1
    for turn in range((max(1, rounds // 5) if slow else rounds) + (not slow)):
        for side, (base, *task) in zip(found, sides, strict=True):
            said = bases[base].do(*task)[measure.value]
            if turn or slow:  # the first round warms
                side.append(said)
    middles = [median(side) for side in found]
    if measure.high:
        middles[0] = quantiles(found[0], n=20)[-1]
    return middles[0] / middles[1] if measure.b else middles[0], *middles


def main():
    """Print the table; exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    bases, missed = {name: Base(name) for name in ("small", "large", "objects")}, 0
    print(f"\nlarge base: {options.lines:,} lines; medians of {options.rounds} alternating rounds\n")
    print(f"| {'measure':58} | {'bar':>8} | {'measured':>9} | {'a, ms':>9} | {'b, ms':>9} | |\n|{'---|' * 6}")
    for measure in (each for each in MEASURES if options.only in each.name):
        sign = "≥" if measure.least else "≤"
        try:
            value, *medians = measured(measure, bases, options.rounds)
        except RuntimeError as error:
            print(f"| {measure.name:58} | {sign} {measure.bar:>6g} | – | | | not measured: {error} |", flush=True)
            continue
        passed = value >= measure.bar if measure.least else value <= measure.bar
        missed += not passed
        shown = [
            f"{each * 1000:9.1f}" if measure.value == "seconds" and measure.b else " " * 9 for each in (*medians, 0)[:2]
        ]
        verdict = "pass" if passed else "MISSED"
        print(
            f"| {measure.name:58} | {sign} {measure.bar:>6g} | {value:9.2f} | {' | '.join(shown)} | {verdict} |",
            flush=True,
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
