"""A suggestion brought together with its guide as it stands: the changes still open, each to be taken or left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from network.core.text.counted import Stretch, counted, sentence
from network.core.text.diff import MAX_WORK, Difference, Hunk, difference
from network.core.text.merge import Change, Merge, merge
from network.core.text.paragraphs import differences, paragraphs
from network.core.text.unmarked import unmarked
from network.library.suggestions.passages import Headings
from network.library.wording import Texts, Words

TITLE, SUMMARY = "title", "summary"
MOST_SHOWN = 60_000
"""Letters of all changes together that a page shows; the editor has the rest."""


@dataclass(frozen=True)
class OpenChange:
    """One change as its page shows it. `key` names it in forms; `place` is the heading above it.

    `cut` when there is too much of it to be shown whole. For a conflict `theirs` is what became of the paragraph
    meanwhile, `mine` what the suggester made of it, each against what both began from.
    """

    key: str
    part: str
    place: str
    change: Change
    shown: Difference
    cut: bool
    theirs: Difference | None = None
    mine: Difference | None = None

    @property
    def conflict(self) -> bool:
        return self.change.conflict


@dataclass(frozen=True)
class Merged:
    """Title, summary and text of a suggestion against what stands."""

    title: Merge
    summary: Merge
    body: Merge

    @property
    def keys(self) -> list[str]:
        """Of all changes that are still open."""
        lines = [key for key, part in ((TITLE, self.title), (SUMMARY, self.summary)) if part.changes]
        return lines + [str(change.number) for change in self.body.changes]

    @property
    def conflicts(self) -> list[str]:
        """Of those where both changed the same."""
        return [key for key in self.keys if self._change(key).conflict]

    def words(self, taken: Collection[str], both: Collection[str] = ()) -> Words:
        """What the guide says with the changes of these keys; of paragraphs in `both` it says both."""
        numbers = [change.number for change in self.body.changes]
        return Words(
            title=self.title.text([1] if TITLE in taken else []).strip(),
            summary=self.summary.text([1] if SUMMARY in taken else []).strip(),
            body=self.body.text(
                [number for number in numbers if str(number) in taken],
                [number for number in numbers if str(number) in both],
            ),
        )

    def _change(self, key: str) -> Change:
        part = {TITLE: self.title, SUMMARY: self.summary}.get(key)
        return part.changes[0] if part else self.body.changes[int(key) - 1]


def merged(base: Texts, now: Texts, proposed: Texts) -> Merged:
    """The suggestion as it stands to the guide now."""
    return Merged(
        merge(base.title, now.title, proposed.title),
        merge(base.summary, now.summary, proposed.summary),
        merge(base.body, now.body, proposed.body),
    )


def open_changes(found: Merged) -> list[OpenChange]:
    """What a page shows of it, within bounds of time and size however large the texts are."""
    work, room = [MAX_WORK], [MOST_SHOWN]
    lines = [(TITLE, "Title", found.title), (SUMMARY, "Summary", found.summary)]
    changes = [_shown(key, part, "", change, work, room) for key, part, of in lines for change in of.changes]
    at, headings = 0, Headings(found.body.now)
    for piece in found.body.pieces:
        if isinstance(piece, Change):
            # What is added before a heading belongs to the section that ends there.
            place = headings.above(at if piece.now else at - 1)
            changes.append(_shown(str(piece.number), "Text", place, piece, work, room))
        at += len(piece if isinstance(piece, str) else piece.now)
    return changes


def how_much(found: Merged) -> str:
    """One sentence, such as “2 paragraphs change, 1 is added”."""
    said = counted(stretch for change in found.body.changes for stretch in _stretches(change))
    parts = [name for name, part in (("the title", found.title), ("the summary", found.summary)) if part.changes]
    if parts:
        said.append(" and ".join(parts) + (" change" if len(parts) > 1 else " changes"))
    return sentence(said) or "Nothing changes"


def _stretches(change: Change) -> list[Stretch]:
    """The paragraphs of a change; of one that stands for many only those that differ."""
    now, proposed = paragraphs(change.now), paragraphs(change.proposed)
    if change.stands_for == 1:
        return [(now, proposed)]
    return [(now[a1:a2], proposed[b1:b2]) for a1, a2, b1, b2 in differences(now, proposed)]


def _shown(key: str, part: str, place: str, change: Change, work: list[int], room: list[int]) -> OpenChange:
    now, proposed, base = (text.strip("\n") for text in (change.now, change.proposed, change.base))
    shown, cut = _within(unmarked(difference(now, proposed, work)), room)
    if not change.conflict:
        return OpenChange(key, part, place, change, shown, cut)
    theirs, more = _within(unmarked(difference(base, now, work)), room)
    mine, most = _within(unmarked(difference(base, proposed, work)), room)
    return OpenChange(key, part, place, change, shown, cut or more or most, theirs, mine)


def _within(whole: Difference, room: list[int]) -> tuple[Difference, bool]:
    """As many lines of a difference as there is room for on the page."""
    hunks = []
    for hunk in whole.hunks:
        lines = []
        for line in hunk.lines:
            room[0] -= sum(len(segment.text) for segment in line.segments)
            if room[0] < 0:
                break
            lines.append(line)
        hunks.append(Hunk(tuple(lines)))
    cut = whole.cut or room[0] < 0
    return (Difference(tuple(hunks), whole.added, whole.removed, whole.changed), True) if cut else (whole, False)
