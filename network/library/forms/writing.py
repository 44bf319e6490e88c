"""The form in which guides are written: new ones, drafts and edits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from network.attachments.queries import filenames
from network.core.licences import LICENCES
from network.core.text.advice import undescribed
from network.core.text.markdown import Rendered
from network.core.text.personal import Personal, personal
from network.core.web.forms import CreatingForm, Form, clean_text
from network.library.checks import LONGEST_MONTHS, MONTHS_BY_KIND, PERIODS, USUAL_MONTHS, add_months, own_period, today
from network.library.content import MAX_BYTES, MAX_CO_AUTHORS, MAX_TAGS, MAX_TOPICS, Content, lay_out, tag_words
from network.library.lineage.forms import LineageField
from network.library.models import KINDS, LANGUAGES, OTHER_LICENCE
from network.library.queries.writing import Text, people_called
from network.library.rules import Owner, OwnerKind

OWNER_KINDS: dict[str, OwnerKind] = {"person": "person", "group": "group", "organisation": "organisation"}
EVERY = [
    ("", f"As usual for its kind: every {USUAL_MONTHS} months, a policy every {MONTHS_BY_KIND['policy']}"),
    *((str(months), f"Every {months} months") for months in PERIODS),
]
UNSEEN = ("csrf_token", "idempotency_key", "base", "kept_at")
NOT_KEPT = frozenset((*UNSEEN, "sure", "picture", "picture_alt", "picture_decorative"))


def trimmed(value: str | None) -> str | None:
    """No spaces around, single ones inside."""
    return " ".join(value.split()) if value else value


def fits(name: str, most: int) -> Length:
    """A limit in the words of the error pattern."""
    return Length(max=most, message=f"{name} must be {most} characters or fewer")


class DayField(DateField):
    """A day. What was typed is shown again as typed, but for characters that no page may hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the words before they are read and kept."""
        self.raw_data = [clean_text(value) for value in valuelist]
        super().process_formdata(self.raw_data)


class GuideForm(LineageField, CreatingForm):
    """A guide's fields. `for_readers` is set when the text is to be published and not only kept, `imported`
    when it was written elsewhere. `people_to_tell` is to how many users a change that matters would be mailed.
    """

    title = StringField(
        "Title",
        [InputRequired("Enter a title"), fits("Title", 150)],
        description="Say what someone will be able to do. For example, “Moving a planning register to open data”.",
        filters=[trimmed],
    )
    summary = TextAreaField(
        "Summary",
        [fits("Summary", 300)],
        description="One or two sentences. This is what people see in search.",
        filters=[trimmed],
    )
    body = TextAreaField("Guide", description="What you did, what it cost, what you would do differently.")
    kind = SelectField("Kind", choices=list(KINDS.items()), default="guide")
    topics = SelectMultipleField("Topics", coerce=int, description=f"Choose up to {MAX_TOPICS}.", validate_choice=True)
    tags = StringField(
        "Tags",
        description=f"Other words people may look for, separated by commas. Up to {MAX_TAGS}.",
        filters=[trimmed],
    )
    owner = SelectField("Owner", description="Who answers for this guide and is asked to check it.")
    group = SelectField("Belongs to", description="A group whose pages should show it.")
    co_authors = TextAreaField(
        "Co-authors",
        description="People who may edit and check it with you, one a line. Enter their full name, or their handle: "
        f"the end of the address of their page, as ann-evans in /people/ann-evans. Up to {MAX_CO_AUTHORS}.",
    )
    licence = SelectField("Licence", description="What others may do with it.")
    licence_name = StringField("Name of the other licence", [fits("Name of the licence", 100)], filters=[trimmed])
    licence_address = StringField("Link to the other licence", [fits("Link", 500)], filters=[trimmed])
    language = SelectField("Language", choices=list(LANGUAGES.items()), default="en")
    check_due = DayField(
        "Next check",
        [Optional()],
        description="The first time that somebody should look through it again. Leave this empty and the period above "
        "decides.",
    )
    check_months = SelectField(
        "How often it is checked",
        choices=EVERY,
        default="",
        description="Its owner is asked when the time comes. Another period counts from the next check.",
    )
    note = StringField(
        "What changed",
        [fits("What changed", 300)],
        description="One line for the list of versions. For example, “Added the costs of the second year”.",
        filters=[trimmed],
    )
    matters = BooleanField("This change matters to those who use this guide")
    picture = FileField("Picture", description="JPEG, PNG, WebP or GIF, smaller than 10 MB.")
    picture_alt = StringField(
        "What the picture shows",
        [fits("What the picture shows", 300)],
        description="For people who cannot see it. For example, “A form with three boxes: name, date, place”.",
        filters=[trimmed],
    )
    picture_decorative = BooleanField("It only decorates, and shows nothing that needs telling")
    sure = BooleanField("Everyone who can read this guide may have it")
    base = HiddenField()
    kept_at = HiddenField()

    for_readers = False
    public_already = ""
    unknown_titles: tuple[str, ...] = ()
    several_titles: tuple[str, ...] = ()
    imported = False
    people_to_tell = 0
    rendered: Rendered | None = None
    co_author_ids: tuple[int, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.known_co_authors: dict[str, int] = kwargs.pop("known_co_authors", {})
        self.closed_groups: dict[str, str] = {}
        kwargs["data"] = {"licence": current_app.config["DEFAULT_LICENCE"], **kwargs.get("data", {})}
        super().__init__(*args, **kwargs)
        self.licence.choices = [(code, licence.name) for code, licence in LICENCES.items()]
        self.licence.choices.append((OTHER_LICENCE, "Another licence"))

    def laid_out(self) -> Rendered:
        """The body as the page will show it; laid out once."""
        if self.rendered is None:
            self.rendered = lay_out(self.body.data or "")
        return self.rendered

    def validate_body(self, field: Any) -> None:
        """Not too large; for readers, not empty, and with words for every picture."""
        size = len((field.data or "").encode())
        if size > MAX_BYTES:
            raise ValidationError(f"Guide must be 256 KB or smaller. This is {size // 1024 + 1} KB")
        if not self.for_readers:
            return
        if not (field.data or "").strip():
            raise ValidationError("Enter the text of the guide")
        if pictures := undescribed(self.laid_out().html):
            raise ValidationError(_describe(pictures))

    def validate_sure(self, field: Any) -> None:
        """What looks like a way to reach a person is published only when somebody says that it may be."""
        if not self.for_readers or field.data:
            return
        if found := self.asked_about():
            raise ValidationError(
                f"Check your guide: “{found.words}” looks like {found.thing}. Remove it, or confirm that it can be read"
            )

    def asked_about(self) -> Personal | None:
        """What of the text needs that confirmation; of an edit only what readers do not have already."""
        text = f"{self.title.data or ''}\n{self.summary.data or ''}\n{self.laid_out().text}"
        return personal(text, self.public_already)

    def validate_topics(self, field: Any) -> None:
        """At most five."""
        if len(set(field.data or ())) > MAX_TOPICS:
            raise ValidationError(f"Choose {MAX_TOPICS} topics or fewer")

    def validate_tags(self, field: Any) -> None:
        """At most ten, none very long."""
        words = tag_words(field.data or "")
        if len(words) > MAX_TAGS:
            raise ValidationError(f"Enter {MAX_TAGS} tags or fewer")
        if any(len(word) > 60 for word in words):
            raise ValidationError("Each tag must be 60 characters or fewer")

    def validate_co_authors(self, field: Any) -> None:
        """Each line names one member."""
        words = [word.lstrip("@").strip() for line in (field.data or "").splitlines() for word in [trimmed(line) or ""]]
        words = [word for word in words if word]
        if len(words) > MAX_CO_AUTHORS:
            raise ValidationError(f"Enter {MAX_CO_AUTHORS} co-authors or fewer")
        self.co_author_ids = tuple(dict.fromkeys(_people(words, self.known_co_authors)))

    def validate_licence_name(self, field: Any) -> None:
        """Another licence has a name."""
        if self.licence.data == OTHER_LICENCE and not field.data:
            raise ValidationError("Enter the name of the other licence")

    def validate_licence_address(self, field: Any) -> None:
        """A link to another licence is a web address. The source of an import may have named none."""
        if self.licence.data != OTHER_LICENCE or (self.imported and not field.data):
            return
        try:
            parts = urlsplit(field.data or "")
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in field.data or ""):
            raise ValidationError("Enter the link in the correct format, like https://example.org/licence")

    def validate_check_due(self, field: Any) -> None:
        """After today, and not so late that nobody will remember."""
        if not field.data or not self.for_readers:
            return
        if field.data <= today():
            raise ValidationError("Next check must be after today")
        if field.data > add_months(today(), LONGEST_MONTHS):
            raise ValidationError(f"Next check must be within {LONGEST_MONTHS // 12} years")

    def validate_note(self, field: Any) -> None:
        """A new version says what changed."""
        if self.for_readers and not field.data:
            raise ValidationError("Enter what changed")

    def content(self, before: Text | None = None) -> Content:
        """The valid form as the actions take it; what it does not ask for stays as it was `before`."""
        licence = (before.licence, before.licence_name, before.licence_address) if before else ("", "", "")
        if "licence" in self:
            other = self.licence.data == OTHER_LICENCE
            named = (self.licence_name.data or "", self.licence_address.data or "") if other else ("", "")
            licence = (self.licence.data, *named)
        return Content(
            title=self.title.data or "",
            summary=self.summary.data or "",
            body=self.body.data or "",
            rendered=self.laid_out(),
            kind=self.kind.data,
            language=self.language.data,
            licence=licence[0],
            licence_name=licence[1],
            licence_address=licence[2],
            topic_ids=tuple(dict.fromkeys(self.topics.data or ())) if "topics" in self else (),
            tags=tag_words(self.tags.data or ""),
        )

    def chosen_owner(self) -> Owner | None:
        """The owner, as far as the form asks for it."""
        if "owner" not in self:
            return None
        kind, _, number = self.owner.data.partition(":")
        return Owner(OWNER_KINDS[kind], int(number))

    def chosen_group(self) -> int | None:
        """The group's id, None for none."""
        return int(self.group.data) if "group" in self and self.group.data else None

    def chosen_check_due(self) -> date | None:
        """The day, as far as one was given."""
        chosen: date | None = self.check_due.data if "check_due" in self else None
        return chosen

    def offer_period(self, months: int | None) -> None:
        """Have the guide's own period among the choices, even one that the form does not offer by itself."""
        if months is not None and months not in PERIODS:
            self.check_months.choices = [*EVERY, (str(months), f"Every {months} months")]

    def chosen_period(self) -> int | None:
        """The guide's own period in months, None for the usual one of its kind."""
        chosen = self.check_months.data
        return own_period(self.kind.data, int(chosen)) if chosen else None

    def breaks_rules(self) -> bool:
        """Whether a draft could not be saved as it stands; that a title is missing does not count."""
        Form.validate(self)
        if not self.title.data:
            self.title.errors = []
        return any(field.errors for name, field in self._fields.items() if name not in UNSEEN)

    def settle(self) -> list[str]:
        """For keeping what is half written: fields that break a rule give way to what was stored, all others stay.

        Returns what had to give way, in words. A title may still be missing.
        """
        Form.validate(self)
        self.rendered = None
        given_way = []
        for name, field in list(self._fields.items()):
            if not field.errors or name in UNSEEN or (name == "title" and not field.data):
                continue
            given_way.append(str(field.errors[0]))
            field.errors = []
            field.data = field.object_data
            if name == "co_authors":
                self.co_author_ids = tuple(self.known_co_authors.values())
            if name == "adapted_from":
                del self.adapted_from
            if name == "licence_name":
                self.licence.data = self.licence.object_data
        self.title.errors = []
        return given_way

    def as_kept(self) -> dict[str, Any]:
        """What was typed, as an unfinished edit keeps it."""
        return {name: field.data for name, field in self._fields.items() if name not in NOT_KEPT}


def _describe(addresses: list[str]) -> str:
    name = filenames([addresses[0].rpartition("/")[2]]).get(addresses[0].rpartition("/")[2], "")
    which = f"the picture “{name}”" if name else "the picture"
    more = f" There {'is one' if len(addresses) == 2 else f'are {len(addresses) - 1}'} more." if addresses[1:] else ""
    return (
        f"Describe {which} for people who cannot see it: write ![What it shows]({addresses[0]}), "
        f"or ![decorative]({addresses[0]}) if it only decorates.{more}"
    )


def _people(words: list[str], known: Mapping[str, int]) -> list[int]:
    """Ids of the people named. Those who are co-authors already need not be found: they may have left since."""
    found = people_called([word for word in words if word not in known])
    ids = []
    for word in words:
        if word in known:
            ids.append(known[word])
            continue
        people = found[word.casefold()]
        if not people:
            raise ValidationError(f"Nobody here is called “{word}”. Enter the full name or handle on their page")
        if len(people) > 1:
            handles = ", ".join(sorted(handle for _, handle in people))
            raise ValidationError(f"{len(people)} people are called “{word}”. Enter a handle instead: {handles}")
        ids.append(people[0][0])
    return ids
