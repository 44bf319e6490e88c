"""Words typed one after the other."""

from __future__ import annotations

from network.vocabulary.typed import tag_words, typed_words


def test_words_stand_between_commas_semicolons_and_lines_each_once() -> None:
    assert typed_words(" C#, open  data;damp\nDamp,, ,DAMP") == ("C#", "open data", "damp")
    assert typed_words("Siân, sian", lambda word: word.lower().replace("â", "a")) == ("Siân",)
    assert typed_words(" ,; ") == ()


def test_a_tag_may_have_a_hash_in_front() -> None:
    assert tag_words("#damp, damp; # mould") == ("damp", "mould")
