"""What somebody may be about to type: earlier searches of their own, topics, and titles that they may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, current_app

from network.discovery.asked.reading import clean
from network.discovery.engine import engine
from network.discovery.hits.cards import named_of
from network.subjects.viewer import Viewer
from network.vocabulary.queries import all_topics
from search.completion import begun_words, completes
from search.contract import EngineError

MOST, MOST_TOPICS, MOST_OWN = 8, 2, 3
SHORTEST, LONGEST = 2, 100


class Suggestion(NamedTuple):
    """What to show, what it is, and where it leads."""

    text: str
    kind: str
    address: str


Source = Callable[[Viewer, str], list[Suggestion]]


def add_source(app: Flask, source: Source) -> None:
    """Have another source stand before topics and titles: the searches that somebody made before, say."""
    app.extensions.setdefault("suggestion_sources", []).append(source)


def suggestions(viewer: Viewer, text: str) -> list[Suggestion]:
    """At most eight, the viewer's own first. Nothing for less than two letters."""
    text = " ".join(clean(text).split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    sources: list[Source] = current_app.extensions.get("suggestion_sources", [])
    own = [found for source in sources for found in source(viewer, text)[:MOST_OWN]]
    found = [*own, *_topics(text), *_titles(viewer, text)]
    return list({suggestion.address: suggestion for suggestion in reversed(found)}.values())[::-1][:MOST]


def _topics(text: str) -> list[Suggestion]:
    begun = begun_words(text)
    topics = [topic for topic in all_topics() if completes(topic.name, begun)]
    return [Suggestion(topic.name, "Topic", f"/topics/{topic.slug}") for topic in topics[:MOST_TOPICS]]


def _titles(viewer: Viewer, text: str) -> list[Suggestion]:
    """The index completes, the database says what may be read and what it is called now."""
    try:
        keys = [key for _, key in engine().complete(text, viewer.audiences, MOST)]
    except EngineError:
        return []
    named = named_of(keys, viewer)
    rows = [named[key] for key in keys if key in named]
    return [Suggestion(row.title, row.kicker, row.address) for row in rows]
