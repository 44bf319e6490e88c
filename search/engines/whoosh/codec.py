"""Whoosh's own file format, written without two things that only cost time here.

Whoosh looks up every document's field length for every posting, although lengths are
kept in our records; and it compresses blocks of one posting, which half of all words have.
"""

from __future__ import annotations

from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter

_WORTH_COMPRESSING = 8
_COMPRESSION = 3


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    def _write_block(self, last: bool = False) -> None:
        self._compression = _COMPRESSION if len(self._ids) >= _WORTH_COMPRESSING else 0
        super()._write_block(last)


class Codec(W3Codec):  # type: ignore[misc]
    """Stored in the index by this name; reading needs nothing beyond Whoosh's own."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:
        """A writer of posting lists that compresses where it pays."""
        return _PostingsWriter(
            dbfile, blocklimit=self._blocklimit, byteids=byteids, compression=self._compression,
            inlinelimit=self._inlinelimit,
        )  # fmt: skip
