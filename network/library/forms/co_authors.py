"""Co-authors as a form names them: one a line, by full name or handle."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import ValidationError

from network.core.web.fields import one_line
from network.library.content import MAX_CO_AUTHORS
from network.library.queries.writing import people_called


def co_authors_named(text: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """Ids of the people named, each once. Raises ValidationError.

    Those who are co-authors already need not be found: they may have left since.
    """
    words = [word for line in text.splitlines() if (word := one_line(line).lstrip("@").strip())]
    if len(words) > MAX_CO_AUTHORS:
        raise ValidationError(f"Enter {MAX_CO_AUTHORS} co-authors or fewer")
    found = people_called([word for word in words if word not in known])
    ids = [known[word] if word in known else _only_one(word, found[word.casefold()]) for word in words]
    return tuple(dict.fromkeys(ids))


def _only_one(word: str, people: list[tuple[int, str]]) -> int:
    if not people:
        raise ValidationError(f"Nobody here is called “{word}”. Enter the full name or handle on their page")
    if len(people) > 1:
        handles = ", ".join(sorted(handle for _, handle in people))
        raise ValidationError(f"{len(people)} people are called “{word}”. Enter a handle instead: {handles}")
    return people[0][0]
