"""Pictures that were drawn anew once already, by this program elsewhere: kept byte for byte.

So a guide that travels keeps the very files it had. What is not built exactly as we build pictures is drawn anew like
any other.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from network.attachments.pictures import PICTURE, Shape, Stored, one_at_a_time, storage, store_picture, store_smaller

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WEBP_PARTS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
_EXTRAS = 0b00101110
"""Flags of a WebP that announce a colour profile, facts about the camera, or movement."""


def store_unchanged(data: bytes, filename: str, shape: Shape = PICTURE) -> Stored:
    """Store a picture as it is if it holds nothing but pixels of our shape, else drawn anew. Raises PictureRefused.

    Its smaller sizes are made here: they do not travel.
    """
    kind = _plain_kind(data) if len(data) <= shape.most_bytes else ""
    image = _whole(data) if kind else None
    size = image.size if image is not None else (0, 0)
    if image is None or size[0] > shape.side or size[1] > shape.side * 4:
        return store_picture(data, filename, shape)
    return Stored(
        name=storage().put(data, kind),
        filename=f"{Path(filename).stem[:150] or 'picture'}.{kind}",
        media_type=f"image/{kind}",
        size=len(data),
        width=size[0],
        height=size[1],
        digest=hashlib.sha256(data).hexdigest(),
        smaller=store_smaller(image, filename, shape),
    )


def _plain_kind(data: bytes) -> str:
    """ "png" or "webp" when every byte belongs to a part that makes pixels, else nothing."""
    try:
        if data.startswith(_PNG):
            return "png" if set(_png_parts(data)) <= _PNG_PARTS else ""
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return "webp" if set(_webp_parts(data)) <= _WEBP_PARTS else ""
    except (struct.error, ValueError):
        return ""
    return ""


def _png_parts(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        yield name
        if name == b"IEND" and (length or at != len(data)):
            raise ValueError("something lies behind the picture")
    if at != len(data):
        raise ValueError("the picture ends too early")


def _webp_parts(data: bytes) -> Iterator[bytes]:
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise ValueError("something lies behind the picture")
    at = 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"VP8X" and data[at + 8] & _EXTRAS:
            raise ValueError("it says that it has more than pixels")
        at += 8 + length + length % 2
        yield name
    if at != len(data):
        raise ValueError("the picture ends too early")


def _whole(data: bytes) -> Image.Image | None:
    """A picture that is all there; None when it cannot be drawn."""
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "WEBP"))
        if image.width * image.height > PICTURE.side * PICTURE.side * 4:
            return None
        with one_at_a_time():
            image.load()
        return image
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, struct.error):
        return None
