"""What happens to people."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event
from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class PersonJoined(SubjectEvent):
    """Somebody confirmed their address: their profile can be seen from now on."""

    name = "person.joined"


@dataclass(frozen=True)
class OrganisationConfirmed(Event):
    """Somebody without an organisation has one now: their address belongs to it."""

    name = "person.organisation_confirmed"
    person_id: int


@dataclass(frozen=True)
class PersonLeft(SubjectEvent):
    """Somebody closed their account: nothing that names them may be handed out any more."""

    name = "person.left"


@dataclass(frozen=True)
class ProfileChanged(SubjectEvent):
    """A profile says something new."""

    name = "person.changed"
