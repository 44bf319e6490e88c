"""Reads the words of one file under limits, and ends: ``python -m network.attachments.words.apart pdf``.

The file comes on standard input; JSON goes to standard output: its text, or why it could not be read. The parent kills
the process when it takes too long; the limits here hold even if the parent is gone.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from network.attachments.words.gathering import Enough, Unreadable, Words
from network.attachments.words.limits import CPU_SECONDS, EXTRA_BYTES
from network.attachments.words.office import read_office
from network.attachments.words.plain import read_plain

OFFICE = frozenset(("word", "excel", "powerpoint", "odt", "ods", "odp"))


def read(data: bytes, key: str) -> dict[str, str]:
    """The text of a file of this kind, or in `fault` why there is none."""
    words = Words()
    try:
        if key in OFFICE:
            read_office(data, key, words)
        elif key == "pdf":
            from network.attachments.words.pdf import read_pdf  # Takes a while to come in.

            read_pdf(data, words)
        else:
            read_plain(data, key, words)
    except Enough:
        pass
    except Unreadable as fault:
        return {"fault": str(fault)}
    return {"text": words.text()}


def _limit() -> None:
    statm = Path("/proc/self/statm")
    if statm.exists():
        # Elsewhere than on Linux nobody says how much is in use, and only time is limited.
        used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + EXTRA_BYTES, used + EXTRA_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # It writes no files.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Returns 0 with an answer, 1 when memory ran out."""
    try:
        data = sys.stdin.buffer.read()
        _limit()
        sys.stdout.write(json.dumps(read(data, sys.argv[1])))
    except (MemoryError, RecursionError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
