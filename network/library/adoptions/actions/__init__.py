"""Saying that a guide is used, how it went, that it no longer is, and taking that back."""

from __future__ import annotations

from network.library.adoptions.actions.muting import mute
from network.library.adoptions.actions.telling import AdoptionChanged, Told, answer, may_answer, tell
from network.library.adoptions.actions.using import stop, use, withdraw

__all__ = [
    "AdoptionChanged",
    "Told",
    "answer",
    "may_answer",
    "mute",
    "stop",
    "tell",
    "use",
    "withdraw",
]
