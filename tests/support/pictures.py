"""Pictures that people send: ordinary ones, ones with something hidden, and bombs."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112
HIDDEN = b"taken at 51.5007 north"


def picture(size: tuple[int, int] = (60, 40), kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def photograph(size: tuple[int, int] = (600, 400)) -> bytes:
    """A JPEG with camera, place and a comment, which lies on its side (orientation 6)."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "A camera"
    exif[0x010E] = HIDDEN.decode()
    exif.get_ifd(GPS)[1] = "N"
    return picture(size, "JPEG", exif=exif.tobytes(), comment=HIDDEN, icc_profile=b"profile" + HIDDEN)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that claims many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * min(width * 3 * height, 1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
