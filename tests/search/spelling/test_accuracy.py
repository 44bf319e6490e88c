"""The first answer must be the word meant for nearly all slips, measured on real texts."""

from __future__ import annotations

import random
import re
import tarfile
from collections.abc import Iterator

import pytest

from search.spelling import Dictionary, count_words
from tests.support.corpora import ABSENT, ARCHIVES

# Four times as many as the promise asks for, so that chance moves the share by less than the margin.
SAMPLED, RIGHT = 2000, 0.95
LETTERS = "abcdefghijklmnopqrstuvwxyz"

_NOT_TEXT = re.compile(r"\]\([^)]*\)|https?://\S+|<[^>]*>|\{[{%].*?[%}]\}")


def texts() -> Iterator[str]:
    """The Markdown files of the archives without links, tags and templates."""
    for archive in ARCHIVES:
        with tarfile.open(archive) as opened:
            for member in opened.getmembers():
                file = opened.extractfile(member) if member.name.endswith(".md") else None
                if file is not None:
                    yield _NOT_TEXT.sub(" ", file.read().decode("utf-8", "replace"))


def slip(word: str, chance: random.Random) -> str:
    """One letter put in, left out, replaced or swapped, every place and letter as likely."""
    place = chance.randrange(len(word))
    kind = chance.choice(("put in", "left out", "replaced", "swapped"))
    if kind == "put in":
        return word[:place] + chance.choice(LETTERS) + word[place:]
    if kind == "left out":
        return word[:place] + word[place + 1 :]
    if kind == "replaced":
        return word[:place] + chance.choice(LETTERS) + word[place + 1 :]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@pytest.mark.slow
@pytest.mark.skipif(not ARCHIVES, reason=ABSENT)
def test_the_first_answer_is_right() -> None:
    counts = count_words(texts())
    dictionary = Dictionary.of(counts)
    meant = sorted(word for word, count in counts.items() if len(word) >= 4 and count >= 3)
    chance = random.Random(2026)
    right = sampled = 0
    while sampled < SAMPLED:
        word = chance.choice(meant)
        typed = slip(word, chance)
        if typed not in counts:
            sampled += 1
            right += dictionary.suggest(typed)[:1] == [word]
    assert right / SAMPLED >= RIGHT, f"{right} of {SAMPLED}"
