"""The title of a Word file is the line with that style, and a table has a head."""

from __future__ import annotations

import io

from docx import Document

from network.library.importing.documents import ImportedDocument
from network.library.importing.read import read

ROWS = (("Round", "Day"), ("Blue", "Monday"))


def document_of(*, title: str = "", bold: bool = False) -> ImportedDocument:
    word = Document()
    if title:
        word.add_heading(title, 0)
    word.add_heading("Before you start", 1)
    word.add_paragraph("Some words that come before the table of the rounds.")
    table = word.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).bold = bold and row is ROWS[0]
    kept = io.BytesIO()
    word.save(kept)
    (document,) = read(kept.getvalue(), name="bins.docx").documents
    return document


def test_a_line_in_the_style_of_a_title_is_the_title_and_headings_stay() -> None:
    document = document_of(title="How we plan the rounds")
    assert document.title == "How we plan the rounds"
    assert document.body_markdown.startswith("# Before you start")
    assert "How we plan" not in document.body_markdown


def test_without_one_the_first_heading_is() -> None:
    document = document_of()
    assert document.title == "Before you start"
    assert "Before you start" not in document.body_markdown


def test_the_first_row_heads_a_table_and_it_is_said_where_only_its_place_tells() -> None:
    for bold in (True, False):
        document = document_of(bold=bold)
        assert "| Round | Day |\n| --- | --- |\n| Blue | Monday |" in document.body_markdown
        assert any("The first row of a table" in remark for remark in document.remarks) is not bold
