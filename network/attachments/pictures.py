"""Pictures from people: looked at by content, drawn anew, so that nothing but pixels is kept.

Whatever hid in the file (place, camera, a second file behind the picture) is gone. Done before a transaction: it takes
tenths of a second.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from network.core.storage.choosing import storage

__all__ = ["PHOTO", "PICTURE", "PictureRefused", "Shape", "Stored", "storage", "store_picture", "store_smaller"]

BROKEN = (struct.error, zlib.error)
MOST_PIXELS = 25_000_000
MOST_SCANS = 100
"""A JPEG that is sharpened step by step takes ten; each costs another pass over all pixels."""
LONGEST_WAIT = 30.0
"""Seconds that a picture waits for those before it."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
READ_AS = "JPEG, PNG, WebP or GIF"
TOO_MANY = "The selected file must be a picture of 25 million pixels or fewer"
MEGABYTE = 1024 * 1024

LARGE_DRAWING = 300 * 1024

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# One picture of 25 million pixels takes up to 100 MB while it is decoded; eight at once would take the machine.
_one_at_a_time = threading.Lock()
STRIP = 64
GAP = 1.5
"""How much larger than its shape a picture stays before its last, careful step."""
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""Only the C library of GNU has it, and only there is it needed."""


@dataclass(frozen=True)
class Shape:
    """What becomes of a picture: the longest side in pixels, cut square or not, and how many bytes may come in."""

    side: int
    square: bool
    most_bytes: int
    smaller: tuple[int, ...] = ()
    """Widths that it is kept in as well, for narrow screens, when it is wider than all of them."""

    @property
    def too_large(self) -> str:
        """What is said of more bytes."""
        return f"The selected file must be smaller than {self.most_bytes // MEGABYTE} MB"


PHOTO = Shape(side=512, square=True, most_bytes=5 * MEGABYTE)
PICTURE = Shape(side=1600, square=False, most_bytes=10 * MEGABYTE, smaller=(800, 400))


@dataclass(frozen=True)
class Stored:
    """A file that lies in the storage and belongs to nobody until it is attached."""

    name: str
    filename: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    digest: str
    smaller: tuple[Stored, ...] = ()


class Drawn(NamedTuple):
    """A picture drawn anew: its bytes, their format, and how large it is."""

    body: bytes
    kind: str
    size: tuple[int, int]


class PictureRefused(ValueError):
    """The message says what the file must be, in the words of a form."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Decode pictures only in here. What that took is given back to the machine, which malloc alone does not do.

    Raises PictureRefused where the pictures before it take too long.
    """
    if not _one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise PictureRefused("Too many pictures are being added just now. Choose it again in a minute")
    try:
        yield
    finally:
        _one_at_a_time.release()
        if _trim is not None:
            _trim(0)


def store_picture(data: bytes, filename: str, shape: Shape = PICTURE) -> Stored:
    """Draw the picture anew in its shape and store it. Raises PictureRefused.

    Drawings and screenshots stay PNG unless that is large, everything else becomes WebP. Of a moving picture the first
    frame is kept.
    """
    if len(data) > shape.most_bytes:
        raise PictureRefused(shape.too_large)
    with one_at_a_time():
        drawn = _drawn_anew(data, shape)
    stem = Path(filename).stem[:150] or "picture"
    whole, *smaller = [_stored(one, stem) for one in drawn]
    return replace(whole, smaller=tuple(smaller))


def store_smaller(image: Image.Image, filename: str, shape: Shape = PICTURE) -> tuple[Stored, ...]:
    """Store the smaller sizes of a picture that is kept as it came."""
    with one_at_a_time():
        drawn = _narrower(_plain(image), shape, keep_sharp=image.format == "PNG")
    return tuple(_stored(one, Path(filename).stem[:150] or "picture") for one in drawn)


def _stored(drawn: Drawn, stem: str) -> Stored:
    suffix = drawn.kind.lower()
    return Stored(
        name=storage().put(drawn.body, suffix),
        filename=f"{stem}.{suffix}",
        media_type=f"image/{suffix}",
        size=len(drawn.body),
        width=drawn.size[0],
        height=drawn.size[1],
        digest=hashlib.sha256(drawn.body).hexdigest(),
    )


def _drawn_anew(data: bytes, shape: Shape) -> list[Drawn]:
    """The picture in its shape, then in smaller widths."""
    try:
        image = _opened(data)
        keep_sharp = image.format in ("PNG", "GIF") and not shape.square
        image.draft("RGB", (shape.side, shape.side))
        image = _reduced(image, shape)
        ImageOps.exif_transpose(image, in_place=True)
        image = _shaped(image, shape)
    except PictureRefused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, *BROKEN) as error:
        # What Pillow raises for files that begin like a picture and are broken further on.
        raise PictureRefused("The selected file must be a whole picture; this one is damaged") from error
    return [_best(image, keep_sharp=keep_sharp), *_narrower(image, shape, keep_sharp=keep_sharp)]


def _narrower(image: Image.Image, shape: Shape, *, keep_sharp: bool) -> list[Drawn]:
    """The smaller widths of a picture that is wider than all of them; the picture itself becomes the smallest."""
    if not shape.smaller or image.width <= max(shape.smaller):
        return []
    drawn = []
    for width in shape.smaller:
        image.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
        drawn.append(_best(image, keep_sharp=keep_sharp))
    return drawn


def _best(image: Image.Image, *, keep_sharp: bool) -> Drawn:
    if keep_sharp and len(body := _encoded(image, "PNG")) <= LARGE_DRAWING:
        return Drawn(body, "PNG", image.size)
    return Drawn(_encoded(image, "WEBP", quality=82, method=4), "WEBP", image.size)


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise PictureRefused(f"The selected file must be a {READ_AS} picture") from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(TOO_MANY) from error
    if image.format == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
        raise PictureRefused("The selected file must be an ordinary JPEG; this one is made of too many layers")
    if image.width * image.height > MOST_PIXELS:
        raise PictureRefused(TOO_MANY)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """In red, green, blue, and clear where it was clear; no copy is made of what is so already."""
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    if image.mode != mode:
        return image.convert(mode)
    image.load()
    return image


def _reduced(image: Image.Image, shape: Shape) -> Image.Image:
    """Plain, and a whole number of times smaller where it is far larger than its shape.

    Strip by strip, for in colours a picture takes up to 32 times the memory that it takes with a palette.
    """
    image.load()
    wide, high = image.width / shape.side, image.height / shape.side
    factor = int((min(wide, high) if shape.square else max(wide, high / 4)) / GAP)
    if factor <= 1 and image.mode in ("RGB", "RGBA") and "transparency" not in image.info:
        return image
    factor = max(factor, 1)
    strips = range(0, image.height, STRIP * factor)
    small = None
    for top in strips:
        strip = image.crop((0, top, image.width, min(image.height, top + STRIP * factor)))
        strip = _plain(strip).reduce(factor)
        small = small or Image.new(strip.mode, (strip.width, -(-image.height // factor)))
        small.paste(strip, (0, top // factor))
    if small is None:
        raise ValueError("a picture without a line")
    small.info = dict(image.info)
    image.close()
    return small


def _shaped(image: Image.Image, shape: Shape) -> Image.Image:
    if shape.square:
        side = min(shape.side, *image.size)
        image = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)
    else:
        image.thumbnail((shape.side, shape.side * 4), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def _encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
