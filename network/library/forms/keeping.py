"""Keeping what is half written: a form that may break rules is kept as far as it can be."""

from __future__ import annotations

from typing import Any

from network.core.text.markdown import Rendered
from network.core.web.forms import CreatingForm, Form
from network.library.content import lay_out

UNSEEN = ("csrf_token", "idempotency_key", "base", "kept_at")
NOT_KEPT = frozenset((*UNSEEN, "sure", "sure_of", "as_is", "picture", "picture_alt", "picture_decorative"))


class KeepingForm(CreatingForm):
    """The part of the writing form that lets a draft be saved at any time.

    `unknown_titles` and `several_titles` are those of its text that could be no links. `saved_before` is the state that
    the page made when it was sent before.
    """

    unknown_titles: tuple[str, ...] = ()
    several_titles: tuple[str, ...] = ()
    saved_before = ""
    rendered: Rendered | None = None

    def laid_out(self) -> Rendered:
        """The body as the page will show it; laid out once."""
        if self.rendered is None:
            self.rendered = lay_out(self["body"].data or "")
        return self.rendered

    def breaks_rules(self) -> bool:
        """Whether a draft could not be saved as it stands; that a title is missing does not count."""
        Form.validate(self)
        if "title" in self and not self["title"].data:
            self["title"].errors = []
        return any(field.errors for name, field in self._fields.items() if name not in UNSEEN)

    def settle(self) -> list[str]:
        """Fields that break a rule give way to what was stored, all others stay.

        Returns what had to give way, in words. A title may still be missing.
        """
        Form.validate(self)
        given_way = []
        for name, field in list(self._fields.items()):
            if not field.errors or name in UNSEEN or (name == "title" and not field.data):
                continue
            given_way.append(str(field.errors[0]))
            field.errors = []
            field.data = field.object_data
            self.gave_way(name)
        if "title" in self:
            self["title"].errors = []
        self.rendered = None  # The body may be another one now.
        return given_way

    def gave_way(self, name: str) -> None:
        """What hangs together with a field follows it."""

    def as_kept(self) -> dict[str, Any]:
        """What was typed, as an unfinished edit keeps it."""
        return {name: field.data for name, field in self._fields.items() if name not in NOT_KEPT}
