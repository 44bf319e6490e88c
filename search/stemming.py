"""Brings the forms of one word to one stem, by language.

English gets its two spellings joined first ("organization" and "organisation" would
otherwise stem apart). Languages without a stemmer here keep the folded word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from whoosh.lang.porter2 import stem as english_stem
from whoosh.lang.snowball.french import FrenchStemmer

# Stemmers slow down on absurd words; no word of a language is that long.
_LONGEST_STEMMED = 40

_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|"
    "rum|sav|splend|tum|val|vap|vig"
)
_DOUBLED = "cancel|channel|counsel|dial|equal|fuel|initial|label|level|marshal|model|panel|signal|total|travel|tunnel"
# A hint that a word must hold before its pattern is worth trying, the pattern, what replaces it.
_SPELLINGS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (hint, re.compile(pattern), replacement)
    for hint, pattern, replacement in (
        ("iz", r"^(\w{2,})iz(e|ed|es|er|ers|ing|able|ation|ations|ational)$", r"\1is\2"),
        ("yz", r"^(\w{2,})yz(e|ed|es|er|ers|ing)$", r"\1ys\2"),
        ("our", rf"^(|mis|un|re|dis)({_OUR})our", r"\1\2or"),
        ("re", r"^(cent|fib|lit|\w*met|theat|calib)re(s|d)?$", r"\1er\2"),
        ("ll", rf"^({_DOUBLED})l(ed|ing|er|ers|ation|ations)$", r"\1\2"),
        ("licens", r"^(|re|un)licens", r"\1licenc"),
        ("practis", r"^practis", "practic"),
        ("ens", r"^(def|off|pret)ens(e|es|eless)$", r"\1enc\2"),
        ("programme", r"^(program)me(s|)$", r"\1\2"),
        ("ogue", r"^(catal|dial|anal|monol)ogue(s|d|)$", r"\1og\2"),
        ("rolment", r"^(en|reen)rolment", r"\1rollment"),
        ("il", r"^(fulfil|instil|skil)(s|ment|ful|fully|)$", r"\1l\2"),
        ("gement", r"^(judg|acknowledg|abridg)ement", r"\1ment"),
        ("enquir", r"^enquir", "inquir"),
        ("ageing", r"^ageing$", "aging"),
        ("mould", r"^(mo|smo)uld", r"\1ld"),
        ("aem", r"^haem", "hem"),
        ("aem", r"^(\w*)aem(?=i|o)", r"\1em"),
        ("paed", r"^(ortho)?paed", r"\1ped"),
        ("aesth", r"^(an)aesth", r"\1esth"),
        ("naec", r"^(gyn)aec", r"\1ec"),
        ("oe", r"^oe(?=s|d)", "e"),
        ("foet", r"^foet", "fet"),
        ("artefact", r"^artefact", "artifact"),
        ("sulph", r"^sulph", "sulf"),
        ("sceptic", r"^sceptic", "skeptic"),
        ("wards", r"^(to|after|up|down|for|back)wards$", r"\1ward"),
    )
)


# How a word that `british` has changed at its beginning may be written: (changed, written).
OTHER_BEGINNINGS = (
    ("inquir", "enquir"), ("hem", "haem"), ("es", "oes"), ("ed", "oed"), ("fet", "foet"), ("artif", "artef"),
    ("mold", "mould"), ("smold", "smould"), ("ped", "paed"), ("anem", "anaem"), ("anesth", "anaesth"),
    ("gynec", "gynaec"), ("leukem", "leukaem"), ("sulf", "sulph"), ("skep", "scep"),
)  # fmt: skip


def british(word: str) -> str:
    """One spelling for an English word that has two; the result need not be a word."""
    for hint, pattern, replacement in _SPELLINGS:
        if hint in word:
            changed, count = pattern.subn(replacement, word)
            if count:
                return changed
    return word


# Words that the stemmer gives the stem of others which mean something else: a local authority is no author, a
# department does not depart, and who looks for access requests does not want accessibility.
_APART = (
    "accessib", "authorit", "department", "emergenc", "experiment", "important", "inaccessib", "objectiv", "position",
    "responsib", "universit",
)  # fmt: skip
_BEGINNINGS = frozenset(beginning[:3] for beginning in _APART)


def _english(word: str) -> str:
    if word[:3] in _BEGINNINGS:
        word = "important" if word == "importance" else word
        for beginning in _APART:
            if word.startswith(beginning):
                return beginning
    return str(english_stem(british(word)))


_french_stemmer = FrenchStemmer()


def _french(word: str) -> str:
    return str(_french_stemmer.stem(word))


_STEMMERS: dict[str, Callable[[str], str]] = {"en": _english, "fr": _french}
STEMMED_LANGUAGES = frozenset(_STEMMERS)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where the language has no stemmer."""
    stemmer = _STEMMERS.get(language)
    if stemmer is None or len(word) > _LONGEST_STEMMED:
        return word
    return stemmer(word)
