"""What an imported file says of its licence, language and topics, made what a guide carries here, for all ways in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from network.core.text.slugs import slugify
from network.library.content import MAX_TOPICS
from network.library.importing.documents import SaidLicence
from network.library.models import LANGUAGES, OTHER_LICENCE
from network.vocabulary.queries import TopicRow


class Filed(NamedTuple):
    """The topics that a guide gets, and what its importer should know of the others."""

    topics: tuple[TopicRow, ...]
    remarks: tuple[str, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """As a guide keeps them."""
        return tuple(topic.id for topic in self.topics)


class Language(NamedTuple):
    """The language that a guide gets, and what its importer should know of it."""

    id: str
    remarks: tuple[str, ...] = ()


def language_kept(said: str) -> Language:
    """One that a guide can be in here. Kept as any other, the next save of its form would change it unseen."""
    if said in LANGUAGES:
        return Language(said)
    usual = "en"
    return Language(usual, (f"Guides here cannot be marked as “{said}”: this one is marked as {LANGUAGES[usual]}.",))


def licence_kept(said: SaidLicence) -> SaidLicence | None:
    """The licence as a guide keeps it. None when the file names none, or one without a link that we do not know."""
    if said.id:
        return said
    return SaidLicence(OTHER_LICENCE, said.name, said.address) if said.name and said.address else None


def filed(said: Sequence[str], chosen: Sequence[TopicRow], named: Mapping[str, TopicRow]) -> Filed:
    """The file's own topics first, then those chosen for the whole import, as many as a guide may have."""
    found = {word: named.get(word.casefold()) or named.get(slugify(word)) for word in said}
    wanted = list(dict.fromkeys([*(topic for topic in found.values() if topic), *chosen]))
    unknown = [f"“{word}”" for word, topic in found.items() if topic is None]
    remarks = []
    if unknown:
        remarks.append(f"Topics that are not in the list here: {', '.join(unknown)}")
    if left_out := [topic.name for topic in wanted[MAX_TOPICS:]]:
        remarks.append(f"A guide has {MAX_TOPICS} topics at most. Left out: {', '.join(left_out)}")
    return Filed(tuple(wanted[:MAX_TOPICS]), tuple(remarks))
