"""What the directory's box looks through, folded so that “Sian” finds “Siân”."""

from __future__ import annotations

from collections.abc import Iterable

from network.core.text.slugs import fold
from network.people.models import Person


def folded(text: str) -> str:
    """Small ASCII letters as far as the text has them; other scripts stay as they are."""
    return " ".join(" ".join((fold(word).strip() or word).casefold() for word in text.split()).split())


def sought_text(person: Person, skills: Iterable[str] = ()) -> str:
    """Everything by which a person may be looked for."""
    return folded(" ".join([person.name, person.job_title, person.place or "", *skills]))
