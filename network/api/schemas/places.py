"""Topics, organisations and groups."""

from __future__ import annotations

from marshmallow import Schema

from network.api.schemas.parts import AnswerSchema, PageSchema, PlaceSchema, many, moment, page, string, whole
from network.organisations.models import KINDS, SIZES


class TopicSchema(PlaceSchema):
    """What guides, discussions and groups are filed under."""

    about = string("What belongs under it.")
    parent = string("The slug of the topic above it; left out on the first level.")
    guides = whole("How many guides are filed under it, or under one below it.")
    address = string("Its page.", "uri")
    list = string("Its guides, in this interface.", "uri")


class TopicListSchema(AnswerSchema):
    """All topics, in the order of the network."""

    items = many(TopicSchema, "The topics.")


class OrganisationSchema(PlaceSchema):
    """A public body."""

    kind = string("What it is.", among=KINDS)
    size = string("How many work there.", among=SIZES)
    people = whole("How many of them are here.")
    guides = whole("How many guides were written there.")
    address = string("Its page.", "uri")
    list = string("Its guides, in this interface.", "uri")


class OrganisationListSchema(AnswerSchema):
    """All organisations, by name."""

    items = many(OrganisationSchema, "The organisations.")


class GroupLineSchema(PlaceSchema):
    """A group. Of a closed one only what is public: no numbers, no dates."""

    purpose = string("What it is for.")
    openness = string("Whether everybody reads what is said there.", among=("open", "closed"))
    closed_reason = string("Why it is closed.")
    members = whole("How many belong to it; of open groups only.")
    discussions = whole("How many discussions it has; of open groups only.")
    last_active = moment("When something last happened; in lists, of open groups only.")
    address = string("Its page.", "uri")
    self = string("This group in full, in this interface.", "uri")


class GroupsAskedSchema(Schema):
    """What orders the list of groups."""

    sort = string(
        "The order: `busy` where something happened last, which is meant unless said otherwise; `new` the youngest; "
        "`a-z` by name.",
        among=("busy", "new", "a-z"),
        load_default="busy",
    )
    page = page()


class GroupListSchema(PageSchema):
    """A page of groups."""

    items = many(GroupLineSchema, "The groups of this page.")


class FacilitatorSchema(AnswerSchema):
    """Who runs a group."""

    name = string("As readers see it.")
    job_title = string("What they do.")
    organisation = string("Where they work.")
    address = string("Their page.", "uri")


class GroupSchema(GroupLineSchema):
    """A group in full. Of a closed one only what is public."""

    facilitators = many(FacilitatorSchema, "Who runs it.")
    about = string("What it says of itself, as HTML; of open groups only.")
    organisations = whole("From how many organisations its members are; of open groups only.")
    topics = many(PlaceSchema, "What it is about; of open groups only.")
    list = string("Its guides, in this interface; of open groups only.", "uri")
