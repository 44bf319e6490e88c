"""A file that is only written to: what was written is taken out again at once and sent on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Pipe(io.RawIOBase):
    """Holds no more than what was written since `taken` was called."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It is written to, and neither read nor turned back."""
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Keep the bytes until they are taken."""
        self._waiting += data
        return len(memoryview(data))

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = bytes(self._waiting)
        self._waiting.clear()
        return data
