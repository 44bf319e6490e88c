"""How much of a text that somebody wrote upon a guide's they take along: such a text is mostly the guide's own.

Of a guide that was withdrawn it is what they changed, of one that they may not read now only what holds nothing of it.
"""

from __future__ import annotations

from network.library.suggestions.own_words import added_words, own_words
from network.library.wording import Words

NOTHING = Words("", "", "")
UNREADABLE = "you cannot read the guide now"


def taken(words: Words, base: Words | None, *, reads: bool, known: bool) -> tuple[Words, str | None]:
    """What of it leaves, and what there is to say of the rest. `base` is the version that it was written upon, `known`
    whether they may be told of the guide.
    """
    if reads:
        return words, None
    if base is None:
        return NOTHING, f"left out: {UNREADABLE}"
    if known:
        return own_words(base, words), "only what you changed: the guide was withdrawn"
    added = added_words(base, words)
    return Words("", "", added), f"only paragraphs that you added: {UNREADABLE}" if added else f"left out: {UNREADABLE}"
