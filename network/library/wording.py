"""A state of a guide's words, as comparing and bringing together ask for it."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Texts(Protocol):
    """What suggestions change of a guide."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def body(self) -> str: ...


class TextsOfKind(Texts, Protocol):
    """What its editors change as well."""

    @property
    def kind(self) -> str: ...


class Words(NamedTuple):
    """A state of a guide put together here."""

    title: str
    summary: str
    body: str
