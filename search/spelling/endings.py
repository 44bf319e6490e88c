"""Endings that sound alike, so that many write one for the other ("accessability", "independance").

The stem is the same, so that the index holds the word in a way, among much that only begins alike.
"""

from __future__ import annotations

_ALIKE = (
    ("ability", "ibility"),
    ("abilitie", "ibilitie"),  # Their plural has an s.
    ("able", "ible"),
    ("ance", "ence"),
    ("ancy", "ency"),
    ("ant", "ent"),
)
_PAIRS = tuple(pair for one, other in _ALIKE for pair in ((one, other), (other, one)))


def other_endings(word: str) -> list[str]:
    """The folded word with each other ending that sounds like its own, in the plural too."""
    plural = "s" if word.endswith("s") else ""
    single = word.removesuffix("s")
    return [single.removesuffix(one) + other + plural for one, other in _PAIRS if single.endswith(one)]
