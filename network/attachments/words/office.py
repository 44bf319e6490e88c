"""Words of Word, Excel, PowerPoint and OpenDocument files: archives of XML, read part by part without a tree."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from xml.parsers import expat

from network.attachments.words.gathering import Unreadable, Words
from network.attachments.words.limits import DEEPEST, MOST_PAGES, MOST_UNPACKED

_CHUNK = 64 * 1024
_NUMBER = re.compile(r"\d+")
# The parts that hold what people wrote, in reading order.
_PARTS = {
    "word": (r"word/document\.xml", r"word/footnotes\.xml", r"word/endnotes\.xml"),
    "excel": (r"xl/workbook\.xml", r"xl/sharedStrings\.xml", r"xl/worksheets/[^/]+\.xml"),
    "powerpoint": (r"ppt/slides/[^/]+\.xml", r"ppt/notesSlides/[^/]+\.xml"),
    "odt": (r"content\.xml",),
    "ods": (r"content\.xml",),
    "odp": (r"content\.xml",),
}
# Elements (without their prefix) whose letters count in Office files; in OpenDocument those of all paragraphs do.
_TEXT = {"word": {"t"}, "excel": {"t"}, "powerpoint": {"t"}, "odt": {"p", "h"}, "ods": {"p"}, "odp": {"p", "h"}}
_ENDS_LINE = frozenset(("p", "h", "si", "is", "br", "cr", "line-break", "table-row", "tr"))
_SPACE = frozenset(("tab", "s", "table-cell", "tc"))


def read_office(data: bytes, key: str, words: Words) -> None:
    """Raises Unreadable, and Enough."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            room = MOST_UNPACKED
            for name in _parts(archive, key):
                room -= _read_part(archive, name, key, words, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, lzma.LZMAError) as error:
        raise Unreadable("it is damaged or locked") from error


def _parts(archive: zipfile.ZipFile, key: str) -> list[str]:
    names = archive.namelist()
    found: list[str] = []
    for pattern in _PARTS[key]:
        matching = [name for name in names if re.fullmatch(pattern, name)]
        found += sorted(matching, key=lambda name: [int(number) for number in _NUMBER.findall(name[-20:])])[:MOST_PAGES]
    if not found:
        raise Unreadable("it holds no text where such a file has it")
    return found


def _read_part(archive: zipfile.ZipFile, name: str, key: str, words: Words, room: int) -> int:
    """Reads one part; returns its size. What an archive states of sizes is not believed."""
    reader = _Reader(key, words)
    size = 0
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise Unreadable("it unpacks to far more than such a file should")
            reader.feed(chunk)
    reader.feed(b"", last=True)
    return size


class _Reader:
    """One part of XML. Declared entities are refused: through them few bytes become many, or other files."""

    def __init__(self, key: str, words: Words) -> None:
        self._words, self._counts = words, _TEXT[key]
        self._names_sheets = key == "excel"
        self._depth = self._inside = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._letters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Unreadable("it is damaged") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("it is nested too deeply")
        plain = name.rpartition(":")[2]
        if plain in self._counts:
            self._inside += 1
        elif plain in _SPACE:
            self._words.add(" ")
        elif self._names_sheets and plain == "sheet":
            self._words.add(attributes.get("name", "") + "\n")

    def _end(self, name: str) -> None:
        self._depth -= 1
        plain = name.rpartition(":")[2]
        if plain in self._counts:
            self._inside -= 1
        if plain in _ENDS_LINE:
            self._words.add("\n")

    def _letters(self, letters: str) -> None:
        if self._inside:
            self._words.add(letters)

    def _doctype(self, *_declared: object) -> None:
        raise Unreadable("it declares entities, which no such file does")
