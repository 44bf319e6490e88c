"""How old a reader of English has to be to follow a text, as far as counting can tell."""

from __future__ import annotations

import re

FEWEST_WORDS = 100
"""Shorter texts are not judged: one long name would decide."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n")


def sentences(text: str) -> list[str]:
    """The sentences of plain text, a line being one at least."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", text) if part.strip()]


def reading_age(text: str) -> int | None:
    """Age in years by the Automated Readability Index; None for fewer than FEWEST_WORDS words. English only.

    Method: 4.71 times the letters and digits in a word plus 0.5 times the words in a sentence minus 21.43 gives a
    school year in the United States, to which five years are added. Source: E. A. Senter and R. J. Smith, “Automated
    Readability Index”, AMRL-TR-66-220, Aerospace Medical Research Laboratories, 1967. It was chosen because it counts
    letters, which are certain, and no syllables, which a program has to guess. Lines without the end of a sentence
    (headings, cells of tables) are left out, because they would make any text look easy.
    """
    told = " ".join(sentence for sentence in sentences(text) if sentence[-1] in ".!?:")
    words = _WORD.findall(told)
    if len(words) < FEWEST_WORDS:
        return None
    ends = max(1, len(_SENTENCE.findall(told)))
    letters = sum(sum(1 for sign in word if sign.isalnum()) for word in words)
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / ends - 21.43
    return max(5, round(grade + 5))
