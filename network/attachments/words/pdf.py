"""Words of PDF files, page by page."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from network.attachments.words.gathering import Unreadable, Words
from network.attachments.words.limits import MOST_PAGES

# It remarks on every oddity of a file; nobody reads them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_DAMAGED = (
    *(PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, OSError),
    *(RecursionError, AssertionError, NotImplementedError, StopIteration),
)


def read_pdf(data: bytes, words: Words) -> None:
    """Raises Unreadable, and Enough. A page that cannot be read is passed over when others can."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("it has a password")
        pages = len(reader.pages)
    except _DAMAGED as error:
        raise Unreadable("it is damaged or locked") from error
    broken = 0
    for number in range(min(pages, MOST_PAGES)):
        try:
            text = reader.pages[number].extract_text()
        except _DAMAGED:
            broken += 1
            continue
        words.add(text + "\n")
    if broken and not words.text():
        raise Unreadable("it is damaged")
