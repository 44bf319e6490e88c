"""Writing the rows of a guide: what drafting, publishing and editing have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from network.core.db import db
from network.core.events import publish
from network.core.text.markdown import RENDERER_VERSION
from network.groups.models import Group
from network.library.checks import check_state, today
from network.library.content import MAX_CO_AUTHORS, MAX_TAGS, MAX_TOPICS, Content, sort_title
from network.library.events import CoAuthorNamed
from network.library.models import Guide, GuideCoAuthor, GuideTag, GuideTopic, GuideVersion
from network.library.rules import Owner, Standing, may_be_owned, may_own_as, may_put_in
from network.library.turning.queries import held_in
from network.people.models import Person
from network.subjects.rules import require
from network.subjects.viewer import Viewer

CLOSED_OWNER = "A closed group can only own guides that belong to it."


def guide_to_change(guide_id: int) -> Guide:
    """The guide as stored now, locked for the rest of the transaction.

    Raises NoResultFound for one that is gone.
    """
    return db.session.get_one(Guide, guide_id, with_for_update=True, populate_existing=True)


def owner_of(guide: Guide) -> Owner:
    """The one owner of the three columns."""
    if guide.owner_person_id is not None:
        return Owner("person", guide.owner_person_id)
    if guide.owner_group_id is not None:
        return Owner("group", guide.owner_group_id)
    if guide.owner_organisation_id is None:
        raise ValueError(f"guide {guide.id} has no owner")
    return Owner("organisation", guide.owner_organisation_id)


def standing(guide: Guide) -> Standing:
    """What the rules ask of a guide."""
    co_authors = db.session.scalars(select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == guide.id))
    return Standing(
        state=guide.state,
        author_id=guide.author_id,
        owner=owner_of(guide),
        group_id=guide.group_id,
        openness=openness(guide.group_id),
        co_author_ids=frozenset(co_authors),
        said_in=held_in(guide.id) if guide.state == "draft" else None,
    )


def openness(group_id: int | None) -> str | None:
    """ "open" or "closed", None without a group."""
    if group_id is None:
        return None
    return db.session.scalars(select(Group.openness).where(Group.id == group_id)).one()


def set_content(guide: Guide, content: Content) -> None:
    """Put text and filing into the guide; it must have an id."""
    guide.title, guide.sort_title = content.title, sort_title(content.title)
    guide.summary, guide.kind, guide.language = content.summary, content.kind, content.language
    guide.body, guide.html = content.body, content.rendered.html
    guide.headings = [[heading.level, heading.id, heading.text] for heading in content.rendered.headings]
    guide.renderer_version, guide.words = RENDERER_VERSION, content.rendered.words
    guide.licence = content.licence
    guide.licence_name, guide.licence_address = content.licence_name, content.licence_address
    _refile(guide.id, content)


def _refile(guide_id: int, content: Content) -> None:
    if len(content.topic_ids) > MAX_TOPICS or len(content.tags) > MAX_TAGS:
        raise ValueError(f"a guide has at most {MAX_TOPICS} topics and {MAX_TAGS} tags")
    db.session.execute(delete(GuideTopic).where(GuideTopic.guide_id == guide_id))
    db.session.execute(delete(GuideTag).where(GuideTag.guide_id == guide_id))
    if content.topic_ids:
        topics = dict.fromkeys(content.topic_ids)
        db.session.execute(insert(GuideTopic), [{"guide_id": guide_id, "topic_id": topic} for topic in topics])
    if content.tags:
        db.session.execute(insert(GuideTag), [{"guide_id": guide_id, "word": word[:60]} for word in content.tags])


def set_owner(guide: Guide, owner: Owner, viewer: Viewer) -> None:
    """Give the guide to an owner whom the viewer may act for; the owner it has already needs no asking."""
    if guide.id is None or owner != owner_of(guide):
        require(may_own_as(viewer, owner), "Choose yourself, a group you facilitate, or your organisation as owner.")
    give(guide, owner)


def give(guide: Guide, owner: Owner) -> None:
    """Write the owner into the three columns, whoever decided it."""
    guide.owner_person_id = owner.id if owner.kind == "person" else None
    guide.owner_group_id = owner.id if owner.kind == "group" else None
    guide.owner_organisation_id = owner.id if owner.kind == "organisation" else None


def set_group(guide: Guide, group_id: int | None, viewer: Viewer) -> None:
    """Have the guide belong to a group, or to none.

    What readers of a published guide may see does not change by this.
    """
    if group_id == guide.group_id:
        return
    require(may_put_in(viewer, group_id), "Join the group first. Then the guide can belong to it.")
    if guide.state == "published":
        stays = openness(group_id) != "closed" and openness(guide.group_id) != "closed"
        require(stays, "A published guide cannot move into or out of a closed group.")
    stay_where_said(guide.id, group_id)
    guide.group_id = group_id


def require_open_owner(guide: Guide) -> None:
    """Once owner and group are set: no closed group owns what others can read."""
    owner = owner_of(guide)
    closed = owner.kind == "group" and openness(owner.id) == "closed"
    require(may_be_owned(owner, guide.group_id, owner_closed=closed), CLOSED_OWNER)


def stay_where_said(guide_id: int, group_id: int | None) -> None:
    """What was said in a closed group and made into a guide is read there and nowhere else."""
    held = held_in(guide_id)
    require(held in (None, group_id), "This began as a discussion of a closed group. It can only belong to that group.")


def set_co_authors(guide: Guide, person_ids: Iterable[int], viewer: Viewer) -> None:
    """Replace the co-authors; the author is none. Whom the viewer names anew is told.

    Those who have left stay: no form names them, and their credit is not the writers' to take away.
    """
    wanted = [person_id for person_id in dict.fromkeys(person_ids) if person_id != guide.author_id]
    if len(wanted) > MAX_CO_AUTHORS:
        raise ValueError(f"a guide has at most {MAX_CO_AUTHORS} co-authors")
    before = set(db.session.scalars(select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == guide.id)))
    left = select(Person.id).where(Person.account_id.is_(None))
    present = delete(GuideCoAuthor).where(GuideCoAuthor.guide_id == guide.id, GuideCoAuthor.person_id.not_in(left))
    db.session.execute(present.execution_options(synchronize_session=False))
    for person in wanted:
        if person not in before and viewer.person_id not in (None, person):
            publish(CoAuthorNamed(guide.id, person, viewer.person_id or 0))
    if wanted:
        db.session.execute(insert(GuideCoAuthor), [{"guide_id": guide.id, "person_id": person} for person in wanted])


def add_version(
    guide: Guide, *, author_id: int | None, note: str, at: datetime, suggested_by: int | None = None
) -> None:
    """Keep the present state for ever, under the next number."""
    guide.version += 1
    db.session.add(
        GuideVersion(
            guide_id=guide.id,
            number=guide.version,
            title=guide.title,
            summary=guide.summary,
            kind=guide.kind,
            body=guide.body,
            html=guide.html,
            note=note,
            author_id=author_id,
            suggested_by_id=suggested_by,
            created_at=at,
        )
    )


def set_check_state(guide: Guide) -> None:
    """Keep what the dates say today; an unanswered flag weighs more than they do."""
    dates_say = check_state(guide.checked_at, guide.check_due, today())
    guide.check_state = "flagged" if guide.flagged_at is not None else dates_say
