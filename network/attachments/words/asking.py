"""Asks a process of its own for the words of a file. It is started afresh and gets none of this one's environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from network.attachments.kinds import KINDS
from network.attachments.words.gathering import Unreadable
from network.attachments.words.limits import SECONDS

_ROOT = Path(__file__).resolve().parents[3]
_KEYS = {kind.media_type: kind.key for kind in KINDS.values() if not kind.media_type.startswith("image/")}
TOO_MUCH = "reading it takes too long"


def has_words(media_type: str) -> bool:
    """Whether files of this type have words that can be read."""
    return media_type in _KEYS


def words_of(data: bytes, media_type: str, *, seconds: float = SECONDS) -> str:
    """The words of a file; empty where there are none, as in a scanned page. Raises Unreadable."""
    try:
        done = subprocess.run(  # noqa: S603 (nothing of it was typed by anybody)
            [sys.executable, "-m", "network.attachments.words.apart", _KEYS[media_type]],
            input=data,
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            env={"PATH": os.defpath, "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_MUCH) from error
    if done.returncode != 0 or not done.stdout:
        raise Unreadable(TOO_MUCH if done.returncode < 0 else "it is too large or too deep to read")
    answer: dict[str, str] = json.loads(done.stdout)
    if "fault" in answer:
        raise Unreadable(answer["fault"])
    return answer["text"]
