"""Words of files are read in a process of its own; hostile files cost little and bring nothing down."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.attachments.kinds import KINDS
from network.attachments.words.apart import read
from network.attachments.words.asking import has_words, words_of
from network.attachments.words.gathering import Unreadable
from network.attachments.words.limits import MOST_LETTERS, MOST_UNPACKED
from tests.support.cost import costs_at_most
from tests.support.office import excel, open_document, packed, pdf, word

WORD = KINDS["word"].media_type
DEEP = "<w:p>" * 400 + "</w:p>" * 400
LAUGHS = '<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:p><w:t>&b;</w:t></w:p>'


@pytest.mark.parametrize(
    ("data", "key", "text"),
    [
        (word("Consent form", "For the first visit"), "word", "Consent form\nFor the first visit"),
        (excel("Tonnes", "Rounds", sheet="Costs of 2026"), "excel", "Costs of 2026\nTonnes\nRounds"),
        (open_document("Letter", "to tenants"), "odt", "Letter\nto tenants"),
        (pdf("First page", "Second page"), "pdf", "First page\nSecond page"),
        (b"---\ntitle: x\n---\n# Rota\n\n- **Monday**: [Ann](https://a.example)\n", "markdown", "Rota\nMonday : Ann"),
        (b'name;"what, when"\n1;2\n', "csv", "name what when\n1 2"),
        (b"<title>Page</title><script>no()</script><h1>Yes</h1><p>words", "html", "Page\nYes\nwords"),
    ],
)
def test_words_are_read(data: bytes, key: str, text: str) -> None:
    assert read(data, key) == {"text": text}


def test_a_process_of_its_own_reads_them() -> None:
    assert words_of(word("Consent form"), WORD) == "Consent form"
    assert has_words(WORD)
    assert not has_words("image/png")


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (f"<w:document>{DEEP}</w:document>", "nested too deeply"),
        (LAUGHS, "declares entities"),
        ("<w:document><w:p>", "is damaged"),
    ],
)
def test_a_hostile_part_is_unreadable(document: str, why: str) -> None:
    assert why in read(packed({"word/document.xml": document}), "word")["fault"]


def test_a_bomb_ends_at_the_limit() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(b"<w:document>")
        for _ in range(MOST_UNPACKED // (1024 * 1024) + 2):
            part.write(b" " * 1024 * 1024)
    with costs_at_most(3):
        assert "unpacks to far more" in read(out.getvalue(), "word")["fault"]


def test_a_long_file_is_read_as_far_as_it_is_searched() -> None:
    found = read(word(*["many words in a row"] * 9000), "word")["text"]
    assert len(found) <= MOST_LETTERS
    assert found.startswith("many words")


def test_what_takes_too_long_or_locks_is_stopped() -> None:
    with pytest.raises(Unreadable, match="takes too long"):
        words_of(word("Consent form"), WORD, seconds=0.01)
    with pytest.raises(Unreadable, match="damaged or locked"):
        words_of(b"%PDF-1.7\nnothing of a kind", KINDS["pdf"].media_type)


@settings(max_examples=60)
@given(
    seed=st.sampled_from([("word", word("Hello")), ("odt", open_document("Hello")), ("pdf", pdf("Hello"))]),
    cuts=st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=5)), max_size=5),
)
def test_damage_is_told_and_never_raised(seed: tuple[str, bytes], cuts: list[tuple[int, bytes]]) -> None:
    data = bytearray(seed[1])
    for place, bytes_ in cuts:
        data[place : place + len(bytes_)] = bytes_
    assert read(bytes(data), seed[0]).keys() <= {"text", "fault"}
