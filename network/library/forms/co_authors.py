"""Co-authors as a form names them: one a line, by full name or handle."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wtforms import ValidationError

from network.core.web.fields import one_line
from network.groups.queries import can_read
from network.library.content import MAX_CO_AUTHORS
from network.library.queries.writing import people_called


def co_authors_named(text: str, known: Mapping[str, int], group_ids: Collection[int] = ()) -> tuple[int, ...]:
    """Ids of the people named, each once. Raises ValidationError, also for who cannot read what is in these groups.

    Those who are co-authors already need not be found: they may have left since, and read nothing then.
    """
    words = [word for line in text.splitlines() if (word := one_line(line).lstrip("@").strip())]
    if len(words) > MAX_CO_AUTHORS:
        raise ValidationError(f"Enter {MAX_CO_AUTHORS} co-authors or fewer")
    found = people_called([word for word in words if word not in known])
    ids = [known[word] if word in known else _reader(word, found[word.casefold()], group_ids) for word in words]
    return tuple(dict.fromkeys(ids))


def _reader(word: str, people: list[tuple[int, str]], group_ids: Collection[int]) -> int:
    person_id = _only_one(word, people)
    if not all(can_read(group_id, person_id) for group_id in group_ids):
        raise ValidationError(f"“{word}” does not belong to the closed group and cannot read this. Leave them out")
    return person_id


def _only_one(word: str, people: list[tuple[int, str]]) -> int:
    if not people:
        raise ValidationError(f"Nobody here is called “{word}”. Enter the full name or handle on their page")
    if len(people) > 1:
        handles = ", ".join(sorted(handle for _, handle in people))
        raise ValidationError(f"{len(people)} people are called “{word}”. Enter a handle instead: {handles}")
    return people[0][0]
