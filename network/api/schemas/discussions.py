"""Discussions of open groups."""

from __future__ import annotations

from marshmallow import Schema

from network.api.schemas.parts import (
    AnswerSchema,
    PageSchema,
    PlaceSchema,
    many,
    moment,
    one,
    page,
    string,
    strings,
    whole,
    yes_or_no,
)
from network.discussions.models import KINDS

SHOWN = ("latest", "needs", "answered", "discussions")


class DiscussionsAskedSchema(Schema):
    """Which discussions of a group."""

    show = string(
        "`latest` all of them, which is meant unless said otherwise; `needs` questions without an accepted answer; "
        "`answered` those with one; `discussions` what is no question.",
        among=SHOWN,
        load_default="latest",
    )
    page = page()


class DiscussionAskedSchema(Schema):
    """Which posts of a discussion."""

    page = page()


class DiscussionLineSchema(AnswerSchema):
    """A discussion as lists have it."""

    number = whole("The group's own, from 1.")
    title = string("Its title.")
    kind = string("What it is.", among=KINDS)
    excerpt = string("How it begins.")
    author = string("Who started it; “Former member” when they have left.")
    replies = whole("How many replies it has.")
    answered = yes_or_no("Whether it is a question with an accepted answer.")
    started = moment("When it began.")
    last_post = moment("When something was last said.")
    address = string("Its page.", "uri")
    self = string("This discussion in full, in this interface.", "uri")


class DiscussionListSchema(PageSchema):
    """A page of discussions, twenty at most."""

    items = many(DiscussionLineSchema, "The discussions of this page, the latest post first.")


class PostSchema(AnswerSchema):
    """A post. Of one that was withdrawn or hidden only when and why."""

    number = whole("From 1; it never moves.")
    author = string("Who wrote it; “Former member” when they have left.")
    organisation = string("Where they worked then.")
    at = moment("When it was written.")
    edited = moment("When it was last edited.")
    html = string("What it says, safe to show.")
    withdrawn = moment("When it was withdrawn or hidden.")
    reason = string("Why.")
    address = string("Where it stands.", "uri")


class DiscussionSchema(PageSchema):
    """A discussion with a page of its posts, thirty at most."""

    number = whole("The group's own, from 1.")
    title = string("Its title.")
    kind = string("What it is.", among=KINDS)
    language = string("Of its title and first post.")
    started = moment("When it began.")
    group = one(PlaceSchema, "The group in which it is.")
    topics = many(PlaceSchema, "What it is about.")
    tags = strings("Free words.")
    accepted = whole("The number of the post that answers the question.")
    items = many(PostSchema, "The posts of this page, in order; the first one asks.")
    address = string("Its page.", "uri")
