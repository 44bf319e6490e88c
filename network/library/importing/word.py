"""Word files: mammoth reads them, an allow-list cleans them, they become Markdown with their pictures."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import NamedTuple
from xml.parsers.expat import ExpatError

import mammoth
import nh3

from network.library.importing.html import TooMuch, check, to_markdown
from network.library.importing.mending import declares_entities, mend
from network.library.importing.word_marks import STYLES, read_marks

MAX_UNPACKED = 60 * 1024 * 1024
MAX_PICTURES = 20
MAX_PARTS = 5_000
MAX_TAGS = 600_000
"""In one part. mammoth takes about a hundred times as much memory as the text of so many."""
_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

_UNPACKING = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
_DAMAGED = (
    *(KeyError, ValueError, AttributeError, TypeError, IndexError, OSError),
    *(*_UNPACKING, ExpatError),
)


class NotWord(ValueError):
    """The bytes are no Word file that can be read; the message says why."""


class _Damaged(NotWord):
    """Some of it may still be readable."""


class Word(NamedTuple):
    """A file as it was read: its title if a line has that style, and pictures by path, as the Markdown names them."""

    text: str
    pictures: dict[str, bytes]
    remarks: list[str]
    title: str


def read_word(data: bytes, path: str) -> Word:
    """Markdown of a .docx, with what belongs to it.

    Raises NotWord when it is damaged, locked, not a Word file, or unpacks to more than it should.
    """
    damage: list[str] = []
    try:
        _check(data)
        result, pictures, remarks = _converted(data, path)
    except _Damaged as error:
        # What can still be read of it is worth more than none; the remark says what to compare.
        try:
            data, remark = mend(data, MAX_UNPACKED)
            _check(data)
            result, pictures, remarks = _converted(data, path)
        except (NotWord, *_DAMAGED):  # CannotMend is among them.
            raise error from None
        damage = [remark]
    html = nh3.clean(result, url_schemes={"http", "https", "mailto"}, link_rel=None, allowed_classes={"h1": {"title"}})
    try:
        check(html)
        html, title, marked = read_marks(html)
        return Word(to_markdown(html), pictures, [*damage, *remarks, *marked], title)
    except TooMuch as error:
        raise NotWord(str(error)) from error


def _converted(data: bytes, path: str) -> tuple[str, dict[str, bytes], list[str]]:
    """HTML, the pictures and remarks. Raises NotWord."""
    pictures: dict[str, bytes] = {}
    remarks: list[str] = []

    def keep(image: mammoth.documents.Image) -> dict[str, str]:
        kind = _TYPES.get(image.content_type)
        try:
            with image.open() as stream:
                content = stream.read()
        except (KeyError, OSError, *_UNPACKING):
            remarks.append("A picture could not be read and was left out.")
            return {"src": ""}
        if kind is None or len(pictures) >= MAX_PICTURES:
            remarks.append(f"A picture of the type {image.content_type} was left out.")
            return {"src": ""}
        name = f"{path}/picture-{len(pictures) + 1}.{kind}"
        pictures[name] = content
        return {"src": name}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(keep), style_map=STYLES
        )
    except RecursionError as error:
        raise NotWord("it is nested too deeply") from error
    except _DAMAGED as error:
        # mammoth has no error of its own: a damaged part of the file surfaces as one of these.
        raise _Damaged("it is damaged or not a Word file") from error
    return str(result.value), pictures, remarks


def _check(data: bytes) -> None:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotWord("it is an old .doc or has a password; save it as .docx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED or len(names) > MAX_PARTS:
                raise NotWord("it unpacks to far more than a document should")
            for name in names:
                if name.endswith((".xml", ".rels")):
                    _check_part(archive.read(name))
    except (*_UNPACKING, RuntimeError, OSError) as error:
        raise _Damaged("it is damaged or not a Word file") from error
    if not any(name.startswith("word/") for name in names):
        raise _Damaged("it is damaged or not a Word file")


def _check_part(part: bytes) -> None:
    if declares_entities(part):
        raise NotWord("it declares entities, which no Word file does")
    if part.count(b"<") > MAX_TAGS:
        raise NotWord("it has far more elements than a guide has; reading it would take too long")
