"""The form of somebody who leaves: what becomes of what they wrote and of what they answer for."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired

from network.accounts.forms import password_field
from network.core.web.fields import fits, one_line
from network.core.web.forms import Form
from network.groups.queries import Led
from network.leaving.choices import (
    ADMINISTRATORS,
    DELETE,
    FORMER,
    HAND_OVER,
    LEAVE,
    MARKERS,
    NAME,
    STAY,
    WITHDRAW,
    Choices,
)
from network.leaving.queries import Answerable, Owned, name_of
from network.library.queries.writing import people_called

NOBODY = "0"
MOST_ASKED = 100
"""Guides of which the page asks one by one; the rest is left to the administrators."""

FATES = [
    (ADMINISTRATORS, "Leave it. The administrators are asked to look after it"),
    (HAND_OVER, "Hand it over to the person named below"),
    (WITHDRAW, "Withdraw it"),
]


class LeavingForm(Form):
    """`leaving_form` adds a field for each group and guide that has to be settled."""

    posts = RadioField(
        "Your posts and comments",
        [InputRequired("Choose what becomes of your posts and comments")],
        choices=[
            (STAY, "They stay, under the name “Former member”"),
            (MARKERS, "They go, and a marker stays in their place"),
        ],
    )
    collections = RadioField(
        "Collections that you keep alone",
        [InputRequired("Choose what becomes of your collections")],
        choices=[
            (LEAVE, "They stay, kept by “Former member”. Administrators can change or delete them"),
            (DELETE, "Delete them. The guides and discussions in them stay where they are"),
        ],
    )
    credit = RadioField("Your name on guides", [InputRequired("Choose whether your name stays on guides")])
    heir = StringField(
        "Who takes over the guides that you hand over",
        [fits("The name", 100)],
        description="Their full name, or the end of the address of their page, as ann-evans in /people/ann-evans.",
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    current = password_field("Password", "Enter your password")

    guides: tuple[Owned, ...] = ()
    groups: tuple[Led, ...] = ()
    heir_id: int | None = None
    heir_name: str = ""

    def fates(self) -> list[SelectField]:
        """The fields of guides that nobody inherits."""
        return [self[_guide(one)] for one in self.guides]

    def facilitators(self) -> list[SelectField]:
        """The fields of groups that would have no facilitator."""
        return [self[_group(one)] for one in self.groups]

    def heirs_of_groups(self) -> list[tuple[str, str]]:
        """Each group that would have no facilitator, and who is chosen; empty for nobody."""
        found = []
        for one in self.groups:
            names = {str(person_id): name for person_id, name in one.members}
            found.append((one.name, names.get(self[_group(one)].data, "")))
        return found

    def hands_over(self) -> list[Owned]:
        """The guides that the person named gets."""
        return self.with_fate(HAND_OVER)

    def with_fate(self, fate: str) -> list[Owned]:
        """The guides for which this was chosen."""
        return [one for one in self.guides if self[_guide(one)].data == fate]

    def choices(self) -> Choices:
        """What was chosen."""
        return Choices(
            posts=self.posts.data,
            credit=self.credit.data if self.credit else FORMER,
            collections=self.collections.data if self.collections else LEAVE,
            facilitators={one.id: int(self[_group(one)].data) for one in self.groups if self[_group(one)].data},
            guides={one.id: self[_guide(one)].data for one in self.guides},
            heir_id=self.heir_id,
        )

    def chosen(self) -> list[tuple[str, str]]:
        """Name and value of what was chosen, to be carried along while the password is asked for."""
        asked = [field for field in (self.collections, self.credit) if field]
        fields = [self.posts, *asked, *self.facilitators(), *self.fates()]
        heir = [self.heir] if self.guides else []
        return [(field.name, str(field.data or "")) for field in (*fields, *heir)]

    def validate_heir(self, field: Any) -> None:
        """Somebody has to take what is handed over: one member whom the words name, and not oneself."""
        if not self.hands_over():
            return
        if not field.data:
            raise ValidationError("Enter who takes over the guides that you hand over")
        found = {one for one, _ in people_called([field.data]).get(field.data.casefold(), ())} - {g.viewer.person_id}
        if not found:
            raise ValidationError("We do not know this person. Enter the full name or the end of the page’s address")
        if len(found) > 1:
            raise ValidationError("Several people have this name. Enter the end of the address of their page")
        self.heir_id = found.pop()
        self.heir_name = name_of(self.heir_id)


def leaving_form(answers: Answerable, *, ask_password: bool) -> LeavingForm:
    """The form for what this person answers for. Without `ask_password` it does not ask who they are."""
    guides, groups = tuple(answers.without_heir[:MOST_ASKED]), tuple(answers.groups)
    fields: dict[str, Any] = {"guides": guides, "groups": groups}
    for guide in guides:
        choices = [one for one in FATES if one[0] != WITHDRAW or not guide.withdrawn]
        fields[_guide(guide)] = SelectField(f"“{guide.title}”", choices=choices, default=ADMINISTRATORS)
    for group in groups:
        choices = [(NOBODY, "Nobody: tell the administrators")]
        choices += [(str(person_id), name) for person_id, name in group.members]
        fields[_group(group)] = SelectField(f"“{group.name}”", choices=choices, default=NOBODY)
    form: LeavingForm = type("LeavingForm", (LeavingForm,), fields)()
    if answers.named:
        form.credit.choices = [
            (NAME, f"“{g.viewer.name}” stays on them, as text"),
            (FORMER, "They say “Former member” in its place"),
        ]
    else:
        del form.credit
    if not answers.collections:
        del form.collections
    if not guides:
        del form.heir
    if not ask_password:
        del form.current
    return form


def _guide(one: Owned) -> str:
    return f"guide-{one.id}"


def _group(one: Led) -> str:
    return f"group-{one.id}"
