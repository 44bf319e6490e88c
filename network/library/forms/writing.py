"""The form in which guides are written: new ones, drafts and edits."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from network.attachments.pictures import PICTURE
from network.attachments.queries import filenames
from network.core.text.advice import undescribed
from network.core.text.personal import Question, personal, question
from network.core.web.fields import DayField, Written, fits, largest, one_line
from network.library.checks import LONGEST_MONTHS, MONTHS_BY_KIND, PERIODS, USUAL_MONTHS, add_months, own_period, today
from network.library.composing.outlines import untouched
from network.library.content import MAX_CO_AUTHORS, MAX_TAGS, MAX_TOPICS, Content
from network.library.forms.co_authors import co_authors_named
from network.library.forms.keeping import KeepingForm
from network.library.forms.offers import (
    check_licence_address,
    check_licence_name,
    check_size,
    check_topics,
    licence_choices,
)
from network.library.lineage.forms import LineageField
from network.library.models import KINDS, LANGUAGES, OTHER_LICENCE
from network.library.queries.writing import Text
from network.library.rules import Owner, OwnerKind
from network.people.links import without_links_to_nobody
from network.vocabulary.typed import tag_words

OWNER_KINDS: dict[str, OwnerKind] = {"person": "person", "group": "group", "organisation": "organisation"}
MATTERS = "This change matters to those who use this guide"
MORE = (
    *("tags", "co_authors", "check_months", "check_due", "adapted_from"),
    *("language", "licence", "licence_name", "licence_address"),
)
EVERY = [
    ("", f"As usual ({USUAL_MONTHS} months, policies {MONTHS_BY_KIND['policy']})"),
    *((str(months), f"Every {months} months") for months in PERIODS),
]


class GuideForm(LineageField, KeepingForm):
    """A guide's fields. `for_readers` is set when the text is to be published and not only kept, `imported`
    when it was written elsewhere. `whom_to_tell` says to how many users a change that matters would be mailed,
    `stays_in` the group that the guide belongs to when the form does not ask for it.
    """

    title = StringField(
        "Title",
        [Written("Enter a title"), fits("Title", 150)],
        description="Say what someone will be able to do. For example, “Moving a planning register to open data”.",
        filters=[one_line],
    )
    summary = TextAreaField(
        "Summary (optional)",
        [fits("Summary", 300)],
        description="One or two sentences. This is what people see in search.",
        filters=[one_line],
    )
    body = TextAreaField(
        "Guide",
        description="What you did, what it cost, what you would do differently.",
        filters=[without_links_to_nobody],
    )
    kind = SelectField("Kind", choices=list(KINDS.items()), default="guide")
    topics = SelectMultipleField(
        "Topics (optional)", coerce=int, description=f"Choose up to {MAX_TOPICS}.", validate_choice=True
    )
    tags = StringField(
        "Tags (optional)",
        description=f"Other words people may look for, separated by commas. Up to {MAX_TAGS}.",
        filters=[one_line],
    )
    owner = SelectField("Owner", description="Who answers for this guide and is asked to check it.")
    group = SelectField("Belongs to", description="A group whose pages should show it.")
    co_authors = TextAreaField(
        "Co-authors (optional)",
        description="People who may edit and check it with you, one a line. Enter their full name, or their handle: "
        f"the end of the address of their page, as ann-evans in /people/ann-evans. Up to {MAX_CO_AUTHORS}.",
    )
    licence = SelectField("Licence", description="What others may do with it.")
    licence_name = StringField("Name of the other licence", [fits("Name of the licence", 100)], filters=[one_line])
    licence_address = StringField("Link to the other licence", [fits("Link", 500)], filters=[one_line])
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
        filters=[one_line],
    )
    matters = BooleanField(MATTERS)
    picture = FileField(
        "Picture",
        description="JPEG, PNG, WebP or GIF, smaller than 10 MB.",
        render_kw=largest(PICTURE.most_bytes, PICTURE.too_large),
    )
    picture_alt = StringField(
        "What the picture shows",
        [fits("What the picture shows", 300)],
        description="For people who cannot see it. For example, “A form with three boxes: name, date, place”.",
        filters=[one_line],
    )
    picture_decorative = BooleanField("It only decorates, and shows nothing that needs telling")
    sure = BooleanField("Everyone who can read this guide may have it")
    sure_of = HiddenField()
    as_is = BooleanField("Readers may see these questions as they are")
    base = HiddenField()
    kept_at = HiddenField()

    for_readers = False
    public_already = ""
    imported = False
    whom_to_tell = ""
    stays_in: int | None = None
    co_author_ids: tuple[int, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.known_co_authors: dict[str, int] = kwargs.pop("known_co_authors", {})
        self.closed_groups: dict[str, str] = {}
        self.closed_owners: set[str] = set()
        self.kept_group: int | None = None
        self.said_in: int | None = None
        kwargs["data"] = {"licence": current_app.config["DEFAULT_LICENCE"], **kwargs.get("data", {})}
        super().__init__(*args, **kwargs)
        self.licence.choices = licence_choices()

    def holds_words(self) -> bool:
        """Whether there is anything to keep yet."""
        return any((field.data or "").strip() for field in (self.title, self.summary, self.body))

    def validate_body(self, field: Any) -> None:
        """Not too large; for readers, not empty, and with words for every picture."""
        check_size(field.data or "")
        if not self.for_readers:
            return
        if not (field.data or "").strip():
            raise ValidationError("Enter the text of the guide")
        if pictures := undescribed(self.laid_out().html):
            raise ValidationError(_describe(pictures))

    def validate_sure(self, field: Any) -> None:
        """What looks like a way to reach a person is published only when somebody says that it may be."""
        if not self.for_readers or not (asked := self.asked_about()):
            return
        first = asked.listed[0]
        more = len(asked.listed) + asked.more - 1
        also = f", and {more} more {'needs' if more == 1 else 'need'} a look" if more else ""
        raise ValidationError(
            f"Check your guide: “{first.words}” looks like {first.thing}{also}. "
            "Remove it, or confirm that it can be read"
        )

    def validate_as_is(self, field: Any) -> None:
        """What an outline asks is published only when somebody says that it may be."""
        if not self.for_readers or field.data or not (left := self.left_of_outline()):
            return
        which = f"“{left[0]}” and {len(left) - 1} more still hold" if left[1:] else f"“{left[0]}” still holds"
        raise ValidationError(
            f"{which} only what the outline asks. Write an answer or take it out, or confirm that readers may see it"
        )

    def left_of_outline(self) -> list[str]:
        """Headings under which stands what an outline put there; of an edit only what readers do not have already."""
        before = untouched(self.public_already)
        return [heading for heading in untouched(self.body.data or "") if heading not in before]

    def asked_about(self) -> Question | None:
        """What of the text still needs that confirmation; of an edit only what readers do not have already."""
        text = f"{self.title.data or ''}\n{self.summary.data or ''}\n{self.laid_out().text}"
        return question(personal(text, self.public_already), self.sure_of.data or "" if self.sure.data else "")

    def ask(self) -> Question | None:
        """The same for the page, which has the tick set anew when it is asked for more than was ticked."""
        if asked := self.asked_about():
            self.sure.data, self.sure_of.data = False, asked.marks
        return asked

    def validate_owner(self, field: Any) -> None:
        """Who answers for what everybody reads can be seen by everybody. What it has already needs no asking."""
        group_id = self.chosen_group() if "group" in self else self.stays_in
        unchanged = field.data == field.object_data and group_id == self.stays_in
        if field.data in self.closed_owners and field.data != f"group:{group_id}" and not unchanged:
            raise ValidationError(
                "A closed group can only own guides that belong to it. Choose it under “Belongs to” as well, or "
                "choose another owner"
            )

    def validate_topics(self, field: Any) -> None:
        """At most five."""
        check_topics(field.data)

    def validate_tags(self, field: Any) -> None:
        """At most ten, none very long."""
        words = tag_words(field.data or "")
        if len(words) > MAX_TAGS:
            raise ValidationError(f"Enter {MAX_TAGS} tags or fewer")
        if any(len(word) > 60 for word in words):
            raise ValidationError("Each tag must be 60 characters or fewer")

    def validate_co_authors(self, field: Any) -> None:
        """Each line names one member, who may read what the guide says."""
        self.co_author_ids = co_authors_named(field.data or "", self.known_co_authors, self._read_in())

    def validate_licence_name(self, field: Any) -> None:
        """Another licence has a name."""
        check_licence_name(self, field)

    def validate_licence_address(self, field: Any) -> None:
        """A web address. The source of an import may have named none."""
        if field.data or not self.imported:
            check_licence_address(self, field)

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
        """The group's id, None for none and for what was refused."""
        chosen = self.group.data if "group" in self else ""
        offered = {str(choice[0]) for choice in self.group.iter_choices()} if chosen else set()
        return int(chosen) if chosen in offered else None

    def _read_in(self) -> set[int]:
        """The groups whose readers alone may read it: the one it is to belong to, and where its words were said."""
        group = self.group.data if "group" in self else str(self.kept_group or "")
        there = {int(group)} if group in self.closed_groups else set()
        return there | ({self.said_in} if self.said_in is not None else set())

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

    def says_more(self) -> bool:
        """Whether a field that most guides leave as it is has an error, or holds something else."""
        there = [self[name] for name in MORE if name in self]
        usual = {"licence": current_app.config["DEFAULT_LICENCE"], "language": "en"}
        return any(field.errors or (field.data or "") != usual.get(field.name, "") for field in there)

    def gave_way(self, name: str) -> None:
        """Co-authors, the source and the other licence are more than a field."""
        if name == "co_authors":
            self.co_author_ids = tuple(self.known_co_authors.values())
        if name == "adapted_from":
            del self.adapted_from
        if name == "licence_name":
            self.licence.data = self.licence.object_data


def _describe(addresses: list[str]) -> str:
    name = filenames([addresses[0].rpartition("/")[2]]).get(addresses[0].rpartition("/")[2], "")
    which = f"the picture “{name}”" if name else "the picture"
    more = f" There {'is one' if len(addresses) == 2 else f'are {len(addresses) - 1}'} more." if addresses[1:] else ""
    return (
        f"Describe {which} for people who cannot see it: write ![What it shows]({addresses[0]}), "
        f"or ![decorative]({addresses[0]}) if it only decorates.{more}"
    )
