"""Have pip install a lock, with hashes checked, and show how far it is: pip itself is either silent or endless.

    python deploy/install_lock.py requirements.txt

Only the standard library is used, because nothing is installed yet.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PIP = (sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-color", "--progress-bar", "off")
# What is unpacked is compiled afterwards, on all processors at once; pip would do it on one.
UNPACK = ("--no-compile", "--require-hashes", "-r")
SEEN = re.compile(r"\s*(Collecting|Requirement already satisfied:|Ignoring) ?([A-Za-z0-9._-]+)")
EVERY = 5  # seconds between two lines where there is no terminal to draw on
WIDTH = 30


class Progress:
    """A bar on a terminal, now and then a line elsewhere."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.shown_at = max(total, 1), 0, time.monotonic()
        self.terminal = sys.stdout.isatty()

    def step(self, name: str) -> None:
        """One more package is on its way."""
        self.done = min(self.done + 1, self.total)
        self.show(name)

    def show(self, words: str) -> None:
        """Say where we are."""
        if self.terminal:
            filled = WIDTH * self.done // self.total
            bar = "#" * filled + "-" * (WIDTH - filled)
            print(f"\r  [{bar}] {self.done} of {self.total}  {words:<40.40}", end="", flush=True)
        elif time.monotonic() - self.shown_at > EVERY:
            self.shown_at = time.monotonic()
            print(f"  {self.done} of {self.total}  {words}", flush=True)


def main(lock: str) -> int:
    """Install it; on failure show what pip said. Returns pip's own exit code."""
    names = re.findall(r"(?m)^[A-Za-z0-9._-]+==", Path(lock).read_text(encoding="utf-8"))
    progress, said = Progress(len(names)), []
    command = (*PIP, *UNPACK, lock)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            said.append(line)
            _follow(line, progress)
    if progress.terminal:
        print("\r" + " " * (WIDTH + 70) + "\r", end="")
    if pip.returncode:
        sys.stderr.writelines(_worth_reading(said))
    return pip.returncode


def _follow(line: str, progress: Progress) -> None:
    if seen := SEEN.match(line):
        progress.step(seen[2])
    elif line.startswith("Installing collected"):
        progress.show("unpacking …")


def _worth_reading(said: Iterable[str]) -> list[str]:
    """The end of what pip said, where its reason stands."""
    return [line for line in said if not line.startswith("WARNING: Location")][-25:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
