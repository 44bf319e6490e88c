"""Forms for signing in, for passwords and for addresses."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError
from email_validator import validate_email as examine
from flask import current_app
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from network.accounts.passwords import LONGEST, SHORTEST, UnsafePassword, check_password
from network.core.web.forms import Form
from network.organisations.queries import domain_matches

TOO_LONG = "Email address must be 320 characters or fewer"
WRONG_FORMAT = "Enter an email address in the correct format, like name@council.example"
# Far more than a password may have: the check itself must not be fed megabytes.
MOST_TYPED = 1000


def shared_field() -> BooleanField:
    """The box that starts a short session."""
    return BooleanField(
        "This is a shared computer",
        description="We sign you out after 10 minutes without activity and leave nothing in this browser.",
    )


def password_field(label: str, missing: str) -> PasswordField:
    """A password that is only compared, so that what it must be is not said."""
    too_long = f"Password must be {LONGEST} characters or fewer"
    return PasswordField(label, [InputRequired(missing), Length(max=MOST_TYPED, message=too_long)])


def new_password_field(label: str, missing: str) -> PasswordField:
    """A password that is chosen."""
    hint = f"{SHORTEST} characters or more, up to {LONGEST}. Three or four words that do not belong together work well."
    return PasswordField(label, [InputRequired(missing)], description=hint)


def usable_password(password: str | None, *known: str) -> None:
    """The rules of passwords.py, in the words of a form."""
    try:
        check_password(password or "", *known, current_app.config["SITE_NAME"])
    except UnsafePassword as error:
        raise ValidationError(str(error)) from error


def well_formed_email(typed: str | None) -> str:
    """The address as we keep it, in lower case. Raises ValidationError when it is none."""
    try:
        found = examine(typed or "", check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(WRONG_FORMAT) from error
    return str(found.ascii_email).lower()


def usable_email(typed: str | None) -> str:
    """The address as we keep it, in lower case, if it may join here. Raises ValidationError in the words of a form."""
    email = well_formed_email(typed)
    allowed = current_app.config["JOIN_DOMAINS"]
    if allowed and not any(domain_matches(email.rpartition("@")[2], domain) for domain in allowed):
        contact = current_app.config["CONTACT_EMAIL"]
        raise ValidationError(
            f"{current_app.config['SITE_NAME']} is for people with an email address at {_listed(allowed)}"
            + (f". If you think you should be able to join, write to {contact}" if contact else "")
        )
    return email


class SignInForm(Form):
    """Which part was wrong is never said."""

    email = EmailField(
        "Email address",
        [InputRequired("Enter your email address"), Length(max=320, message=TOO_LONG)],
        render_kw={"autocomplete": "username"},
    )
    password = password_field("Password", "Enter your password")
    shared = shared_field()
    next = HiddenField()


class RecoverForm(Form):
    """Asks only for the address."""

    email = EmailField(
        "Email address",
        [InputRequired("Enter your email address"), Length(max=320, message=TOO_LONG)],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(Form):
    """A new password; `known` is set by the view to what the password must not be made of."""

    known: tuple[str, ...] = ()
    password = new_password_field("New password", "Enter a new password")

    def validate_password(self, field: Any) -> None:
        """Long, and not made of what everybody knows."""
        usable_password(field.data, *self.known)


class ChangePasswordForm(Form):
    """Changing it asks for the old one again."""

    known: tuple[str, ...] = ()
    current = password_field("Current password", "Enter your current password")
    password = new_password_field("New password", "Enter a new password")

    def validate_password(self, field: Any) -> None:
        """Long, and not made of what everybody knows."""
        usable_password(field.data, *self.known)


class ChangeEmailForm(Form):
    """Changing the address asks for the password again."""

    email = EmailField(
        "New email address",
        [InputRequired("Enter your new email address"), Length(max=320, message=TOO_LONG)],
        render_kw={"autocomplete": "email"},
    )
    current = password_field("Password", "Enter your password")

    def validate_email(self, field: Any) -> None:
        """A real-looking address, under a domain that may join here."""
        field.data = usable_email(field.data)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
