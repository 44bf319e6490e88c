"""Fields that name another guide, by its title or its address: what this one is made from, what replaces it."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import StringField, ValidationError

from network.core.web.fields import fits, one_line
from network.library.lineage.queries import Source, guides_named


class LineageField:
    """Put before the other bases of a form. `source_id` is set by a valid name; `own_id` is the guide itself."""

    adapted_from = StringField(
        "Adapted from",
        [fits("Adapted from", 500)],
        description="If you began from another guide here, enter its title or its address. Readers see it as credit.",
        filters=[one_line],
    )
    source_id: int | None = None
    own_id: int | None = None
    source = Source()

    def validate_adapted_from(self, field: Any) -> None:
        """A guide that the writer may read, and not this one."""
        if not field.data:
            return
        found_id = the_guide_named(field.data)
        if found_id == self.own_id:
            raise ValidationError("A guide cannot be adapted from itself")
        self.source_id = found_id


def the_guide_named(words: str) -> int:
    """The id of the one guide that a title or an address names for this viewer. Raises ValidationError."""
    found = guides_named(g.viewer, words)
    if not found:
        raise ValidationError("Enter the title or address of a guide in this library, like /library/its-name")
    if len(found) > 1:
        addresses = ", ".join(f"/library/{slug}" for _, slug, _ in found)
        raise ValidationError(f"Several guides have this title. Enter an address instead: {addresses}")
    return found[0][0]
