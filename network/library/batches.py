"""What bringing in many guides has in common, wherever they come from: batches, addresses, and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select

from network.core.db import db
from network.core.text.slugs import free
from network.library.models import FormerGuideSlug, Guide

BATCH = 20
Progress = Callable[[int], object]
One = TypeVar("One")
Key = TypeVar("Key")


@dataclass
class Report:
    """What became of every file, by its path: each path stands in exactly one of the lists.

    `held_back` came in as drafts although the others were published, with the reason. `published` were drafts of an
    earlier import. `remarks` are
    what the importer should look at in guides that did come in, and what stays out beside them.
    """

    new: list[str] = field(default_factory=list)
    held_back: list[tuple[str, str]] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    edited_here: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def batched(ready: Iterable[One]) -> Iterator[list[One]]:
    """Twenty at a time, as soon as they are there: an import that was stopped has kept what came before."""
    waiting: list[One] = []
    for one in ready:
        waiting.append(one)
        if len(waiting) == BATCH:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def chosen_slugs(wanted: Iterable[tuple[Key, str | None, str]]) -> dict[Key, str]:
    """An address for every guide by its key: the one that it has here, else a free one made of what it would be."""
    taken = {slug for slug in db.session.scalars(select(Guide.slug)) if slug}
    taken |= set(db.session.scalars(select(FormerGuideSlug.slug)))
    slugs: dict[Key, str] = {}
    for key, before, base in wanted:
        slugs[key] = before or free(base, taken)
        taken.add(slugs[key])
    return slugs
