"""Which posts go into the guide."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectMultipleField, ValidationError

from network.core.web.forms import CreatingForm


class TurningForm(CreatingForm):
    """The posts are chosen by their numbers."""

    posts = SelectMultipleField("Posts to bring over", coerce=int)
    share_draft = BooleanField("Make the people who wrote them co-authors, so that they can see the draft and edit it")

    def validate_posts(self, field: Any) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError("Choose at least one post")
