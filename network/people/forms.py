"""Forms of people."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange

from network.accounts.forms import new_password_field, password_field, shared_field, usable_email, usable_password
from network.attachments.pictures import PHOTO
from network.core.web.editing import EditingForm
from network.core.web.fields import fits, largest, one_line
from network.core.web.forms import Form
from network.people.handles import LONGEST as LONGEST_HANDLE
from network.people.handles import well_formed
from network.people.links import without_links_to_nobody
from network.people.vocabulary import LONGEST as LONGEST_WORD
from network.people.vocabulary import MOST, words_of

MOST_ABOUT = 5000
# A name stands in mails and on pages of others: it must not be able to carry a link or markup.
NOT_IN_NAMES = re.compile(r"[<>@/\\:{}|^~\[\]#=+*%$\"]|www\.", re.IGNORECASE)


def name_field() -> StringField:
    """A full name, as colleagues know it."""
    return StringField(
        "Full name",
        [InputRequired("Enter your full name"), fits("Full name", 100)],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
    )


def job_field() -> StringField:
    """What somebody does, in their own words."""
    return StringField(
        "What you do (optional)",
        [fits("What you do", 100)],
        description="For example, service desk manager. You can change this later.",
        filters=[one_line],
        render_kw={"autocomplete": "organization-title"},
    )


def check_name(name: str | None) -> None:
    """A name holds letters; signs that make links or markup are none of it."""
    if not any(letter.isalpha() for letter in name or "") or NOT_IN_NAMES.search(name or ""):
        raise ValidationError("Enter your full name with letters, spaces, dashes and apostrophes")


class JoinForm(Form):
    """What others will see (name, what you do), and what nobody sees (address, password)."""

    name = name_field()
    email = EmailField(
        "Work email address",
        [InputRequired("Enter your work email address")],
        description="We send a link to this address to check it is yours. It tells us your organisation.",
        render_kw={"autocomplete": "email"},
    )
    job_title = job_field()
    password = new_password_field("Choose a password", "Enter a password")
    policy = BooleanField(
        "I accept the acceptable use policy",
        # DataRequired, because a box can be sent with the value “false”.
        [DataRequired("Accept the acceptable use policy to join")],
    )
    shared = shared_field()
    next = HiddenField()

    def validate_name(self, field: Any) -> None:
        """A name."""
        check_name(field.data)

    def validate_email(self, field: Any) -> None:
        """A real-looking address, under a domain that may join here."""
        field.data = usable_email(field.data)

    def validate_password(self, field: Any) -> None:
        """Long, and not made of what everybody knows."""
        usable_password(field.data, self.email.data or "", self.name.data or "")


class ConfirmForm(Form):
    """Whoever chose the password confirms the address: a stranger who joined with it cannot have it confirmed."""

    password = password_field("Password", "Enter your password")
    shared = shared_field()


class ProfileForm(EditingForm):
    """What colleagues see. The choices come from the view."""

    name = name_field()
    job_title = job_field()
    organisation = SelectField("Organisation", coerce=int)
    place = StringField(
        "Where you work (optional)",
        [fits("Where you work", 100)],
        description="A town or an area. For example, Harrowdale.",
        filters=[one_line],
    )
    about = TextAreaField(
        "About you (optional)",
        [fits("About you", MOST_ABOUT)],
        description="What you look after and what people may ask you. You can use Markdown.",
        filters=[without_links_to_nobody],
    )
    help_topics = SelectMultipleField("Topics you can help with", coerce=int)
    help_words = StringField("Other things you can help with (optional)", description="Put commas between them.")
    interest_topics = SelectMultipleField("Topics you are interested in", coerce=int)
    interest_words = StringField("Other interests (optional)", description="Put commas between them.")
    asks_a_month = IntegerField(
        "How many questions a month may we send you?",
        [
            InputRequired("Enter a number from 0 to 30"),
            NumberRange(0, 30, message="Enter a number from 0 to 30"),
        ],
        description="When somebody asks about what you can help with. 0 means none.",
    )
    show_email = BooleanField(
        "Show my email address to people who are signed in",
        description="It is never shown to others, never in search and never in exports.",
    )
    handle = StringField(
        "Address of your profile",
        [InputRequired("Enter an address for your profile")],
        description="Small letters, digits and dashes. It stands after /people/.",
        filters=[one_line],
        render_kw={"autocapitalize": "none"},
    )
    former = SelectMultipleField("Old addresses that lead to your profile", description="Untick one to end that.")

    def validate_name(self, field: Any) -> None:
        """A name."""
        check_name(field.data)

    def validate_handle(self, field: Any) -> None:
        """Like an address."""
        if not well_formed(field.data or ""):
            raise ValidationError(
                f"Enter 2 to {LONGEST_HANDLE} small letters, digits and single dashes, like ann-evans"
            )

    def validate_help_words(self, field: Any) -> None:
        """Not too many, not too long."""
        _check_words(field, len(self.help_topics.data or ()))

    def validate_interest_words(self, field: Any) -> None:
        """Not too many, not too long."""
        _check_words(field, len(self.interest_topics.data or ()))


class PhotoForm(Form):
    """One picture."""

    photo = FileField(
        "Your photo",
        description="JPEG, PNG, WebP or GIF, smaller than 5 MB. We cut it to a square.",
        render_kw=largest(PHOTO.most_bytes, PHOTO.too_large),
    )

    def validate_photo(self, field: Any) -> None:
        """Something was chosen. What it is, the drawing anew finds out."""
        if not field.data or not field.data.filename:
            raise ValidationError("Select a photo")


def _check_words(field: Any, ticked: int) -> None:
    words, name = words_of(field.data), field.label.text.removesuffix(" (optional)")
    if any(len(word) > LONGEST_WORD for word in words):
        raise ValidationError(f"{name}: each must be {LONGEST_WORD} characters or fewer, with commas between them")
    if len(words) + ticked > MOST:
        raise ValidationError(f"{name}: there may be {MOST} at most, together with the topics above")
