"""What a file is, told by its content. A name says nothing that is believed.

Only kinds that people here exchange and that cannot run when opened are let in. No archives: nobody sees what is in
them, a scanner looks into few, and on a shared computer there is no place to unpack one.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import NamedTuple

MOST_PARTS = 4_000
_LONGEST_LIST = 1024 * 1024


class Kind(NamedTuple):
    """A kind of file: its key, what people call it, its ending, and the media type it is served with."""

    key: str
    label: str
    suffix: str
    media_type: str


class FileRefused(ValueError):
    """The message says what the file must be, in the words of a form."""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF", "pdf", "application/pdf"),
        Kind("word", "Word document", "docx", f"{_OOXML}wordprocessingml.document"),
        Kind("excel", "Excel spreadsheet", "xlsx", f"{_OOXML}spreadsheetml.sheet"),
        Kind("powerpoint", "PowerPoint presentation", "pptx", f"{_OOXML}presentationml.presentation"),
        Kind("odt", "OpenDocument text", "odt", f"{_ODF}text"),
        Kind("ods", "OpenDocument spreadsheet", "ods", f"{_ODF}spreadsheet"),
        Kind("odp", "OpenDocument presentation", "odp", f"{_ODF}presentation"),
        Kind("markdown", "Markdown", "md", "text/markdown"),
        Kind("text", "Text", "txt", "text/plain"),
        Kind("csv", "CSV table", "csv", "text/csv"),
        Kind("html", "HTML page", "html", "text/html"),
        Kind("png", "Picture", "png", "image/png"),
        Kind("webp", "Picture", "webp", "image/webp"),
    )
}
PICTURE = "picture"
"""What `kind_of` says of a picture, which is drawn anew and so becomes PNG or WebP."""

ALLOWED = "PDF, Word, Excel, PowerPoint, OpenDocument, Markdown, text, CSV, HTML, or a picture"
ACCEPT = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.md,.markdown,.txt,.csv,.html,.htm,.png,.jpg,.jpeg,.webp,.gif"
WRONG = f"The selected file must be {ALLOWED}"
_OLD = (
    "The selected file is an old Word, Excel or PowerPoint file, or it has a password. "
    "Save it as .docx, .xlsx or .pptx without a password"
)
_MACROS = "The selected file has macros, which can run on other people’s computers. Save it without macros"
_DAMAGED = "The selected file is damaged, or it is not what its name says. Open it, save it again and choose that"
_ARCHIVE = "The selected file is an archive. Add the files in it one by one"

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_TEXTS = {"md": "markdown", "markdown": "markdown", "csv": "csv", "html": "html", "htm": "html", "txt": "text"}
_HTML = re.compile(
    r"\A\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|script|iframe)\b", re.I | re.S
)
# Where macros are, in the two families of office files.
_MACRO_PART = re.compile(r"(?:^|/)vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)


def kind_of(data: bytes, filename: str) -> str:
    """The key of the kind, or PICTURE. The name only tells one kind of text from another. Raises FileRefused."""
    if not data:
        raise FileRefused("The selected file is empty")
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return PICTURE
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_OLE):
        raise FileRefused(_OLD)
    if data.startswith(_ARCHIVES):
        raise FileRefused(_ARCHIVE)
    return _text_kind(data, filename)


def read_text(data: bytes) -> str | None:
    """The bytes as text: UTF-8, UTF-16 that says so, or what Windows writes in western Europe. None for no text."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    return None


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _text_kind(data: bytes, filename: str) -> str:
    text = read_text(data)
    suffix = PurePath(filename.replace("\\", "/")).suffix.lower().removeprefix(".")
    if text is None or (suffix and suffix not in _TEXTS):
        raise FileRefused(WRONG)
    return "html" if _HTML.match(text[:4096]) else _TEXTS.get(suffix, "text")


def _packed(data: bytes) -> str:
    """Office files are archives with a list of what is in them; any other archive is refused."""
    if data.count(b"PK\x01\x02") > MOST_PARTS:
        raise FileRefused(_DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            types = _part(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
            mimetype = _part(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(_DAMAGED) from error
    except (struct.error, lzma.LZMAError, LookupError) as error:  # Lists of parts cut short, or packed in no known way.
        raise FileRefused(_DAMAGED) from error
    if not types and not mimetype.startswith(_ODF.encode()):
        raise FileRefused(_ARCHIVE)
    if b"macroEnabled" in types or any(_MACRO_PART.search(name) for name in names):
        raise FileRefused(_MACROS)
    found = next((kind.key for kind in KINDS.values() if _is_main(kind, types, mimetype)), "")
    if not found:
        raise FileRefused(WRONG)
    return found


def _is_main(kind: Kind, types: bytes, mimetype: bytes) -> bool:
    wanted = kind.media_type.encode()
    if types:
        return kind.media_type.startswith(_OOXML) and b'"' + wanted + b'.main+xml"' in types.replace(b"'", b'"')
    return mimetype.strip() == wanted


# Office programs use no others, and of others Python unpacks without a bound: 200 KB become gigabytes.
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The part, never more of it than such a part can be; the sizes that an archive states are not believed."""
    if archive.getinfo(name).compress_type not in _PACKED_AS:
        raise FileRefused(_DAMAGED)
    with archive.open(name) as stream:
        return stream.read(_LONGEST_LIST)
