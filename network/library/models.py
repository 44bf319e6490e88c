"""Guides, their versions, authors, topics and tags, and where imported ones came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

KINDS = {
    "guide": "Guide",
    "case-study": "Case study",
    "template": "Template",
    "research-report": "Research report",
    "policy": "Policy",
    "code-or-tool": "Code or tool",
}
STATES = ("draft", "published", "withdrawn")
CHECK_STATES = {
    "in-date": "Checked, in date",
    "due": "Check due within 30 days",
    "overdue": "Check overdue",
    "flagged": "Flagged as outdated",
    "unchecked": "Not checked yet",
}
LANGUAGES = {"en": "English", "cy": "Welsh (Cymraeg)", "fr": "French (français)"}
OTHER_LICENCE = "other"


class ImportSource(Base):
    """Where imported guides came from.

    One without address and licence is only known by a folder's name: its guides are the importer's own words, and
    nobody is credited with having published them first. `named_by` is empty for what the command brought in, else
    "person:12": what a member says of a source holds for their own imports only.
    """

    __tablename__ = "import_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500), default="")
    licence: Mapped[str] = mapped_column(String(40))
    named_by: Mapped[str] = mapped_column(String(40), default="", server_default="")

    __table_args__ = (UniqueConstraint("name", "named_by"),)


class Guide(Base):
    """An item of the library, holding its newest state.

    What lists show are columns, so that a list is one query.

    The slug is set at first publishing. `check_due` is a day where the deployment lives. `check_state` is
    what the dates say, or that the guide is flagged, kept so that lists and the index can filter by it; a job turns
    it when a day has passed; `check_months` is how far apart the checks of this guide lie when that is not the
    usual for its kind.
    `sort_title` is the title in small ASCII letters. An owner is a person, a group or an organisation: exactly one
    of the three columns is set. `use_count` says how many other organisations use it, `adoption_count` how
    many reports of use there are, the failed and ended ones among them, `adaptation_count` how many published guides
    are adapted from it, `suggestion_count` how many proposed changes wait for an answer; `flagged_at` is set while
    somebody's word that it is outdated stands unanswered. `link_count` counts the links of our texts and collections
    to it, whoever may read those, and `broken_link_count` the links in it that lead nowhere: neither number is shown.
    `related` holds what else to read (network/library/related), found at `related_at`.
    """

    __tablename__ = "guides"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    slug: Mapped[str | None] = mapped_column(String(90), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    kind: Mapped[str] = mapped_column(String(20), default="guide")
    title: Mapped[str] = mapped_column(String(150))
    sort_title: Mapped[str] = mapped_column(String(150), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    renderer_version: Mapped[int] = mapped_column(default=1)
    words: Mapped[int] = mapped_column(default=0)
    licence: Mapped[str] = mapped_column(String(40))
    licence_name: Mapped[str] = mapped_column(String(100), default="")
    licence_address: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    owner_group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True)
    comment_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    check_due: Mapped[date | None] = mapped_column(Date)
    check_state: Mapped[str] = mapped_column(String(10), default="unchecked")
    check_months: Mapped[int | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"))
    adapted_from_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"), index=True)
    use_count: Mapped[int] = mapped_column(default=0)
    adoption_count: Mapped[int] = mapped_column(default=0, server_default="0")
    adaptation_count: Mapped[int] = mapped_column(default=0, server_default="0")
    flagged_at: Mapped[datetime | None]
    suggestion_count: Mapped[int] = mapped_column(default=0)
    file_count: Mapped[int] = mapped_column(default=0)
    link_count: Mapped[int] = mapped_column(default=0)
    broken_link_count: Mapped[int] = mapped_column(default=0)
    related_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("import_sources.id"))
    source_path: Mapped[str | None] = mapped_column(String(500))
    source_digest: Mapped[str] = mapped_column(String(64), default="")
    source_version: Mapped[int | None]
    imported_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    # Last, because a row is read up to the last column that is asked for, and lists ask for none of these.
    body: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    headings: Mapped[list[Any]] = mapped_column(default=list)
    related: Mapped[list[Any]] = mapped_column(default=list)

    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"check_state IN {tuple(CHECK_STATES)}", name="check_state"),
        CheckConstraint("state = 'draft' OR slug IS NOT NULL", name="slug"),
        CheckConstraint(
            "(CASE WHEN owner_person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN owner_group_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN owner_organisation_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        Index(None, "source_id", "source_path", unique=True),
        # With the group, so that a late page of a long list is counted off in the index.
        Index(None, "state", "published_at", "group_id"),
        Index(None, "state", "checked_at", "group_id"),
        Index(None, "state", "sort_title", "group_id"),
        Index(None, "state", "use_count", "published_at", "group_id"),
        Index(None, "state", "group_id", "kind", "organisation_id", "check_state"),
        Index(None, "author_id", "state"),
    )


class GuideVersion(Base):
    """An immutable saved state of a published guide. `suggested_by_id` proposed what its author accepted."""

    __tablename__ = "guide_versions"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(300), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    suggested_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)


class GuideEdit(Base):
    """Somebody's unfinished edit of a published guide, kept on the server; only they see it."""

    __tablename__ = "guide_edits"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    base_version: Mapped[int]
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(default=now)


class GuideCoAuthor(Base):
    """Somebody who may edit and check a guide beside its owner."""

    __tablename__ = "guide_co_authors"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)


class GuideTopic(Base):
    """A topic that a guide is filed under."""

    __tablename__ = "guide_topics"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True, index=True)


class GuideTag(Base):
    """A free word on a guide."""

    __tablename__ = "guide_tags"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class FormerGuideSlug(Base):
    """An old address of a guide; it leads on for ever."""

    __tablename__ = "former_guide_slugs"

    slug: Mapped[str] = mapped_column(String(90), primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), index=True)


class LibraryTally(Base):
    """How many published guides there are, counted ahead for the list without filters.

    `group_id` is the closed group whose members alone may see those guides, 0 for what everybody may read;
    a viewer's number is the sum over what they may read. `facet` is "all" (value ""), "kind", "topic",
    "organisation" or "check".
    """

    __tablename__ = "library_tallies"

    group_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]
