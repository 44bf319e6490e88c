"""Servers under test: gunicorn with one process and eight threads, its CPU time and memory read from the kernel."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SETTLING = 600.0


class NeverQuiet(RuntimeError):
    """The worker went on working."""


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far."""
        times = [member.cpu_times() for member in self._members()]
        return float(sum(t.user + t.system for t in times))

    def memory_mib(self) -> float:
        """Resident memory of the working process (the largest)."""
        return float(max(member.memory_info().rss for member in self._members()) / 2**20)

    def settle(self) -> None:
        """Wait until the worker inside has done what comes round at a start, so that it is not counted with a page.

        Raises NeverQuiet when it is still at it after ten minutes.
        """
        quiet, until = 0, time.monotonic() + LONGEST_SETTLING
        while quiet < 3:
            before = self.cpu_seconds()
            time.sleep(1)
            spent = self.cpu_seconds() - before
            quiet = quiet + 1 if spent < 0.03 else 0
            if time.monotonic() > until:
                raise NeverQuiet(
                    f"Nobody asks the server for anything, and still it used {spent * 1000:.0f} ms of the last second. "
                    "Its worker goes on with something, and pages cannot be measured beside that: "
                    "the log above and the table “outbox” tell what it is."
                )

    def _members(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serving(target: str, environ: dict[str, str]) -> Iterator[Server]:
    """Start `gunicorn TARGET` with the product's configuration on a free port, and stop it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--threads", "8"]
    command += ["--worker-class", "network.core.web.serving.Worker"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    if target == "app:app":
        command += ["--config", "deploy/gunicorn.conf.py"]
    running = subprocess.Popen([*command, target], cwd=ROOT, env={**os.environ, **environ, "PORT": str(port)})
    try:
        _wait(port)
        yield Server(port, psutil.Process(running.pid))
    finally:
        running.terminate()
        running.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/hello", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
