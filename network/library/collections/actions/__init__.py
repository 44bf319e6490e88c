"""What people do with collections. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from network.library.collections.actions.items import HOLDS, add, move, say, take_out
from network.library.collections.actions.keeping import begin, change, hide, take_away
from network.library.collections.actions.rows import NOT_YOURS, Thing, standing

__all__ = [
    "HOLDS",
    "NOT_YOURS",
    "Thing",
    "add",
    "begin",
    "change",
    "hide",
    "move",
    "say",
    "standing",
    "take_away",
    "take_out",
]
