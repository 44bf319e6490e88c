"""Forms of people."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from network.accounts.passwords import UnsafePassword, check_password
from network.core.web.forms import Form
from network.organisations.queries import domain_matches


def trimmed(value: str | None) -> str | None:
    """Names and titles carry no spaces around them, and single ones inside."""
    return " ".join(value.split()) if value else value


class JoinForm(Form):
    """What others will see (name, what you do), and what nobody sees (address, password)."""

    name = StringField(
        "Full name",
        [InputRequired("Enter your full name"), Length(max=100, message="Full name must be 100 characters or fewer")],
        filters=[trimmed],
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )
    email = EmailField(
        "Work email address",
        [InputRequired("Enter your work email address")],
        description="We use it to recognise your organisation. Nobody sees it unless you turn that on.",
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    job_title = StringField(
        "What you do",
        [Length(max=100, message="What you do must be 100 characters or fewer")],
        description="For example, service desk manager.",
        filters=[trimmed],
        render_kw={"autocomplete": "organization-title"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter a password")],
        description="12 characters or more. Three or four words that do not belong together work well.",
        render_kw={"autocomplete": "new-password"},
    )
    policy = BooleanField(
        "I accept the acceptable use policy",
        [InputRequired("Accept the acceptable use policy to join")],
    )
    next = HiddenField()

    def validate_email(self, field: Any) -> None:
        """A real-looking address, under a domain that may join here."""
        try:
            found = validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError("Enter an email address in the correct format, like name@council.example") from error
        field.data = found.normalized.lower()
        if len(field.data) > 320:
            raise ValidationError("Email address must be 320 characters or fewer")
        allowed = current_app.config["JOIN_DOMAINS"]
        if allowed and not any(domain_matches(found.domain, domain) for domain in allowed):
            raise ValidationError(
                f"{current_app.config['SITE_NAME']} is for people with an email address at {_listed(allowed)}. "
                f"If you think you should be able to join, write to {current_app.config['CONTACT_EMAIL']}"
            )

    def validate_password(self, field: Any) -> None:
        """The rules of passwords, in the words of the form."""
        try:
            check_password(field.data, self.email.data or "", self.name.data or "", current_app.config["SITE_NAME"])
        except UnsafePassword as error:
            raise ValidationError(str(error)) from error


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
