"""What closing the account will do, in sentences, for the page that asks once more."""

from __future__ import annotations

from collections.abc import Iterator

from flask import g

from network.leaving.choices import ADMINISTRATORS, DELETE, HAND_OVER, MARKERS, NAME, WITHDRAW
from network.leaving.forms import LeavingForm
from network.leaving.queries import Answerable

NAMED = 5


def what_will_be_done(form: LeavingForm, answers: Answerable) -> list[str]:
    """In the order in which it matters to the person. The form has been looked through."""
    return [
        "Your profile, your photo and your place in groups are deleted. So are your saved and recent searches, and "
        "whatever you have begun and not sent.",
        *_written(form, answers),
        *_guides(form, answers),
        *_groups(form),
        *_collections(form, answers),
        "You are signed out everywhere. You get one last mail, and no other ever again.",
    ]


def _written(form: LeavingForm, answers: Answerable) -> Iterator[str]:
    posts = _count(answers.posts, "post or comment", "posts and comments")
    suggestions = _count(answers.suggestions, "suggestion that waits", "suggestions that wait")
    if answers.posts or answers.suggestions:
        what = " and ".join(part for part in (posts, suggestions) if part)
        many = answers.posts + answers.suggestions > 1
        if form.posts.data == MARKERS:
            yield f"The words of your {what} are deleted. A marker stays in the place of {'each' if many else 'it'}."
        else:
            yield f"Your {what} {'stay' if many else 'stays'}, under the name “Former member”."
    yield from _flags(form, answers)
    if not form.credit:
        return
    if form.credit.data == NAME:
        yield f"Guides that you wrote, or helped to write, go on naming {g.viewer.name}, without a link."
    else:
        yield "Guides that you wrote, or helped to write, say “Former member” where they named you."


def _flags(form: LeavingForm, answers: Answerable) -> Iterator[str]:
    if not answers.flags:
        return
    said = _count(answers.flags, "guide that is out of date", "guides that are out of date")
    if form.posts.data == MARKERS:
        yield f"What you said of {said} loses its words. What waits for an answer is taken back."
    else:
        yield f"What you said of {said} stays, under the name “Former member”."


def _collections(form: LeavingForm, answers: Answerable) -> Iterator[str]:
    if not form.collections:
        return
    kept, many = _count(answers.collections, "collection", "collections"), answers.collections > 1
    if form.collections.data == DELETE:
        yield f"{kept} of yours {'are' if many else 'is'} deleted. What is in {'them' if many else 'it'} stays."
    else:
        yield f"{kept} of yours {'stay' if many else 'stays'}, kept by “Former member”, for administrators to change."


def _guides(form: LeavingForm, answers: Answerable) -> Iterator[str]:
    for to in dict.fromkeys(guide.to for guide in answers.inherited):
        titles = [guide.title for guide in answers.inherited if guide.to == to]
        yield f"{_listed(titles)}: {'goes' if len(titles) == 1 else 'go'} to {to}."
    if left := answers.without_heir[len(form.guides) :] + form.with_fate(ADMINISTRATORS):
        yield f"{_listed([guide.title for guide in left])}: the administrators are asked to look after it."
    if handed := form.with_fate(HAND_OVER):
        yield f"{_listed([guide.title for guide in handed])}: handed over to {form.heir_name}, who gets a mail."
    if withdrawn := form.with_fate(WITHDRAW):
        yield f"{_listed([guide.title for guide in withdrawn])}: withdrawn."
    if answers.drafts:
        yield f"{_count(answers.drafts, 'draft', 'drafts')} of yours {'are' if answers.drafts > 1 else 'is'} deleted."
    if answers.shared_drafts:
        shared = _count(answers.shared_drafts, "draft", "drafts")
        yield f"{shared} with co-authors {'go' if answers.shared_drafts > 1 else 'goes'} to them."


def _groups(form: LeavingForm) -> Iterator[str]:
    for group, heir in form.heirs_of_groups():
        if heir:
            yield f"{heir} becomes facilitator of {group}."
        else:
            yield f"The administrators are told that {group} has no facilitator."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""


def _listed(titles: list[str]) -> str:
    """The first few by name, and how many more."""
    more = len(titles) - NAMED
    named = ", ".join(f"“{title}”" for title in titles[:NAMED])
    return f"{named} and {more:,} more" if more > 0 else named
