"""The two forms of an import: what to read, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from wtforms import FileField, RadioField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired

from network.attachments.names import ending_of, stem_of
from network.core.licences import LICENCES
from network.core.web.fields import Written, fits, is_web_address, largest, one_line
from network.core.web.forms import CreatingForm, Form
from network.library.content import MAX_TOPICS
from network.library.forms.offers import (
    check_licence_address,
    check_licence_name,
    check_topics,
    licence_choices,
    owners_for,
)
from network.library.importing.documents import Limits
from network.library.incoming.queries import Item
from network.library.models import OTHER_LICENCE
from network.library.queries.writing import choices_of
from network.subjects.viewer import Viewer
from network.vocabulary.queries import topic_choices

MEGABYTE = 1024 * 1024
MOST_PACKED, MOST_FILES = Limits().packed, Limits().files
TOO_LARGE = (
    f"The files of one import can be up to {MOST_PACKED // MEGABYTE} MB together. Import them in parts, or as a .zip."
)
TOO_LARGE_TOGETHER = f"The selected files must be {MOST_PACKED // MEGABYTE} MB or smaller together"
MOST_TITLES = 100
OWN, ELSEWHERE = "own", "elsewhere"
_NO_ADDRESS = "Enter the address in the correct format, like https://example.org"


class UploadForm(CreatingForm):
    """The files to read."""

    files = FileField(
        "Files",
        description="Word (.docx), Markdown (.md) or HTML files, the pictures that belong to them, or a .zip of all "
        "that. You can choose several at once.",
        render_kw=largest(MOST_PACKED, TOO_LARGE_TOGETHER),
    )

    def validate_files(self, field: Any) -> None:
        """There are some, and not too many."""
        sizes = [_size(file) for file in self.sent]
        if not sizes:
            raise ValidationError("Select the files you want to import")
        if not any(sizes):
            raise ValidationError("The selected file is empty")
        if len(sizes) > MOST_FILES:
            raise ValidationError(f"Select {MOST_FILES:,} files or fewer, or import them in parts")
        if sum(sizes) > MOST_PACKED:
            raise ValidationError(TOO_LARGE_TOGETHER)

    @property
    def sent(self) -> list[Any]:
        """The files that were chosen."""
        return [file for file in self.files.raw_data or () if getattr(file, "filename", "")]

    @property
    def name(self) -> str:
        """What the import is called."""
        first = filename(self.sent[0])
        return first if len(self.sent) == 1 else f"{first} and {len(self.sent) - 1} more"


def filename(file: Any) -> str:
    """The last part of the name that a browser sent, cleaned; some send folders too."""
    sent = str(file.filename)
    return stem_of(sent) + ending_of(sent)


class CopyForm(Form):
    """Of an archive of ours nothing is asked: each guide says whose it is and under which licence."""

    def options(self) -> dict[str, Any]:
        """What is kept with the import."""
        return {"own": True}

    def chosen_titles(self) -> dict[int, str]:
        """They come as they are called where they come from."""
        return {}


class StartForm(Form):
    """What holds for all files of an import: whose words they are, their licence, their owner and topics."""

    words = RadioField(
        "Who wrote this?",
        choices=[(OWN, "I did, or my organisation"), (ELSEWHERE, "It was published elsewhere first")],
        validators=[InputRequired("Choose who wrote this")],
    )
    source_name = StringField(
        "Who published it first",
        [fits("Who published it first", 200)],
        description="Each guide says so, with a link. For example, “NHS digital service manual”.",
        filters=[one_line],
    )
    source_address = StringField(
        "Where it was published",
        [fits("Where it was published", 500)],
        description="The web address, like https://example.org",
        filters=[one_line],
    )
    licence = SelectField(
        "Licence", description="What others may do with it. A file that names its licence keeps that one."
    )
    licence_name = StringField("Name of the other licence", [fits("Name of the licence", 100)], filters=[one_line])
    licence_address = StringField("Link to the other licence", [fits("Link", 500)], filters=[one_line])
    owner = SelectField("Owner", description="Who answers for these guides and is asked to check them.")
    topics = SelectMultipleField(
        "Topics",
        coerce=int,
        description=f"For all of them, after those that a file names. Up to {MAX_TOPICS}.",
        validate_choice=True,
    )

    titles: Mapping[int, str] = {}

    def __init__(self, viewer: Viewer, source: dict[str, str]) -> None:
        known = source.get("licence", "")
        licence = known if known in LICENCES else OTHER_LICENCE if known else current_app.config["DEFAULT_LICENCE"]
        data = {
            "words": ELSEWHERE if source.get("name") else None,
            "source_name": source.get("name", ""),
            "source_address": source.get("address", ""),
            "licence": licence,
            "licence_name": known[:100] if licence == OTHER_LICENCE else "",
        }
        super().__init__(data=data | {f"title_{number}": title for number, title in self.titles.items()})
        self.licence.choices = licence_choices()
        self._offer_owners(viewer)
        self.topics.choices = {parent: list(under) for parent, under in topic_choices()}
        if not self.topics.choices:
            del self.topics

    def title(self, number: int) -> Any:
        """The field with the title of a file; None where there are too many files to ask."""
        return self[f"title_{number}"] if number in self.titles else None

    def chosen_titles(self) -> dict[int, str]:
        """The titles of the valid form, by the numbers of the files."""
        return {number: self.title(number).data for number in self.titles}

    def _offer_owners(self, viewer: Viewer) -> None:
        owners = owners_for(viewer, choices_of(viewer))
        self.owners = {f"{owner.kind}:{owner.id}": owner for owner in owners}
        self.owner.choices = [(f"{owner.kind}:{owner.id}", name) for owner, name in owners.items()]
        if len(self.owners) == 1:
            del self.owner

    def validate_source_name(self, field: Any) -> None:
        """What was published elsewhere is credited."""
        if self.words.data == ELSEWHERE and not field.data:
            raise ValidationError("Enter who published it first")

    def validate_source_address(self, field: Any) -> None:
        """A web address, where there is one."""
        if self.words.data == ELSEWHERE and field.data and not is_web_address(field.data):
            raise ValidationError(_NO_ADDRESS)

    def validate_licence_name(self, field: Any) -> None:
        """Another licence has a name."""
        check_licence_name(self, field)

    def validate_licence_address(self, field: Any) -> None:
        """And perhaps a link."""
        if field.data:
            check_licence_address(self, field)

    def validate_topics(self, field: Any) -> None:
        """At most five."""
        check_topics(field.data)

    def options(self) -> dict[str, Any]:
        """What was said, to be kept with the import."""
        elsewhere, other = self.words.data == ELSEWHERE, self.licence.data == OTHER_LICENCE
        return {
            "source_name": (self.source_name.data or "") if elsewhere else "",
            "source_address": (self.source_address.data or "") if elsewhere else "",
            "licence": self.licence.data,
            "licence_name": (self.licence_name.data or "") if other else "",
            "licence_address": (self.licence_address.data or "") if other else "",
            "owner": list(self.owners[self.owner.data]) if "owner" in self else None,
            "topics": list(dict.fromkeys(self.topics.data or ())) if "topics" in self else [],
        }


def start_form(viewer: Viewer, source: dict[str, str], items: Sequence[Item]) -> StartForm:
    """The form for these files. The titles of a few can be changed; of hundreds each is changed in its draft."""
    titles = {item.number: item.title for item in items} if len(items) <= MOST_TITLES else {}
    fields: dict[str, Any] = {
        f"title_{item.number}": StringField(
            f"Title of {item.path}", [Written("Enter a title"), fits("Title", 150)], filters=[one_line]
        )
        for item in items
        if item.number in titles
    }
    form: StartForm = type("StartForm", (StartForm,), {**fields, "titles": titles})(viewer, source)
    return form


def _size(file: Any) -> int:
    file.stream.seek(0, 2)
    size = int(file.stream.tell())
    file.stream.seek(0)
    return size
