"""What happens to suggestions. They are no subject of search: nothing but mails follows these."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event

SUGGESTION = "suggestion"


@dataclass(frozen=True)
class SuggestionEvent(Event):
    """Something happened to a suggestion of a guide."""

    suggestion_id: int
    guide_id: int


@dataclass(frozen=True)
class SuggestionMade(SuggestionEvent):
    """Somebody proposes a change to a guide."""

    name = "suggestion.made"


@dataclass(frozen=True)
class SuggestionPassedOn(SuggestionEvent):
    """Nobody has answered a suggestion in time; others are asked to."""

    name = "suggestion.passed_on"
    stage: int


@dataclass(frozen=True)
class SuggestionAnswered(SuggestionEvent):
    """A suggestion was accepted, declined or hidden."""

    name = "suggestion.answered"
