"""Lays out one text in a process of its own, under limits, and ends: ``python -m network.core.text.apart``.

Reads a request as JSON from standard input and writes the result as JSON to standard output. The parent
kills it when it takes too long; the limits here hold even if the parent is gone.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
from pathlib import Path

from network.core.text.layout import Request, lay_out
from network.core.text.links import LinkPolicy

CPU_SECONDS = 2
EXTRA_BYTES = 160 * 1024 * 1024
"""Memory beyond what the interpreter and its modules take."""


def _limit() -> None:
    statm = Path("/proc/self/statm")
    if statm.exists():
        # Elsewhere than on Linux nobody says how much is in use, and only time is limited.
        used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + EXTRA_BYTES, used + EXTRA_BYTES))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(asked: str) -> str:
    fields = json.loads(asked)
    fields["links"] = LinkPolicy(**fields["links"])
    laid_out = lay_out(Request(**fields))
    if laid_out is None:
        return "null"
    html, headings = laid_out
    return json.dumps([html, [dataclasses.astuple(heading) for heading in headings]])


def main() -> int:
    """Returns 0 with a result (``null`` when the text cannot be laid out), 1 when memory ran out."""
    try:
        asked = sys.stdin.read()
        _limit()
        sys.stdout.write(_answer(asked))
    except MemoryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
