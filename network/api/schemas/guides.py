"""Guides: in lists, in full, and one version."""

from __future__ import annotations

from marshmallow import Schema
from marshmallow.validate import Range

from network.api.schemas.parts import (
    AnswerSchema,
    AuthorSchema,
    LicenceSchema,
    OtherSchema,
    OwnerSchema,
    PageSchema,
    PlaceSchema,
    TrustSchema,
    many,
    moment,
    one,
    page,
    string,
    strings,
    whole,
    yes_or_no,
)
from network.library.adoptions.like_mine import AT_LEAST, LIKE_MINE
from network.library.adoptions.models import RESULTS
from network.library.models import CHECK_STATES, KINDS
from network.library.queries.lists import SORTS

PER_PAGE, MOST_PER_PAGE = 20, 100


class GuidesAskedSchema(Schema):
    """What narrows and orders the list of guides: the same words as in the library's list."""

    topic = strings("The slug of a topic; those under it count. Several may be given.")
    kind = strings("The kind of guide. Several may be given.", KINDS)
    organisation = strings("The slug of an organisation that wrote it. Several may be given.")
    check = strings("What its last check says. Several may be given.", CHECK_STATES)
    used = string(
        "By how many other organisations it is used: `others` at least 1, `ten` at least 10.",
        among=[word for word in AT_LEAST if word != LIKE_MINE],
    )
    group = string("The slug of a group that it belongs to.")
    by = string("The handle of somebody who wrote it, owns it or helped.")
    sort = string("The order; the most used first unless said otherwise.", among=SORTS, load_default="used")
    page = page()
    per_page = whole(
        f"How many a page, {PER_PAGE} unless said otherwise.",
        load_default=PER_PAGE,
        validate=Range(1, MOST_PER_PAGE, error=f"It must be from 1 to {MOST_PER_PAGE}."),
    )


class GuideLineSchema(AnswerSchema):
    """A guide as lists have it."""

    uuid = string("Stays, whatever becomes of its title. Other networks know it by the same.", "uuid")
    self = string("This guide in full, in this interface.", "uri")
    address = string("Its page.", "uri")
    title = string("Its title.")
    summary = string("What it is about, in a sentence or two.")
    kind = string("What kind of guide it is.", among=KINDS)
    language = string("Of its text: `en`, `cy` or `fr`.")
    version = whole("The number of its newest version.")
    published = moment("When it was first published.")
    updated = moment("When it last changed.")
    owner = one(OwnerSchema, "Who answers for it.")
    organisation = string("Where it was written.")
    topics = many(PlaceSchema, "What it is filed under.")
    licence = one(LicenceSchema, "Under what others may use it.")
    trust = one(TrustSchema, "How far it can be trusted today.")


class GuideListSchema(PageSchema):
    """A page of guides."""

    items = many(GuideLineSchema, "The guides of this page.")


class SourceSchema(AnswerSchema):
    """Who published a guide first, elsewhere."""

    name = string("Their name.")
    address = string("Where it was published.", "uri")
    licence = string("Under what.")
    path = string("Which page there.")


class VersionLineSchema(AnswerSchema):
    """A version in the history of a guide."""

    number = whole("From 1.")
    date = moment("When it was published.")
    author = string("Who published it.")
    suggested_by = string("Who suggested it, where its author accepted somebody's change.")
    note = string("What changed, in its author's words.")
    self = string("This version in full, in this interface.", "uri")


class FileVersionSchema(AnswerSchema):
    """A version of a file."""

    number = whole("From 1.")
    date = moment("When it was added.")
    author = string("Who added it.")
    name = string("What it is called when it is saved.")
    type = string("Its media type.")
    size = whole("In bytes.")
    sha256 = string("The digest of its bytes.")
    address = string("Where it is had.", "uri")


class FileSchema(AnswerSchema):
    """A form, letter or table beside the text of a guide."""

    number = whole("The guide's own, never given twice.")
    title = string("Its title.")
    description = string("What it is for.")
    versions = many(FileVersionSchema, "Those that can be had, the oldest first.")


class EvidenceSchema(AnswerSchema):
    """What one organisation says of its use of a guide."""

    organisation = string("Who uses it; left out for a person who works for none.")
    organisation_slug = string("What the address of its page is made of.")
    person = string("Whose words these are.")
    result = string("How it went; left out while nobody has said.", among=RESULTS)
    text = string("In their words.")
    hidden = string("Why their words are hidden, where a moderator hid them.")
    since = string("The first day of the month in which the use began.", "date")
    stopped = string("The day on which it ended.", "date")
    own = yes_or_no("Whether the guide is their own; then they are not counted.")


class AdoptionsSchema(AnswerSchema):
    """The use of a guide: how many say what, and the newest of what they say."""

    used_by = whole("How many other organisations use it.")
    reported = whole("How many reports of use there are, ended and failed ones among them.")
    told = whole("In how many of them somebody says how it went.")
    failed = whole("In how many it did not work.")
    stopped = whole("How many have ended.")
    evidence = many(EvidenceSchema, "Those with words first, then those with a result, the newest first; 50 at most.")


class RelativeSchema(OtherSchema):
    """A guide at the other end of an adaptation. One that was withdrawn keeps its credit, without addresses."""

    owner = string("Who answers for it.")
    organisation = string("Where it was written.")
    licence = one(LicenceSchema, "Under what others may use it.")


class GuideSchema(GuideLineSchema):
    """A guide in full."""

    permanent = string("The address that stays, to cite.", "uri")
    markdown = string("Its text as it was written. Links lead to full addresses.")
    html = string("Its text as its page shows it, safe to show.")
    authors = many(AuthorSchema, "Who wrote it; of one from another network, who wrote it there.")
    contributors = strings("Whose suggested changes are in it.")
    tags = strings("Free words.")
    source = one(SourceSchema, "Who published it first, elsewhere.")
    superseded_by = one(OtherSchema, "The guide that takes its place.")
    adapted_from = one(RelativeSchema, "The guide that it was made from.")
    adaptations = many(RelativeSchema, "What others made of it, the newest first; 10 at most.")
    versions = many(VersionLineSchema, "Its history, the oldest first.")
    files = many(FileSchema, "What belongs to it beside the text.")
    adoptions = one(AdoptionsSchema, "Who uses it, and how it went.")


class VersionSchema(VersionLineSchema):
    """One version of a guide, as readers saw it."""

    guide = one(OtherSchema, "The guide.")
    address = string("The page of this version.", "uri")
    permanent = string("The address that stays, to cite.", "uri")
    newest = whole("The number of the newest version.")
    title = string("The title it had.")
    summary = string("The summary it had.")
    kind = string("The kind it was.", among=KINDS)
    markdown = string("Its text as it was written.")
    html = string("Its text as its page shows it.")
