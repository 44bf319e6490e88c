"""Damaged Word files: what can be read comes in, what cannot is named; hostile ones are refused at once."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.shared import Inches
from hypothesis import given, settings
from hypothesis import strategies as st

from network.library.importing.read import read
from network.library.importing.word import NotWord, read_word
from tests.support.cost import costs_at_most
from tests.support.pictures import picture

PARAGRAPHS = 120


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Missed bins", 1)
    for number in range(PARAGRAPHS):
        document.add_paragraph(f"Paragraph {number} tells what the crews do on street {number * 37 % 1009}.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Street", "Day"
    document.add_picture(io.BytesIO(picture()), width=Inches(1))
    document.add_paragraph("The last words.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WHOLE = word_file()


def with_parts(**changed: bytes | None) -> bytes:
    """The same file with some parts replaced, or left out."""
    out = io.BytesIO()
    names = {"text": "word/document.xml", "styles": "word/styles.xml", "lists": "word/numbering.xml"}
    wanted = {names[key]: value for key, value in changed.items()}
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = wanted.get(entry.filename, before.read(entry)) if entry.filename in wanted else before.read(entry)
            if content is not None:
                after.writestr(entry.filename, content)
    return out.getvalue()


def place_of(name: str) -> tuple[int, int]:
    """Where the packed bytes of a part begin and end."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        entry = archive.getinfo(name)
        begin = entry.header_offset + 30 + len(entry.filename)
        return begin, begin + entry.compress_size


def test_a_whole_file_has_nothing_to_say() -> None:
    text, pictures, remarks, _ = read_word(WHOLE, "bins.docx")
    assert text.startswith("# Missed bins")
    assert len(pictures) == 1
    assert remarks == []


def test_a_file_cut_short_gives_what_is_left() -> None:
    begin, end = place_of("word/document.xml")
    text, _, remarks, _ = read_word(WHOLE[: begin + (end - begin) * 2 // 3], "bins.docx")
    assert "Missed bins" in text
    assert "Paragraph 40 tells" in text
    assert "The last words" not in text
    assert "The file is damaged. What could not be read: the text after “" in remarks[0]


def test_a_text_that_breaks_off_in_a_table_keeps_what_stands_before() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        whole = archive.read("word/document.xml")
    broken = whole[: whole.index(b"Day")]
    text, pictures, remarks, _ = read_word(with_parts(text=broken), "bins.docx")
    assert f"Paragraph {PARAGRAPHS - 1} tells" in text
    assert "Street" in text
    assert not pictures
    assert "the text after" in remarks[0]


@pytest.mark.parametrize(("part", "words"), [("styles", "its styles"), ("lists", "its lists")])
def test_a_broken_part_is_named_and_the_text_is_whole(part: str, words: str) -> None:
    text, pictures, remarks, _ = read_word(with_parts(**{part: b"<w:styles"}), "bins.docx")
    assert "The last words" in text
    assert len(pictures) == 1
    assert words in remarks[0]


def test_a_broken_picture_is_named() -> None:
    begin, end = place_of("word/media/image1.png")
    damaged = bytearray(WHOLE)
    damaged[begin : end - 2] = b"\xff" * (end - 2 - begin)
    text, pictures, remarks, _ = read_word(bytes(damaged), "bins.docx")
    assert "The last words" in text
    assert not pictures
    assert "picture" in " ".join(remarks)


def test_a_damaged_file_comes_in_as_a_draft_with_its_remark() -> None:
    reading = read(WHOLE[: len(WHOLE) // 2], name="bins.docx")
    if reading.documents:
        assert "The file is damaged" in reading.documents[0].remarks[0]
    begin, end = place_of("word/document.xml")
    (document,) = read(WHOLE[: (begin + end) // 2], name="bins.docx").documents
    assert document.title == "Missed bins"
    assert "Compare the draft with the file" in document.remarks[0]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<w:document>&b;</w:document>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" * 200_000,
        with_parts(text=BOMB),
        with_parts(text=BOMB[:80] + b"<w:p></w:p>"),
        with_parts(text=b"<w:p>" * 100_000),
        with_parts(text=b"<w:document>" + b"<w:x><w:p></w:p>" * 100_000),
        with_parts(text=b""),
        with_parts(text=b"<w:document>" + b"<w:p/>" * 100_000),
        with_parts(text=b"<w:document><w:body>" + b"<w:p><w:r/></w:p>" * 250_000 + b"</w:body></w:document>"),
        with_parts(text=None),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one",
        b"PK\x03\x04",
    ],
)
def test_what_holds_no_text_or_means_harm_is_refused_quickly(data: bytes) -> None:
    with costs_at_most(2), pytest.raises(NotWord):
        read_word(data, "x.docx")


@settings(max_examples=12)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_no_damage_raises_anything_else(at: int, noise: bytes) -> None:
    for data in (WHOLE[:at], WHOLE[:at] + noise + WHOLE[at + len(noise) :]):
        try:
            read_word(data, "x.docx")
        except NotWord as error:
            assert str(error)
