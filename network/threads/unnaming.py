"""Names over quotations, in texts that were begun before the one who is quoted left.

Leaving takes a name out of what is stored. A page that was open meanwhile would bring it back with what it sends.
"""

from __future__ import annotations

import re

from network.people.links import LABEL
from network.people.models import FORMER_MEMBER
from network.subjects.registry import subjects
from network.threads.place import Place
from network.threads.queries import left_by_their_authors

HEAD = re.compile(rf"(?P<before>\[){LABEL}(?P<after>\]\((?P<page>/\S{{1,300}}?)#post-(?P<number>\d{{1,7}})\) wrote:)")
"""What a quotation begins with: whose words it is, and where they stand."""

MOST_PAGES = 20


def without_names_of_leavers(text: str, place: Place) -> str:
    """The text with “Former member” over each quotation, out of this thread, of somebody who is here no more.

    It asks only where there is a quotation.
    """
    heads = list(HEAD.finditer(text)) if place.thread_id and "#post-" in text else []
    if not heads or place.thread_id is None:
        return text
    gone = left_by_their_authors(place.thread_id, {int(head["number"]) for head in heads})
    pages = list(dict.fromkeys(head["page"] for head in heads if int(head["number"]) in gone))
    here = {page for page in pages[:MOST_PAGES] if _same(page.partition("?")[0], place.address)}

    def instead(head: re.Match[str]) -> str:
        theirs = int(head["number"]) in gone and head["page"] in here
        return f"{head['before']}{FORMER_MEMBER}{head['after']}" if theirs else head[0]

    return HEAD.sub(instead, text) if here else text


def _same(path: str, address: str) -> bool:
    """Whether two paths lead to one page, by an earlier title or an earlier address of its group as well."""
    if path == address:
        return True
    found = [subject.at_path for subject in subjects().values() if subject.at_path is not None]
    return any((row_id := at_path(path)) is not None and row_id == at_path(address) for at_path in found)
