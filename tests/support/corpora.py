"""Archives of published guidance to test with. They are no part of the project.

They lie in `shared/corpora` beside the project's root, or in the folder that COMMON_PRACTICE_CORPORA names. What takes
long with all of them is run with the smallest, unless that is set.
"""

from __future__ import annotations

import os
from pathlib import Path

NAMED = os.environ.get("COMMON_PRACTICE_CORPORA", "")
CORPORA = Path(__file__).resolve().parents[2] / (NAMED or "../shared/corpora")
ARCHIVES = sorted(CORPORA.glob("*.tar.gz"))
SOME = ARCHIVES if NAMED else sorted(ARCHIVES, key=lambda path: path.stat().st_size)[:1]
ABSENT = f"there are no archives of guidance in {CORPORA}: name their folder in COMMON_PRACTICE_CORPORA"


def name_of(archive: Path) -> str:
    """What a test with it is called."""
    return archive.name.split(".")[0]
