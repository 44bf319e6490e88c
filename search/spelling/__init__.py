"""Corrects words that were mistyped, from the words that documents hold.

Whose documents is the caller's decision: words of documents that not everybody may read
do not belong in a dictionary that everybody is corrected from.
"""

from __future__ import annotations

from search.spelling.correcting import Correction, correct, did_you_mean
from search.spelling.dictionary import Dictionary, count_words
from search.spelling.files import load, save

__all__ = ["Correction", "Dictionary", "correct", "count_words", "did_you_mean", "load", "save"]
