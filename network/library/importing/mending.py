"""Damaged Word files: what can still be read of them is put into a whole file again, and what cannot is named.

A Word file is a zip of parts. A part that does not unpack, or is not XML to its end, is left out, whether it is the
styles, the lists or a picture; the text itself is cut after its last whole paragraph. Without any text there is
nothing to bring in.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

TEXT = "word/document.xml"
MEDIA = "word/media/"
MOST_PARTS = 5_000
DEEPEST = 200
_HEADER = struct.Struct("<4s5H3I2H")
_FLAT, _DEFLATED = 0, 8
_WORDS = re.compile(rb"<w:t(?: [^<>]*)?>([^<]*)")
_MISSED = {
    "word/styles.xml": "its styles, so that headings may have become plain text",
    "word/numbering.xml": "its lists, so that numbers may have become bullets or plain text",
    "word/footnotes.xml": "its footnotes",
    "word/endnotes.xml": "its endnotes",
    "word/comments.xml": "its comments",
    "word/_rels/document.xml.rels": "where its links and pictures lead",
}


class CannotMend(ValueError):
    """Not even the beginning of a text can be read."""


class _Part(NamedTuple):
    name: str
    content: bytes
    whole: bool


def mend(data: bytes, most: int) -> tuple[bytes, str]:
    """The same file with all that can be read of it, and a sentence about what cannot.

    Reads at most `most` bytes unpacked. Raises CannotMend.
    """
    kept: dict[str, bytes] = {}
    lost: list[str] = []
    for part in _parts(data, most):
        whole = part.whole and (not _is_xml(part.name) or _parses(part.content))
        if whole:
            kept[part.name] = part.content
        elif part.name == TEXT and part.content:
            kept[TEXT], words = _mended_text(part.content)
            lost.append(words)
        else:
            lost.append(_missed(part.name))
    if TEXT not in kept:
        raise CannotMend
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as mended:
        for name, content in kept.items():
            mended.writestr(name, content)
    named = "; ".join(dict.fromkeys(filter(None, lost))) or "its last parts"
    return out.getvalue(), f"The file is damaged. What could not be read: {named}. Compare the draft with the file."


def declares_entities(part: bytes) -> bool:
    """Whether an XML part has a document type, through which it could multiply or reach for files."""
    return b"<!DOCTYPE" in part.replace(b"\x00", b"")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _missed(name: str) -> str:
    """A part in words; nothing for one that no reader would miss."""
    return f"the picture {name.rsplit('/', 1)[-1]}" if name.startswith(MEDIA) else _MISSED.get(name, "")


def _parts(data: bytes, most: int) -> Iterator[_Part]:
    """The parts as far as each can be unpacked, found by the marks before each.

    The list at the end of a zip is what is lost first, so it is not asked.
    """
    starts = [match.start() for match in re.finditer(rb"PK\x03\x04", data)]
    for start, end in zip(starts[:MOST_PARTS], [*starts[1:], len(data)], strict=False):
        if start + _HEADER.size > end:
            continue
        _, _, flags, method, _, _, crc, packed, _, name_length, more = _HEADER.unpack_from(data, start)
        begin = start + _HEADER.size + name_length + more
        name = data[start + _HEADER.size : start + _HEADER.size + name_length].decode("utf-8", "replace")
        if flags & 1 or method not in (_FLAT, _DEFLATED):
            continue
        told = not flags & 8
        content, whole = _unpacked(data[begin : begin + packed if told else end], method, most)
        most -= len(content)
        yield _Part(name, content, whole and (not told or zlib.crc32(content) == crc))
        if most <= 0:
            return


def _unpacked(packed: bytes, method: int, most: int) -> tuple[bytes, bool]:
    """As much as unpacks, and whether that is all."""
    if method == _FLAT:
        return packed[:most], len(packed) <= most
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    for start in range(0, len(packed), 1024):
        try:
            content += reader.decompress(packed[start : start + 1024], max(1, most - len(content)))
        except zlib.error:
            return bytes(content), False
        if reader.eof or len(content) >= most:
            break
    return bytes(content), reader.eof


def _parses(part: bytes) -> bool:
    if declares_entities(part):
        raise CannotMend
    try:
        ParserCreate().Parse(part, True)
    except ExpatError:
        return False
    return True


def _mended_text(part: bytes) -> tuple[bytes, str]:
    """The text up to its last whole paragraph, with what is open there closed, and what is lost of it.

    Raises CannotMend when there is no whole paragraph.
    """
    if _parses(part):
        return part, "some letters or words of its text, which may be wrong"
    parser = ParserCreate()
    open_now: list[str] = []
    paragraphs: list[tuple[int, tuple[str, ...]]] = []

    def opened(name: str, _attributes: dict[str, str]) -> None:
        open_now.append(name)
        if len(open_now) > DEEPEST:
            raise CannotMend

    def closed(name: str) -> None:
        open_now.pop()
        if name == "w:p":
            paragraphs[:] = [(parser.CurrentByteIndex, tuple(open_now))]

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(part, True)
    except ExpatError as error:
        if not paragraphs:
            raise CannotMend from error
    at, still_open = paragraphs[0]
    # An empty paragraph is told of when its one tag is over, any other when its second begins.
    text = part[: part.find(b">", at) + 1] if part.startswith(b"</", at) else part[:at]
    return text + b"".join(f"</{name}>".encode() for name in reversed(still_open)), f"the text after “{_end(text)}”"


def _end(text: bytes) -> str:
    words = b" ".join(_WORDS.findall(text[-20_000:])).decode("utf-8", "replace").split()
    return " ".join(words[-6:])
