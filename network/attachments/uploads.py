"""Taking in a file that somebody chose: what it is, what it may be called, and where its bytes lie.

Done before a transaction: it takes tenths of a second.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from network.attachments.kinds import KINDS, PICTURE, FileRefused, kind_of
from network.attachments.names import stem_of
from network.attachments.pictures import MEGABYTE, PictureRefused, Stored, storage, store_picture
from network.attachments.pictures import PICTURE as SHAPE
from network.attachments.unchanged import store_unchanged

MOST_BYTES = 10 * MEGABYTE
ONE_SIZE = replace(SHAPE, smaller=())  # It is downloaded and not shown in a page.
TOO_LARGE = f"The selected file must be smaller than {MOST_BYTES // MEGABYTE} MB"


def store_upload(data: bytes, filename: str, *, drawn_once: bool = False) -> Stored:
    """Store a file of one of the allowed kinds; a picture is drawn anew. Raises FileRefused and StoreAway.

    The name that it gets keeps the words of `filename` and ends on what the file is. `drawn_once` says of a picture
    that a network like this one drew it before: it stays as it is where it holds nothing but pixels.
    """
    if len(data) > MOST_BYTES:
        raise FileRefused(TOO_LARGE)
    key, stem = kind_of(data, filename), stem_of(filename)
    if key == PICTURE:
        try:
            return (store_unchanged if drawn_once else store_picture)(data, f"{stem}.{PICTURE}", ONE_SIZE)
        except PictureRefused as refused:
            raise FileRefused(str(refused)) from refused
    kind = KINDS[key]
    return Stored(
        name=storage().put(data, kind.suffix),
        filename=f"{stem}.{kind.suffix}",
        media_type=kind.media_type,
        size=len(data),
        width=None,
        height=None,
        digest=hashlib.sha256(data).hexdigest(),
    )
