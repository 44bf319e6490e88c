"""What happened, told to whoever must follow: domain events become outbox rows in the transaction that made them.

A feature declares its events as frozen dataclasses and publishes them in its actions. The factory says which consumer
follows which event. Nothing here calls a consumer: the worker does, later, at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from flask import Flask, current_app

from network.core import outbox


@dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses add fields that can be written as JSON."""

    name: ClassVar[str]


@dataclass(frozen=True)
class Consumer:
    """Somebody who follows events. `handle` must bear being called twice with the same messages.

    `prompt` is for what people wait for at their screens; such a consumer must be quick.
    """

    name: str
    handle: Callable[[Sequence[outbox.Message]], None]
    on: tuple[type[Event], ...] = ()
    batch: int = 1
    prompt: bool = False


@dataclass
class Bus:
    """The consumers of one application."""

    consumers: dict[str, Consumer] = field(default_factory=dict)

    def followers(self, event: type[Event]) -> list[str]:
        """Names of the consumers of an event or of one of its base classes."""
        return [c.name for c in self.consumers.values() if any(issubclass(event, kind) for kind in c.on)]


def bus(app: Flask | None = None) -> Bus:
    """The bus of the application."""
    found: Bus = (app or current_app).extensions.setdefault("events", Bus())
    return found


def subscribe(app: Flask, consumer: Consumer) -> None:
    """Have the worker hand these events to the consumer."""
    consumers = bus(app).consumers
    if consumer.name in consumers:
        raise ValueError(f"two consumers are called {consumer.name}")
    consumers[consumer.name] = consumer


def publish(event: Event, *, urgent: bool = False) -> None:
    """Write the event for each of its consumers, in the open transaction.

    `urgent` rows go first: a withdrawal or a change of visibility must not queue behind a large import.
    """
    payload: dict[str, Any] = asdict(event)
    for name in bus().followers(type(event)):
        outbox.add(name, event.name, payload, urgent=urgent)
