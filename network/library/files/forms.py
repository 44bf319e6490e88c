"""Forms of files."""

from __future__ import annotations

import hashlib
from typing import Any

from wtforms import BooleanField, FileField, StringField, TextAreaField, ValidationError

from network.attachments.kinds import ALLOWED
from network.attachments.uploads import MOST_BYTES, TOO_LARGE
from network.core.web.fields import Written, fits, largest, one_line
from network.core.web.forms import CreatingForm, Form
from network.library.files.models import LONGEST_DESCRIPTION, LONGEST_TITLE

_TITLE = fits("Name", LONGEST_TITLE)
_DESCRIPTION = fits("What it is for", LONGEST_DESCRIPTION)


class ReplaceForm(CreatingForm):
    """A file. The key under which it is remembered is of the file as well: another file is no repeat."""

    file = FileField(
        "File",
        description=f"{ALLOWED}, smaller than 10 MB. Macros and archives are not taken.",
        render_kw=largest(MOST_BYTES, TOO_LARGE),
    )

    other_kind = BooleanField("It may become another kind of file")

    content = b""
    asks_kind = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Read what was chosen first."""
        if self.file.data and self.file.data.filename:
            self.content = self.file.data.stream.read(MOST_BYTES + 1)
            key = f"{self.idempotency_key.data} {hashlib.sha256(self.content).hexdigest()}"
            self.idempotency_key.data = hashlib.sha256(key.encode()).hexdigest()[:40]
        return super().validate(extra_validators)

    def validate_file(self, field: Any) -> None:
        """Something was chosen. What it is, is found out on storing it."""
        if not field.data or not field.data.filename:
            raise ValidationError("Select a file")
        if len(self.content) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)


class AddForm(ReplaceForm):
    """A file, what it is called and what it is for."""

    title = StringField(
        "What to call it",
        [_TITLE],
        description="Leave it empty to use the name of the file.",
        filters=[one_line],
    )
    description = TextAreaField(
        "What it is for",
        [_DESCRIPTION],
        description="Say who fills it in and when, or what is in it. For example, “For the first visit. Two pages.”",
        filters=[one_line],
    )


class DescribeForm(Form):
    """Another name or description."""

    title = StringField("What to call it", [Written("Enter what to call it"), _TITLE], filters=[one_line])
    description = TextAreaField("What it is for", [_DESCRIPTION], filters=[one_line])
