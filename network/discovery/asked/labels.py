"""Facet values in words: the index holds slugs and ids, people read names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.licences import LICENCES
from network.groups.models import Group
from network.library.adoptions.like_mine import BY_OTHERS, USES
from network.library.models import CHECK_STATES, LANGUAGES, OTHER_LICENCE
from network.library.models import KINDS as GUIDE_KINDS
from network.library.subject.using import OTHERS
from network.organisations.likeness import sort_in_words, sort_of
from network.organisations.models import KINDS as ORGANISATION_KINDS
from network.organisations.models import SIZES, Organisation
from network.people.models import Person
from network.people.queries import stands
from network.vocabulary.models import Topic

TITLES = {
    "topic": "Topic",
    "kind": "Kind",
    "organisation": "Organisation",
    "group": "Group",
    "author": "Written by",
    "check": "Last checked",
    "users": BY_OTHERS,
    "licence": "Licence",
    "language": "Language",
}
_MANY = {
    "guide": "Guides",
    "case-study": "Case studies",
    "template": "Templates",
    "research-report": "Research reports",
    "policy": "Policies",
    "code-or-tool": "Code and tools",
}
KINDS = {
    **{kind: (one, _MANY[kind]) for kind, one in GUIDE_KINDS.items()},
    "discussion": ("Discussion", "Discussions"),
    "question": ("Question", "Questions"),
    "announcement": ("Announcement", "Announcements"),
    "person": ("Person", "People"),
    "group": ("Group", "Groups"),
    "collection": ("Collection", "Collections"),
}
CHECKS = {**CHECK_STATES, "superseded": "Superseded"}
USERS = {
    OTHERS: USES[OTHERS],
    **{
        sort_of(kind, size): f"Used by organisations like this: {sort_in_words(kind, size)}"
        for kind in ORGANISATION_KINDS
        for size in SIZES
    },
}
FIXED: dict[str, Mapping[str, str]] = {
    "kind": {value: one for value, (one, _) in KINDS.items()},
    "check": CHECKS,
    "users": USERS,
    "language": LANGUAGES,
    "licence": {**{key: licence.name for key, licence in LICENCES.items()}, OTHER_LICENCE: "Another licence"},
}
_KEPT: dict[str, Any] = {
    "topic": select(Topic.slug, Topic.name),
    "organisation": select(Organisation.slug, Organisation.name),
    "group": select(Group.slug, Group.name),
    "author": select(Person.id, Person.name).join(Account, Account.id == Person.account_id).where(stands()),
}
_COLUMNS: dict[str, Any] = {
    "topic": Topic.slug,
    "organisation": Organisation.slug,
    "group": Group.slug,
    "author": Person.id,
}

Labels = Mapping[str, Mapping[str, str]]


def labels(values: Mapping[str, Iterable[str]]) -> Labels:
    """Names for the values of each facet, with one query for each facet whose names are kept in the database.

    A value that has no name any more is left out: a topic that went, a person who left.
    """
    named: dict[str, Mapping[str, str]] = {}
    for facet, of in values.items():
        wanted = list(of)
        if facet in FIXED:
            named[facet] = {value: FIXED[facet].get(value, value) for value in wanted}
        elif wanted:
            named[facet] = _from_database(facet, wanted)
        else:
            named[facet] = {}
    return named


def _from_database(facet: str, wanted: list[str]) -> dict[str, str]:
    keys: list[Any] = [int(value) for value in wanted if _is_id(value)] if facet == "author" else wanted
    rows = db.session.execute(_KEPT[facet].where(_COLUMNS[facet].in_(keys)))
    return {str(key): name for key, name in rows}


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10
