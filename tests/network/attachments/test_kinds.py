"""What a file is, is told by its content; what it is called never leads anywhere."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from network.attachments.kinds import KINDS, PICTURE, FileRefused, kind_of
from network.attachments.names import LONGEST, size_in_words, stem_of, title_of
from tests.support.cost import costs_at_most
from tests.support.office import EXCEL, MACROS, WORD, excel, open_document, packed, pdf, word
from tests.support.pictures import picture


def _packed_wrongly() -> bytes:
    """An office file whose parts are said to be packed in a way that no program knows how to unpack."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 50)
    data = made.getvalue()
    at = data.index(b"mimetype") + len("mimetype")
    return data[: at + 4] + b"\xff" + data[at + 5 :]


def _packed_enormously() -> bytes:
    """Five megabytes of nothing in a few hundred bytes, by a packing that Python unpacks without a bound."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", bytes(5_000_000))
    return made.getvalue()


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(64)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf("Hello"), "letter.docx", "pdf"),
        (word("Hello"), "letter.pdf", "word"),
        (excel("Hello"), "costs", "excel"),
        (open_document("Hello"), "letter.odt", "odt"),
        (open_document("Hello", kind="spreadsheet"), "costs.ods", "ods"),
        (picture(), "map.pdf", PICTURE),
        (b"# Rota\n", "rota.md", "markdown"),
        (b"a,b\n1,2\n", "costs.CSV", "csv"),
        ("Größe;1\n".encode("cp1252"), "costs.csv", "csv"),
        ("Grüße".encode("utf-16"), "letter.txt", "text"),
        (b"Just words", "README", "text"),
        (b"<!-- made by hand --><!DOCTYPE html><p>Hello", "page.txt", "html"),
        (b"<p>Hello", "page.htm", "html"),
    ],
)
def test_the_content_says_what_it_is(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "empty.txt", "is empty"),
        (PROGRAM, "letter.pdf", "must be PDF, Word"),
        (PROGRAM, "setup.exe", "must be PDF, Word"),
        (b"alert(1)", "evil.js", "must be PDF, Word"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "must be PDF, Word"),
        (b"@echo off", "run.bat", "must be PDF, Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "letter.doc", "old Word, Excel or PowerPoint"),
        (word("Hello", main=MACROS), "letter.docx", "has macros"),
        (word("Hello", more={"word/vbaProject.bin": b"x"}), "letter.docx", "has macros"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/m.xml": ""}), "a.odt", "has macros"),
        (packed({"letter.txt": "Hello"}), "letters.zip", "is an archive"),
        (packed({"[Content_Types].xml": "<Types/>"}), "letter.docx", "must be PDF, Word"),
        (word("Hello")[:80], "letter.docx", "is damaged"),
        (_packed_wrongly(), "letter.odt", "is damaged"),
        (_packed_enormously(), "letter.docx", "is damaged"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "letters.7z", "is an archive"),
        (packed({f"{number}": "" for number in range(4100)}), "many.docx", "is damaged"),
    ],
)
def test_what_can_run_or_hide_is_refused_in_plain_words(data: bytes, name: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        kind_of(data, name)


_NAMES = st.sampled_from(["a.docx", "a.txt", "a.zip", "a", "../../a.md", "a.exe"])
_SEEDS = st.sampled_from([word("Hello"), excel("1"), open_document("Hello"), pdf("Hello"), b"PK\x03\x04", b"%PDF-"])


@settings(max_examples=150)
@given(seed=_SEEDS, cuts=st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6)), max_size=6), name=_NAMES)
def test_no_damage_raises_anything_but_a_refusal(seed: bytes, cuts: list[tuple[int, bytes]], name: str) -> None:
    data = bytearray(seed)
    for place, bytes_ in cuts:
        data[place : place + len(bytes_)] = bytes_
    try:
        assert kind_of(bytes(data), name) in {*KINDS, PICTURE}
    except FileRefused as refused:
        assert str(refused)


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("[Content_Types].xml", "w", force_zip64=True) as part,
    ):
        for _ in range(40):
            part.write(bytes(1024 * 1024))
        part.write(WORD.encode() + EXCEL.encode())
    with pytest.raises(FileRefused):
        kind_of(out.getvalue(), "bomb.docx")


@given(st.text(max_size=150))
@example("../../etc/passwd")
@example("..\\..\\windows\\system32\\cmd.exe")
@example("invoice\u202efdp.exe")
@example("con.txt")
@example("LPT1")
@example(". . .")
@example("a" * 400 + ".docx")
@example("\u200b\u2066")
def test_any_name_becomes_one_that_every_system_can_save(name: str) -> None:
    stem = stem_of(name)
    assert 0 < len(stem) <= LONGEST + 5
    assert not set(stem) & set('<>:"/\\|?*%\r\n\t')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in stem)
    assert stem == stem.strip(". ")
    assert stem.lower().partition(".")[0] not in {"con", "nul", "prn", "aux", "com1", "lpt1"}
    assert title_of(name)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("consent_form-v2.docx", "Consent form-v2"),
        ("C:\\Users\\priya\\Letter to tenants.PDF", "Letter to tenants"),
        ("invoice\u202efdp.docx", "Invoicefdp"),
        ("???", "File"),
    ],
)
def test_a_title_is_made_of_the_words_of_the_name(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (900, "900 bytes"), (1024, "1 KB"), (245_760, "240 KB"), (1_300_000, "1.2 MB"), (10**7, "9.5 MB")],
)
def test_sizes_are_told_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_comments_that_nothing_follows_are_looked_at_once() -> None:
    with costs_at_most(0.5):
        assert kind_of(b"<!---->" * 25 + b"x", "notes.txt") == "text"
        assert kind_of(b"<!---->" * 25 + b" <html>", "notes.txt") == "html"
