"""The Viewer: who is looking, frozen, filled once a request by one query. Rules and lists ask nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from network.subjects.names import hue, initials

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """A visitor (no person) or a member with their groups. `has_kept`: something they wrote waits to be sent."""

    person_id: int | None = None
    account_id: int | None = None
    name: str = ""
    handle: str = ""
    role: str = "visitor"
    photo: str | None = None
    organisation_id: int | None = None
    group_ids: frozenset[int] = field(default=NOBODY)
    facilitated_ids: frozenset[int] = field(default=NOBODY)
    has_kept: bool = False

    @property
    def signed_in(self) -> bool:
        """True for members: an account with a confirmed address."""
        return self.person_id is not None

    @property
    def is_moderator(self) -> bool:
        """Administrators may do what moderators may."""
        return self.role in ("moderator", "administrator")

    @property
    def is_administrator(self) -> bool:
        """True for those who run the service."""
        return self.role == "administrator"

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """The avatar's colour, 1 to 8, the same for ever."""
        return hue(self.person_id or 0)

    @property
    def audiences(self) -> frozenset[str]:
        """Audience terms that this viewer may read, as the search index spells them."""
        mine = {f"group:{group_id}" for group_id in self.group_ids}
        return frozenset(mine | {"public"} | ({f"private:{self.person_id}"} if self.signed_in else set()))


VISITOR = Viewer()
