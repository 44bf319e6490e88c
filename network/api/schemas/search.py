"""Search."""

from __future__ import annotations

from marshmallow import Schema
from marshmallow.validate import Length

from network.api.schemas.guides import GuideLineSchema
from network.api.schemas.parts import AnswerSchema, PageSchema, many, one, page, string, strings, yes_or_no
from network.discovery.asked.dates import PERIODS
from network.discovery.asked.labels import CHECKS, KINDS
from network.discovery.asked.reading import MOST_TYPED, SORTS


class SearchAskedSchema(Schema):
    """What is asked, in the words of the search page."""

    q = string(
        f"What to look for, at most {MOST_TYPED} characters. Quotation marks, a minus sign and filters such as "
        "`topic:` work as in the search box.",
        required=True,
        error_messages={"required": "Say what to look for."},
        validate=Length(1, MOST_TYPED, error=f"It must have 1 to {MOST_TYPED} characters."),
    )
    topic = strings("The slug of a topic. Several may be given.")
    kind = strings("The kind. Several may be given.", KINDS)
    organisation = strings("The slug of an organisation. Several may be given.")
    check = strings("How far a guide can be trusted. Several may be given.", CHECKS)
    changed = string("When it last changed.", among=PERIODS)
    sort = string("The order; the best match first unless said otherwise.", among=SORTS, load_default="relevance")
    exact = string("`1` to look for the words as they are written, without corrections.", among=("1",))
    page = page()


class HitSchema(AnswerSchema):
    """Something found."""

    type = string("What it is: `guide`, `discussion`, `collection`, `group`, `person` …")
    title = string("Its title, or a name.")
    address = string("Its page.", "uri")
    text = string("The passage that fits best.")
    byline = string("Whose it is.")
    language = string("Of its text.")
    guide = one(GuideLineSchema, "Of a guide: what lists say of it.")


class SearchSchema(PageSchema):
    """A page of results, ten at most."""

    items = many(HitSchema, "The results of this page, the best first.")

    words = string("What was looked for; not as it was typed where a word was corrected.")
    suggested = string("What may have been meant.")
    unknown_filters = strings("Filters among the words with a value that there is none of; they have no effect.")
    failed = yes_or_no("Whether nothing holds all the words and nobody is called so; what is listed holds some.")
    incomplete = yes_or_no("Whether the index was away or the search was cut short. Ask again later.")
