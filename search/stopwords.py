"""Words too frequent to tell one text from another, per language.

They are indexed, because phrases need them, but a query ranks without them. The base
lists come with Whoosh; the additions are auxiliaries and contractions they lack.
"""

from __future__ import annotations

from whoosh.lang.stopwords import stoplists

from search.folding import fold

_MORE_ENGLISH = (
    "could would might must shall cannot ought also "
    "i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd "
    "i'll you'll he'll she'll we'll they'll isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't "
    "didn't won't wouldn't shan't shouldn't can't couldn't mustn't let's that's who's what's here's there's "
    "when's where's why's how's"
)
# Forms of "être" that are everyday nouns or that other languages need.
_NOT_FRENCH = {"été", "étés"}
# Names in any language that happen to be such forms: they do not make a question French.
NAMES = frozenset({"ai", "eu"})

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(fold(word) for word in (*stoplists["en"], *_MORE_ENGLISH.split())),
    "fr": frozenset(fold(word) for word in stoplists["fr"] if word not in _NOT_FRENCH),
}


def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language; none for a language without a list."""
    return STOP_WORDS.get(language, frozenset())
