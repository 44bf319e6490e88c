"""Forms for signing in and for passwords."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from network.accounts.passwords import LONGEST, UnsafePassword, check_password
from network.core.web.forms import Form

TOO_LONG = "Email address must be 320 characters or fewer"


class SignInForm(Form):
    """Which part was wrong is never said."""

    email = EmailField(
        "Email address",
        [InputRequired("Enter your email address"), Length(max=320, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password"), Length(max=1000, message="Password must be 128 characters or fewer")],
        render_kw={"autocomplete": "current-password"},
    )
    shared = BooleanField(
        "This is a shared computer",
        description="We sign you out after 10 minutes without activity and leave nothing in this browser.",
    )
    next = HiddenField()


class RecoverForm(Form):
    """Asks only for the address."""

    email = EmailField(
        "Email address",
        [InputRequired("Enter your email address"), Length(max=320, message=TOO_LONG)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )


class NewPasswordForm(Form):
    """A new password; `known` is set by the view to what the password must not be made of."""

    known: tuple[str, ...] = ()
    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description=f"12 characters or more, up to {LONGEST}. Three or four words that do not belong together work well.",
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: Any) -> None:
        """The rules of passwords.py, in the words of the form."""
        try:
            check_password(field.data, *self.known)
        except UnsafePassword as error:
            raise ValidationError(str(error)) from error


class ChangePasswordForm(NewPasswordForm):
    """Changing it asks for the old one again."""

    current = PasswordField(
        "Current password",
        [InputRequired("Enter your current password")],
        render_kw={"autocomplete": "current-password"},
    )
