"""The base of all forms: plain text cleaned, an idempotency key where something is created."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from flask import flash, g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import FileField, HiddenField
from wtforms.validators import Length

from network.core import idempotency
from network.core.text.letters import normalised
from network.core.transaction import transaction
from network.core.web.signing import form_token

SENT_BEFORE = "This was already sent. Here it is"

# Fields that hold passwords: what was typed into them is never kept and never sent back.
SECRET = {"password", "current"}

# Numbers that Unicode gives to no letter, and that no XML file may hold.
NO_LETTERS = "\ufffe\uffff"

# What WTForms says of a field in a programmer's words, and what we say.
WORDS = {
    "Not a valid integer value.": "Enter a whole number, like 3",
    "Not a valid date value.": "Enter a date in this format: 2027-05-31",
}


class _Words:
    """Stands where WTForms expects translations."""

    def gettext(self, text: str) -> str:
        """Our words for one of its sentences."""
        return WORDS.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same for a sentence with a number."""
        return self.gettext(one if number == 1 else many)


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours. Texts arrive with Unix line ends, composed letters and no control characters."""

    def __init__(self, *args: Any, **given: Any) -> None:
        form_token()  # So that the form need not sign one of its own.
        super().__init__(*args, **given)

    def lost_files(self) -> list[tuple[str, str]]:
        """Id of the field and name of each file that came with a form which is shown again: a browser forgets what was
        chosen. One that was refused says so itself.
        """
        fields = [field for field in self if isinstance(field, FileField) and not field.errors]
        sent = [(field.id, file.filename) for field in fields for file in request.files.getlist(field.name)]
        return [(field_id, name) for field_id, name in sent if name]

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Words:
            return _Words()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = [clean_text, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **{**options, "filters": filters})

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Only what a form sends: text in text fields, files in file fields, and never JSON.

            A page that is opened to go on writing brings what was typed before.
            """
            if formdata is not _Auto:
                return formdata
            if request.method != "POST":
                return g.get("typed_before")
            typed: MultiDict[str, Any] = MultiDict(request.form)
            for name, field in form._fields.items():
                if isinstance(field, FileField):
                    typed.setlist(name, request.files.getlist(name))
            return typed

    def validate(self, extra_validators: Any = None) -> bool:
        """One error a field: what cannot be read is said only where no rule of the field says it better."""
        fine = bool(super().validate(extra_validators))
        for field in self:
            # A field that may be empty, and is, has nothing that cannot be read.
            if field.process_errors and field.errors:
                field.errors = [error for error in field.errors if error not in field.process_errors][:1] or [
                    field.process_errors[0]
                ]
        return fine


class CreatingForm(Form):
    """A form that makes something: sent twice, it makes it once."""

    idempotency_key = HiddenField(default=idempotency.new_key, validators=[Length(min=16, max=64)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also send a repeat on to what it made, and give text sent under a used key a key of its own."""
        fine = bool(super().validate(extra_validators))
        try:
            idempotency.claim(self.idempotency_key.data or "", *_identity())
        except idempotency.KeyUsedForAnother:
            self.idempotency_key.data = idempotency.new_key()
            self.form_errors.append(
                "You have sent this form before, with other words. Send it again to add this as well"
            )
            return False
        return fine

    def lead_on(self) -> None:
        """Raise AlreadyDone when this very form was sent before."""
        with suppress(idempotency.KeyUsedForAnother):
            idempotency.claim(self.idempotency_key.data or "", *_identity())

    def was_used(self, address: str) -> None:
        """In the open transaction, where it is not `creating` that makes something: what it made is at `address`."""
        idempotency.remember(self.idempotency_key.data or "", *_identity(), address)


@dataclass
class Creation:
    """What a form made: the view sets the address where it can be seen."""

    address: str = ""


@contextmanager
def creating(form: CreatingForm) -> Iterator[Creation]:
    """A transaction that makes one thing per form. Set `.address` before the block ends."""
    key, (owner, body_hash) = form.idempotency_key.data or "", _identity()
    with transaction():
        idempotency.claim(key, owner, body_hash)
        creation = Creation()
        yield creation
        idempotency.remember(key, owner, body_hash, creation.address)


def typed_words() -> list[tuple[str, str]]:
    """What this request sends, name by name, to offer it again; nothing when a password is among it."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return [] if any(name in SECRET for name, _ in fields) else fields


def say(message: str, *, done: bool = True) -> None:
    """Show a sentence at the top of the next page; under “Important” where it tells what was not `done`."""
    flash(message, "done" if done else "undone")


def clean_text(value: Any) -> Any:
    """Unix line ends, NFC letters, no control characters but tab and newline, nor what XML cannot hold; other types
    pass as they are.
    """
    if not isinstance(value, str):
        return value
    value = normalised(value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in value if c in "\n\t" or _may_stand(c))


def _may_stand(letter: str) -> bool:
    return letter not in NO_LETTERS and unicodedata.category(letter) not in ("Cc", "Cs")


def _identity() -> tuple[str, str]:
    fields = {name: request.form.getlist(name) for name in request.form}
    fields |= {name: [file.filename or "" for file in request.files.getlist(name)] for name in request.files}
    return str(getattr(g.viewer, "person_id", None) or request.remote_addr), idempotency.fingerprint(
        {**fields, "path": [request.path]}
    )
