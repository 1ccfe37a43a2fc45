"""Whole processes measured from outside: wall-clock seconds and peak memory.

Run as a script it measures the command it is given. Its own process stays small on purpose: a
child starts with the peak memory of the process that forks it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from statistics import median
from typing import NamedTuple

JOURNAL = (sys.executable, "-m", "journal")
KIB_A_MB = 1024


class Run(NamedTuple):
    """One process: how long it took, the most memory it held, and how it ended."""

    seconds: float
    megabytes: float
    code: int


def run(*command: str, stdin: str = "", ends: Collection[int] = (0,)) -> Run:
    """Run a command, what it prints thrown away, and refuse an end that was not expected."""
    measured = subprocess.run(
        (sys.executable, __file__, *command),
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
    )
    result = Run(*json.loads(measured.stdout))
    assert result.code in ends, measured.stderr
    return result


def typical(times: int, *command: str, stdin: str = "", ends: Collection[int] = (0,)) -> Run:
    """Run a command several times; return the median time and memory."""
    runs = [run(*command, stdin=stdin, ends=ends) for _ in range(times)]
    seconds, megabytes, _ = zip(*runs, strict=True)
    return Run(median(seconds), median(megabytes), runs[0].code)


def _measure(command: list[str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # `wait4` knows the memory of this child alone.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    return Run(seconds, usage.ru_maxrss / KIB_A_MB, process.returncode)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1:])))
