"""What happens to suggestions: begun, sent, withdrawn, talked about, accepted, declined, passed on.

All run inside `with transaction():`. The guide is locked before the suggestion, always, so that two owners who answer
at once stand in line: the second finds it answered.
"""

from __future__ import annotations

from network.library.suggestions.actions.answering import accept, decline, hide
from network.library.suggestions.actions.proposing import (
    MOST_OPEN,
    DraftElsewhere,
    OtherDraft,
    Proposal,
    TooManyOpen,
    discard,
    keep,
    send,
    withdraw,
)
from network.library.suggestions.actions.rows import AlreadyAnswered, count_waiting
from network.library.suggestions.actions.talking import say

__all__ = [
    "MOST_OPEN",
    "AlreadyAnswered",
    "DraftElsewhere",
    "OtherDraft",
    "Proposal",
    "TooManyOpen",
    "accept",
    "count_waiting",
    "decline",
    "discard",
    "hide",
    "keep",
    "say",
    "send",
    "withdraw",
]
